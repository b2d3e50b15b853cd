import Foundation
import Testing

/// `tlswhy record` and `compare`: one command's traffic, and nothing of the command changed.
@Suite(.enabled(if: LiveLab.isAvailable, "needs root for network namespaces, ip, openssl and curl"))
struct RecordTests {
  @Test func inputOutputErrorsAndExitCodePassThrough() throws {
    let run = try LiveLab.run(
      """
      echo words | "$tlswhy" record -q -o r.pcapng -- sh -c 'cat; echo complaint >&2; exit 42'; echo "status $?"
      "$tlswhy" record -q -o r.pcapng -- sh -c 'kill -9 $$'; echo "status $?"
      "$tlswhy" record -q -o r.pcapng -- no-such-program; echo "status $?"
      """)
    #expect(run.output == "words\nstatus 42\nstatus 137\nstatus 127\n")
    #expect(run.complaints == ["complaint", "tlswhy: no-such-program: cannot be run: No such file or directory"])
  }

  @Test func aServiceOnLocalhostIsReachedAndNothingElseIsKept() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443; server 127.0.0.1 8444
      openssl s_client -quiet -connect 127.0.0.1:8444 < <(sleep 20) > /dev/null 2>&1 & other=$!
      sleep 0.3
      "$tlswhy" record -o r.pcapng --keylog r.keys -- curl -sk -o page https://localhost:8443/; echo "status $?"
      grep -c SECRET r.keys; stat -c %a r.keys r.pcapng
      "$tlswhy" analyze --format json r.pcapng
      grep -aoE '(command|exit code): .*' r.pcapng
      """)
    #expect(run.output.contains("status 0\n"))
    #expect(run.output.contains("600\n600\n"))
    #expect(run.output.contains("command: curl -sk -o page https://localhost:8443/"))
    #expect(run.output.contains("exit code: 0"))
    #expect(run.errors.contains(#/^tlswhy: \d+ packets in r\.pcapng\n$/#))
    let objects = try run.output.split(separator: "\n").filter { $0.hasPrefix("{") }.compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
    #expect(objects.compactMap { ($0["server"] as? [String: Any])?["port"] as? Int }.allSatisfy { $0 == 8443 })
    let good = try #require(objects.last)
    #expect(good["outcome"] as? String == "established")
    // The secrets are in the file: nobody gave a key log to analyze.
    #expect(good["decryption"] as? String == "succeeded")
  }

  @Test func socketsThatLiveForAMomentAndThoseOfGrandchildrenAreKept() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      for i in 1 2 3; do
        "$tlswhy" record -q -o r.pcapng -- sh -c '
          bash -c "exec 3<>/dev/tcp/127.0.0.1/1" 2>/dev/null
          (curl -sk https://127.0.0.1:8443/ >/dev/null)
          (setsid curl -sk https://127.0.0.1:8443/ > /dev/null &)
          sleep 0.3'
        "$tlswhy" analyze --all r.pcapng | grep connections:
      done
      """)
    #expect(run.output == String(repeating: "3 connections: 2 established, 1 failed\n", count: 3))
  }

  @Test func standardErrorIsKeptAsAComment() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" record -q -o r.pcapng -- curl -sS https://localhost:8443/; echo "status $?"
      grep -aoE 'standard error:|curl: \\(60\\) SSL certificate problem' r.pcapng
      """)
    #expect(run.output.contains("status 60\nstandard error:\ncurl: (60) SSL certificate problem"))
  }

  @Test func twoRecordingsNameTheAddressFamilyAndSoDoesCompare() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" record -q -o good.pcapng -- curl -sk -o /dev/null https://localhost:8443/; echo "good $?"
      "$tlswhy" record -q -o bad.pcapng -- curl -sk 'https://[::1]:8443/'; echo "bad $?"
      "$tlswhy" diff good.pcapng bad.pcapng | head -3; echo "diff ${PIPESTATUS[0]}"
      "$tlswhy" compare --working 'curl -sk https://localhost:8443/' --failing 'curl -sk "https://[::1]:8443/"' > c
      echo "compare $?"; head -3 c; ls *.keylog tlswhy-* 2>/dev/null
      "$tlswhy" compare --keep kept --working 'curl -sk https://localhost:8443/' \
        --failing 'curl -s https://localhost:8443/' --format json > json; ls kept; cat json >&2
      """)
    #expect(run.output.contains("good 0\nbad 7\n"))
    #expect(run.output.contains("diff 1\n") || run.output.contains("diff 0\n"))
    #expect(run.output.contains("compare 1\n"))
    #expect(run.output.components(separatedBy: "certain · tcp.address-family").count == 3)
    #expect(run.output.hasSuffix("failing.pcapng\nworking.pcapng\n"))
    #expect(run.errors.contains("\"cert.self-signed\""))
  }

  @Test func aCommandIsEndedInTimeThoughItsRecordingFailed() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      SECONDS=0
      (ulimit -f 1; "$tlswhy" compare --timeout 2s --working 'curl -sk https://localhost:8443/; sleep 60' --failing true)
      echo $?
      pgrep sleep || echo gone; [ $SECONDS -lt 30 ] && echo soon
      """)
    #expect(run.output == "3\ngone\nsoon\n", "\(run.errors)")
  }

  @Test func aCommandThatDoesNotEndIsEnded() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" compare --timeout 1s --working 'curl -sk https://localhost:8443/' --failing 'sleep 60; true' > c
      pgrep sleep || echo gone
      """)
    #expect(run.output == "gone\n")
    #expect(run.errors.contains("`sleep 60; true` was ended after 1s"))
    #expect(run.errors.contains("`sleep 60; true` sent no packets"))
  }
}
