import Testing

/// What the program does as root for somebody else, and with the powers that it has: no file of root's is touched, and
/// nothing is kept that could be used again.
@Suite(.enabled(if: LiveLab.isAvailable, "needs root for network namespaces, ip, openssl and curl"))
struct PrivilegeTests {
  /// A folder `u` of user 65534's, a file of root's that nobody else may read, and `as_user` for what sudo says.
  private static let prelude = """
    umask 022; mkdir u && chown 65534:65534 u; echo keep > secret && chmod 600 secret
    as_user() { SUDO_UID=65534 SUDO_GID=65534 "$@"; }
    # told FILE: the last complaint in it, without what follows the reason.
    told() { tail -1 "$1" | sed 's/.*cannot be written: //; s/ for user 65534, who called sudo; choose another directory$//'; }

    """

  private func run(_ script: String) throws -> Run { try LiveLab.run(Self.prelude + script) }

  @Test func aLinkToAFileOfRootsIsNotFollowedForWhoCalledSudo() throws {
    let run = try run(
      """
      ln -s "$PWD/secret" u/link; ln -s "$PWD/secret" u/r-00001.pcapng; ln -s "$PWD/secret" u/l.pcapng.recording
      as_user "$tlswhy" capture -i lo --duration 1 -w u/link 2> e; echo "$? $(told e)"
      as_user "$tlswhy" capture -i lo --duration 1 -o u/link 2> e; echo "$? $(told e)"
      as_user "$tlswhy" capture -i lo --duration 1 -w u/r.pcapng --rotate 1M 2> e; echo "$? $(told e)"
      as_user "$tlswhy" record -o u/link -- true 2> e; echo "$? $(told e)"
      as_user "$tlswhy" record -o u/x --keylog u/link -- true 2> e; echo "$? $(told e)"
      as_user "$tlswhy" record -q -o u/l.pcapng -- true; echo $?
      as_user "$tlswhy" analyze -o u/link u/x 2> e; echo "$? $(told e)"
      cat secret; stat -c '%u %a' secret
      """)
    let denied =
      "3 Permission denied\n3 Permission denied\n3 Permission denied\n127 Permission denied\n127 Permission denied\n"
    #expect(run.output == denied + "0\n3 Permission denied\nkeep\n0 600\n")
  }

