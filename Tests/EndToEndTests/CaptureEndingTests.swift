import Testing

/// However a live capture ends: what has arrived is kept, and the exit code says how it was.
@Suite(.enabled(if: LiveLab.isAvailable, "needs root for network namespaces, ip, openssl and curl"))
struct CaptureEndingTests {
  @Test(arguments: ["INT", "TERM", "HUP"])
  func aSignalEndsItAfterThePacketsThatHaveArrived(_ signal: String) throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      for i in 1 2 3 4 5; do
        capture live -i lo -w live.pcapng port 8443
        get https://localhost:8443/; kill -\(signal) $capture; wait $capture; echo "status $?"
        grep -c ✓ live.out; "$tlswhy" analyze live.pcapng | grep established; grep captured live.err
      done
      """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count { $0 == "status 0" } == 5)
    #expect(lines.count { $0 == "1" } == 5)
    #expect(lines.count { $0 == "1 connection: 1 established" } == 5)
    #expect(lines.count { $0.contains("packets captured") } == 5)
  }

  @Test func aHangupThatIsIgnoredOnPurposeStaysIgnored() throws {
    let run = try LiveLab.run(
      """
      nohup "$tlswhy" capture -i lo > live.out 2> live.err & capture=$!
      await live.err 'listening on'; kill -HUP $capture; sleep 0.5; kill -TERM $capture && echo alive; wait $capture
      """)
    #expect(run.output == "alive\n")
  }

  @Test func SIGUSR1PrintsStatistics() throws {
    let run = try LiveLab.run(
      """
      capture live -i lo
      kill -USR1 $capture; await live.err memory; cat live.err; kill -INT $capture; wait $capture; echo "status $?"
      """)
    #expect(run.output.contains(#/\d+ packets, 0 connections, 0 failed, 0 dropped by the kernel, \d+ MB memory\n/#))
    #expect(run.output.contains(#/\d+ packets captured, \d+ received by the filter/#))
    #expect(run.output.contains("status 0"))
  }

  @Test func anInterfaceThatDisappearsEndsItUnlessThereAreOthers() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      ip link add test0 type veth peer name test1; ip link set test0 up; ip link set test1 up
      capture one -i test0 -w one.pcapng; one=$capture
      capture two -i test0 -i lo -w two.pcapng
      ip link set test0 down; await one.err 'is down'; ip link set test0 up; await one.err 'up again'
      ip link del test0; wait $one; echo "status $?"
      await two.err disappeared; get https://localhost:8443/; await two.out ✓; kill -INT $capture; wait $capture; echo "status $?"
      cat one.err; "$tlswhy" analyze two.pcapng | tail -3; "$tlswhy" analyze one.pcapng | tail -1
      """)
    #expect(run.output.hasPrefix("status 3\nstatus 3\n"))
    #expect(run.output.contains("tlswhy: test0: the interface is down; capturing goes on when it is up again\n"))
    #expect(run.output.contains("tlswhy: test0: the network interface disappeared while it was captured\n"))
    #expect(run.output.contains("1 connection: 1 established\n"))
    #expect(!run.output.contains("cut short"))
  }

  @Test func aFullDiskEndsItWithWholeFramesInTheFile() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      mkdir disk && mount -t tmpfs -o size=32k tmpfs disk
      capture live -i lo -w disk/live.pcapng
      for i in {1..60}; do kill -0 $capture 2>/dev/null || break; get https://localhost:8443/; done
      wait $capture; echo "status $?"; cat live.err
      "$tlswhy" analyze disk/live.pcapng > analysis 2>&1; echo "read $?"; tail -1 analysis
      """)
    #expect(run.output.contains("status 3\n"))
    #expect(run.output.contains("tlswhy: disk/live.pcapng: cannot be written: No space left on device\n"))
    #expect(run.output.contains("read 0\n"))
    #expect(!run.output.contains("truncated") && !run.output.contains("ends in the middle"))
  }

  @Test func aFileThatMayGrowNoFurtherEndsItWithWholeFramesAndLines() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      for limited in -w -o; do
        # The limit holds for both files; what is asked for is said of one.
        ulimit -S -f unlimited; [ $limited = -w ] && other='-o lines' what=limited || other='-w packets.pcapng' what=output
        rm -f live.err; (ulimit -f 16; exec "$tlswhy" capture -i lo $limited limited $other --format json 2> live.err) & capture=$!
        await live.err 'listening on'
        for i in {1..60}; do kill -0 $capture 2>/dev/null || break; get https://localhost:8443/; done
        wait $capture; echo "status $?"; grep -cE "$what:? cannot be written: File too large" live.err
        [ $limited = -w ] && { "$tlswhy" analyze limited > analysis 2>&1; echo "read $?"; }
        [ $limited = -o ] && tail -c 1 limited | od -An -tx1
      done
      """)
    #expect(run.output == "status 3\n1\nread 0\nstatus 3\n1\n 0a\n", "\(run.output)")
  }

  @Test func aClosedPipeEndsItThoughNothingMoreIsToBeWritten() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      (await live.err listening; get https://localhost:8443/) &
      "$tlswhy" capture -i lo -w live.pcapng 2> live.err | head -1; echo "status ${PIPESTATUS[0]}"
      "$tlswhy" analyze live.pcapng | tail -3; cat live.err >&2
      """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.contains("✓") == true)
    #expect(run.output.contains("status 0\n"))
    #expect(run.output.contains("1 connection: 1 established"))
    #expect(run.complaints.count == 1)
  }

  @Test func silenceIsAVerdict() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443; kill -STOP $server
      ip link add test0 type veth peer name test1; ip addr add 192.0.2.1/24 dev test0
      ip link set test0 up; ip link set test1 up; ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev test0
      capture live -i lo -i test0 --connect-timeout 2s --handshake-timeout 2s
      get https://192.0.2.2/ & get https://localhost:8443/ &
      await live.out tcp.timeout; await live.out tcp.server-silent; kill -INT $capture; wait $capture; echo "status $?"
      cat live.out
      """)
    #expect(run.output.contains("status 1\n"))
    #expect(run.output.contains("192.0.2.2:443 never answered"))
    #expect(run.output.contains("✗ tcp.server-silent"))
  }

  // MARK: Permissions

  @Test func withoutThePermissionOneLineSaysHowToGetIt() throws {
    let run = try LiveLab.run(
      """
      # Nobody cannot look into the folder that the tests are built in.
      cp "$tlswhy" program; cp -r "$(dirname "$tlswhy")"/*.so* . 2>/dev/null; chmod 755 program
      for command in 'capture -i lo' 'record -o /tmp/none.pcapng -- true' 'compare --working true --failing true'; do
        setpriv --reuid 65534 --regid 65534 --clear-groups ./program $command; echo "status $?"
      done
      """)
    #expect(run.output == "status 4\nstatus 4\nstatus 4\n")
    #expect(run.complaints.count == 3)
    #expect(run.complaints.allSatisfy { $0.contains("sudo setcap cap_net_raw+ep") && $0.contains("run with sudo") })
  }

  @Test(arguments: [("", "65534"), ("SUDO_UID=4711 SUDO_GID=4712", "4711")])
  func rootIsGivenUpAndFilesBelongToWhoCalledSudo(_ variables: String, _ user: String) throws {
    let run = try LiveLab.run(
      """
      export \(variables) HOME=/; chown "${SUDO_UID:-0}" .
      capture live -i lo -w live.pcapng --output report.txt
      grep -E '^(Uid|CapPrm|CapEff)' /proc/$capture/status; kill -INT $capture; wait $capture
      stat -c 'owner %u' live.pcapng report.txt
      """)
    #expect(run.output.contains("Uid:\t\(user)\t\(user)\t\(user)\t\(user)\n"))
    #expect(run.output.contains("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n"))
    #expect(run.output.hasSuffix(variables.isEmpty ? "owner 0\nowner 0\n" : "owner \(user)\nowner \(user)\n"))
  }

  @Test func aRotationIntoADirectoryThatIsOutOfReachIsRefusedAtOnce() throws {
    let run = try LiveLab.run(
      """
      mkdir closed; export SUDO_UID=4711 SUDO_GID=4712
      "$tlswhy" capture -i lo -w closed/live.pcapng --rotate 1M; echo "status $?"
      """)
    #expect(run.output == "status 3\n")
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("choose another directory"))
  }
}
