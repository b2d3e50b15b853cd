import Foundation
import Testing

/// `tlswhy capture` on real handshakes: what it tells, and where it keeps it.
@Suite(.enabled(if: LiveLab.isAvailable, "needs root for network namespaces, ip, openssl and curl"))
struct CaptureTests {
  @Test func aHandshakeIsToldInOneLineAndAFailureWithItsVerdict() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443 -tls1_3
      capture live -i lo port 8443
      get https://localhost:8443/ && await live.out ✓
      get --tls-max 1.2 https://localhost:8443/; await live.out tls.version
      cat live.out; echo ---; kill -INT $capture; wait $capture; echo "status $?"; cat live.err
      """)
    let lines = run.output.split(separator: "\n")
    let good = try #require(lines.first)
    let pattern =
      #/^\d\d:\d\d:\d\d\.\d{3} ✓ 127\.0\.0\.1:\d+ → 127\.0\.0\.1:8443  localhost  TLS 1\.3  TLS_\w+  \w+  .*ms$/#
    #expect(good.contains(pattern), "\(good)")
    #expect(run.output.contains(" ✗ tls.version  "))
    #expect(run.output.contains("(certain)\n"))
    #expect(run.output.contains(#/frames? \d+/#))
    #expect(run.output.contains("status 1\n"))
    #expect(run.output.contains("listening on lo for port 8443; Ctrl-C ends\n"))
    #expect(run.output.contains("2 connections: 1 established, 1 failed"))
    #expect(
      run.output.contains(#/packets captured, [\d,]+ received by the filter\n0 dropped by the kernel, 0 dropped/#))
  }

  @Test func failuresOnlyLeavesTheRestOut() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443 -tls1_3
      capture live -i lo --failures-only
      get https://localhost:8443/; get --tls-max 1.2 https://localhost:8443/; await live.out tls.version
      kill -INT $capture; wait $capture; cat live.out
      """)
    #expect(!run.output.contains("✓"))
    #expect(run.output.contains("✗"))
  }

  @Test func anAddressFamilyThatNobodyServesIsNamedOnceTheOtherWasSeenToWork() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      capture live -i lo port 8443
      get https://127.0.0.1:8443/ && await live.out ✓
      get 'https://[::1]:8443/'; await live.out tcp.address-family
      kill -INT $capture; wait $capture; cat live.out
      """)
    #expect(run.output.contains("✗ tcp.address-family"))
    #expect(run.output.contains(#/frames \d+–\d+: \[::1\]:8443 was refused/#))
  }

  @Test func aClientThatFallsBackByItselfIsNoDivergence() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      capture live -i lo port 8443
      get https://127.0.0.1:8443/; get https://localhost:8443/; sleep 1
      kill -INT $capture; wait $capture; cat live.out
      """)
    #expect(!run.output.contains("tcp.address-family"))
  }

  @Test func whoAsksForQuietHearsOfFailuresAlone() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443 -tls1_3
      "$tlswhy" capture -q -i lo > live.out 2> live.err & capture=$!; sleep 1
      get https://127.0.0.1:8443/; get --tls-max 1.2 https://127.0.0.1:8443/; await live.out tls
      kill -INT $capture; wait $capture; cat live.out
      """)
    #expect(run.output.contains("✗") && !run.output.contains("✓"))
  }

  @Test func aFailureIsComparedWithWhatIsMostLikeIt() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443 -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
      capture live -i lo
      get --tls-max 1.2 https://127.0.0.1:8443/; get -4 --tls-max 1.2 https://localhost:8443/; sleep 0.5
      get --tls-max 1.2 --ciphers ECDHE-ECDSA-AES256-GCM-SHA384 https://127.0.0.1:8443/; await live.out ✗
      kill -INT $capture; wait $capture; cat live.out
      """)
    #expect(run.output.contains("✗ tls.cipher-suite"))
  }

  /// A server for names that knows none.
  private static let nameless = """
    printf 'nameserver 127.0.0.1\\n' > resolv && mount --bind resolv "$(readlink -f /etc/resolv.conf)"
    python3 -c '
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 53)); print("ready", flush=True)
    while True:
        d, a = s.recvfrom(999); s.sendto(d[:2] + bytes.fromhex("81830001000000000000") + d[12:], a)
    ' > names.log & await names.log ready

    """

  @Test(.enabled(if: LiveLab.hasPython, "needs python3"))
  func aNameThatDoesNotResolveIsToldAsItHappens() throws {
    let run = try LiveLab.run(
      Self.nameless + """
        capture live -i lo
        get https://nowhere.test/; get https://nowhere.test/; await live.out dns.no-answer; sleep 1.5
        cat live.out; kill -INT $capture; wait $capture; echo "status $?"
        """)
    #expect(run.output.contains("✗ dns.no-answer  127.0.0.1"))
    #expect(run.output.contains("The name nowhere.test did not resolve to any address (certain)"))
    #expect(run.output.split(separator: "✗ dns.no-answer").count == 2, "told once")
    #expect(run.output.contains("status 1"))
    let json = try LiveLab.run(
      Self.nameless + """
        capture live -i lo --format json
        get https://nowhere.test/; await live.err dns.no-answer; kill -INT $capture; wait $capture; cat live.out
        cat live.err >&2
        """)
    #expect(try json.objects().isEmpty)
    #expect(json.errors.contains("tlswhy: 127.0.0.1: The name nowhere.test did not resolve"))
  }

  @Test func jsonIsOneObjectALineWhileTheCaptureGoesOn() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      capture live -i lo --format json port 8443
      get https://localhost:8443/; await live.out established; get https://localhost:8443/
      for i in {1..100}; do (($(wc -l < live.out) == 2)) && break; sleep 0.05; done
      cat live.out; kill -INT $capture; wait $capture; wc -l < live.out >&2
      """)
    let objects = try run.objects()
    #expect(objects.count == 2)
    #expect(run.errors == "2\n")
    for object in objects {
      #expect(object["schema"] as? String == "tlswhy.connection/1")
      #expect(object["outcome"] as? String == "established")
      let handshake = try #require(object["handshake_seconds"] as? Double)
      #expect(handshake > 0)
      #expect(handshake <= object["duration_seconds"] as? Double ?? 0)
    }
  }

  // MARK: Frame numbers

  private static let traffic = """
    server 127.0.0.1 8443
    server 127.0.0.1 8444 -tls1_3
    exchange() {
      for _ in 1 2 3; do
        get https://localhost:8443/; get --tls-max 1.2 https://127.0.0.1:8444/; curl -s https://127.0.0.1:8443/
      done
      head -c 300000 /dev/zero | openssl s_client -quiet -connect 127.0.0.1:8443 > /dev/null 2>&1 &
      sleep 1.2
    }

    """

  /// What live verdicts cite, by client and server: the system gives a client's port out again for another server.
  private func citations(_ lines: some Sequence<Substring>) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let client = try #require(object["client"] as? [String: Any])
      let server = try #require(object["server"] as? [String: Any])
      let hellos = try #require(object["client_hellos"] as? [[String: Any]])
      let alerts = try #require(object["alerts"] as? [[String: Any]])
      let frames = try #require(object["frames"] as? [String: Any])
      found["\(client["port"] ?? 0) \(server["address"] ?? 0) \(server["port"] ?? 0)"] =
        ["\(frames["first"] ?? 0)"] + hellos.map { "\($0["frame"] ?? 0)" } + alerts.map { "\($0["frame"] ?? 0)" }
    }
    return found
  }

  @Test(arguments: ["-i lo", "-i lo -i any", "-i lo --handshakes-only", "-i lo -s 600"])
  func framesAreThoseOfTheFileThatWasWritten(_ options: String) throws {
    let run = try LiveLab.run(
      Self.traffic + """
        capture live \(options) --format json -w live.pcapng tcp
        exchange
        kill -INT $capture; wait $capture
        cat live.out; echo ---; "$tlswhy" analyze --format json live.pcapng
        """)
    let parts = run.output.split(separator: "\n").split(separator: "---")
    let live = try citations(try #require(parts.first))
    let file = try citations(try #require(parts.last))
    #expect(live.count >= 9)
    #expect(live == file)
  }

  @Test(.enabled(if: LiveLab.hasTshark, "needs tshark"))
  func tsharkFindsTheHelloInTheFrameThatIsCited() throws {
    let run = try LiveLab.run(
      Self.traffic + """
        capture live -i lo --handshakes-only --format json -w live.pcapng tcp
        exchange
        kill -INT $capture; wait $capture
        cat live.out; echo ---
        tshark -r live.pcapng -Y 'tls.handshake.type == 1' -T fields -e frame.number -e frame.interface_name 2>/dev/null
        """)
    let parts = run.output.split(separator: "\n").split(separator: "---")
    let live = try citations(try #require(parts.first)).values.compactMap { $0.dropFirst().first }
    let shown = try #require(parts.last).map { $0.split(separator: "\t") }
    #expect(Set(shown.compactMap(\.first).map(String.init)) == Set(live))
    #expect(shown.allSatisfy { $0.last == "lo" })
  }

  @Test func aRotationCountsOnAndNamesTheFileOfEachCitedFrame() throws {
    let run = try LiveLab.run(
      Self.traffic + """
        capture text -i lo --rotate 20K --failures-only -w text.pcapng port 8444
        text=$capture
        capture live -i lo --rotate 20K --format json -w live.pcapng tcp
        exchange
        kill -INT $capture $text; wait $capture $text
        cat live.out; echo ---; cat live-*.pcapng > all.pcapng; "$tlswhy" analyze --format json all.pcapng
        ls live-*.pcapng >&2; cat text.out >&2
        """)
    let parts = run.output.split(separator: "\n").split(separator: "---")
    let live = try #require(parts.first)
    #expect(try citations(live) == citations(try #require(parts.last)))
    #expect(run.errors.contains("live-00002.pcapng"))
    #expect(run.errors.contains(#/frames? [\d, –]+ of text-0000\d\.pcapng/#))
    for line in live {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let files = try #require(object["files"] as? [[String: Any]])
      let first = try #require((object["frames"] as? [String: Int])?["first"])
      #expect(files.first?["first_frame"] as? Int ?? .max <= first)
    }
  }

  @Test func keepLeavesTheNewestFilesOnly() throws {
    let run = try LiveLab.run(
      Self.traffic + """
        capture live -i lo --rotate 10K --keep 2 -w live.pcapng
        exchange
        kill -INT $capture; wait $capture; ls live-*.pcapng; "$tlswhy" analyze -q $(ls live-*.pcapng | tail -1) >&2
        """)
    #expect(run.output.split(separator: "\n").count == 2)
    #expect(!run.output.contains("live-00001"))
    #expect(!run.errors.contains("cut short"))
  }

  // MARK: Options

  @Test func aCountAndADurationEndIt() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      capture live -i lo -c 5 -w live.pcapng
      get https://localhost:8443/; wait $capture
      "$tlswhy" analyze live.pcapng | tail -1
      timeout 20 "$tlswhy" capture -q -i lo --duration 300ms; echo "status $?"
      """)
    #expect(run.output.contains("live.pcapng: 5 frames"))
    #expect(run.output.contains("status 0"))
  }

  @Test func packetsCanBePipedOn() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      (await live.err listening; get https://localhost:8443/) &
      "$tlswhy" capture -i lo --duration 3 -w - 2> live.err | "$tlswhy" analyze -
      grep ✓ live.err >&2
      """)
    #expect(run.output.contains("1 connection: 1 established"))
    #expect(run.errors.contains("127.0.0.1:8443"))
  }
}