  @Test func rootItselfFollowsNoLinkThatOthersMade() throws {
    let run = try run(
      """
      ln -s "$PWD/secret" u/link; chown -h 65534 u/link; ln -s "$PWD/secret" u/of-root; ln secret u/hard
      for name in link of-root hard; do
        "$tlswhy" capture -i lo --duration 1 -w u/$name 2> e; echo "$? $(told e)"
        "$tlswhy" record -o u/$name -- true 2> e; echo "$? $(told e)"
      done
      touch u/theirs; chown 65534 u/theirs; "$tlswhy" capture -i lo --duration 1 -w u/theirs 2> e; echo "$? $(told e)"
      cat secret; stat -c '%u %a' secret
      """)
    let link = "it is a symbolic link that others could have set; name the file itself"
    let hard = "it has other names (hard links) too; name another file"
    #expect(
      run.output == "3 \(link)\n127 \(link)\n3 \(link)\n127 \(link)\n3 \(hard)\n127 \(hard)\n"
        + "3 it is there already and belongs to user 65534, not to user 0; name another file\nkeep\n0 600\n")
  }

  @Test func rootFollowsALinkForAReportAsLinuxDoes() throws {
    let run = try run(
      """
      "$tlswhy" record -q -o x -- true
      mkdir shared; chmod 1777 shared; touch report; chmod 644 report
      for folder in u shared; do
        ln -s "$PWD/report" $folder/own; ln -s "$PWD/report" $folder/other; chown -h 65533 $folder/other
        for name in own other; do "$tlswhy" explain 40 -o $folder/$name 2> e; echo "$? $(told e)"; done
      done
      """)
    let link = "it is a symbolic link that others could have set; name the file itself"
    #expect(run.output == "0 \n0 \n0 \n3 \(link)\n")
  }

  @Test func aReportGoesWhereTheShellOpenedItForWhoCalledSudo() throws {
    let run = try run(
      """
      echo before > log; chmod 600 log; export SUDO_UID=65534 SUDO_GID=65534
      "$tlswhy" explain 40 -o /dev/stdout >> log; echo $?
      "$tlswhy" explain 40 -o /dev/fd/7 7>> log; echo $?
      "$tlswhy" explain 40 -o >(cat > piped); echo $?; sleep 0.3
      head -1 log; grep -c handshake_failure log > count; [ "$(cat count)" -ge 2 ] && grep -q handshake_failure piped && echo all
      """)
    #expect(run.output == "0\n0\n0\nbefore\nall\n", "\(run.errors)")
  }

  @Test func filesBelongToWhoCalledSudo() throws {
    let run = try run(
      """
      cd u
      as_user "$tlswhy" capture -q -i lo --duration 1 -w a.pcapng -o a.txt
      as_user "$tlswhy" capture -q -i lo --duration 1 -w b.pcapng --rotate 1M
      as_user "$tlswhy" record -q -o c.pcapng --keylog c.keys -- true
      as_user "$tlswhy" compare --keep kept --working true --failing true > /dev/null 2>&1
      stat -c '%u:%g %a %n' a.pcapng a.txt b-00001.pcapng c.pcapng c.keys kept kept/working.pcapng
      """)
    #expect(
      run.output == """
        65534:65534 600 a.pcapng
        65534:65534 644 a.txt
        65534:65534 600 b-00001.pcapng
        65534:65534 600 c.pcapng
        65534:65534 600 c.keys
        65534:65534 755 kept
        65534:65534 600 kept/working.pcapng

        """, "\(run.errors)")
  }

  @Test func pipesAndDevicesAreWrittenTo() throws {
    let run = try run(
      """
      mkfifo u/fifo && chown 65534 u/fifo
      "$tlswhy" capture -q -i lo --duration 1 -w /dev/null -o /dev/null; echo $?
      as_user "$tlswhy" capture -q -i lo --duration 1 -w /dev/null -o /dev/null; echo $?
      "$tlswhy" capture -q -i lo --duration 1 -w /dev/stdout | head -c 4 | od -An -tx1
      head -c 4 u/fifo | od -An -tx1 & as_user "$tlswhy" capture -q -i lo --duration 1 -w u/fifo; wait
      """)
    #expect(run.output == "0\n0\n 0a 0d 0d 0a\n 0a 0d 0d 0a\n", "\(run.errors)")
  }

  @Test func secretsGoOnlyWhereNobodyElseReadsThem() throws {
    let run = try run(
      """
      cd u; for name in open.pcapng open.keys; do : > $name; chmod 644 $name; chown 65534 $name; done; mkfifo pipe.keys
      : > mine.keys; chmod 600 mine.keys; chown 65534 mine.keys
      for files in 'open.pcapng --keylog a.keys' 'a.pcapng --keylog open.keys' 'a.pcapng --keylog pipe.keys' \\
        'a.pcapng --keylog mine.keys' 'open.pcapng'; do
        as_user "$tlswhy" record -q -o $files -- true 2> ../e; echo "$? $(wc -l < ../e) $(told ../e)"
      done
      """)
    let readable = "it would hold TLS secrets, and others may read it (mode 644); chmod 600 it or name another file"
    #expect(
      run.output == "127 1 \(readable)\n127 1 \(readable)\n"
        + "127 1 secrets can be kept in a regular file only; name another one\n0 0 \n0 0 \n")
  }

  /// The lines of /proc/PID/status that say which powers a process has and can gain.
  private static let powers = "grep -hE '^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs):'"

  @Test(arguments: ["cd u; export SUDO_UID=65534 SUDO_GID=65534", "mkdir r; cd r"])
  func aCaptureHasNoPowersAndCannotGainAny(_ user: String) throws {
    let run = try run(
      """
      \(user); for more in '-w a.pcapng' '-w b.pcapng --rotate 1M'; do
        capture live -i lo $more; \(Self.powers) /proc/$capture/status; kill -INT $capture; wait $capture
      done
      """)
    let none =
      ["Inh", "Prm", "Eff", "Bnd", "Amb"].map { "Cap\($0):\t0000000000000000\n" }.joined() + "NoNewPrivs:\t1\n"
    #expect(run.output == none + none, "\(run.errors)")
  }

  @Test(arguments: ["as_user", "env"]) func aRecordedCommandMayGainWhatItAlwaysMight(_ user: String) throws {
    let run = try run(
      """
      cd u; cp "$(command -v id)" suid; chmod 4755 suid; bound="$(grep CapBnd: /proc/self/status)"
      setpriv --reuid 65534 --clear-groups ./suid -u > always; cat > look <<'END'
      \(Self.powers) /proc/self/status > child; ./suid -u > now; sleep 0.5; \(Self.powers) /proc/$PPID/status > parent
      END
      look() {
        grep -qF "$bound" child && grep -q 'NoNewPrivs:.0' child && cmp now always && echo free
        grep -E 'CapBnd|NoNewPrivs' parent; rm -f child now parent
      }
      \(user) "$tlswhy" record -q -o a.pcapng -- sh ./look; look
      \(user) "$tlswhy" compare --working 'exec sh ./look' --failing true > /dev/null 2>&1; look
      \(user) "$tlswhy" compare --working true --failing 'exec sh ./look' > /dev/null 2>&1; look
      """)
    let confined = "free\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\n"
    #expect(run.output == confined + confined + confined, "\(run.errors)")
  }
}
