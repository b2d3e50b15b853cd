import Diagnosis
import HandshakeModel
import Testing

@testable import Reporting

@Suite struct TextReportTests {
  @Test(arguments: [50, 80, 140])
  func theComparisonReadsWellAtEveryWidth(width: Int) throws {
    let report = TextReport(width: width)
    try GoldenFile.expect(
      report.render(Samples.comparison, working: Samples.working, failing: Samples.failing),
      matches: "version-\(width).txt")
  }

  @Test func theComparisonReadsWellInColor() throws {
    let report = TextReport(style: Style(color: true), width: 80)
    try GoldenFile.expect(
      report.render(Samples.comparison, working: Samples.working, failing: Samples.failing),
      matches: "version-80-color.txt")
  }

  @Test func theComparisonReadsWellInASCII() throws {
    let report = TextReport(style: Style(unicode: false), width: 80)
    let text = report.render(Samples.comparison, working: Samples.working, failing: Samples.failing)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    try GoldenFile.expect(text, matches: "version-80-ascii.txt")
  }

  @Test func theFoundingCaseReadsWell() throws {
    let failing = Samples.story("bad.pcap", [Samples.refusedOverIPv6])
    try GoldenFile.expect(
      TextReport(width: 80).render(Samples.wrongFamily, working: Samples.working, failing: failing),
      matches: "family-80.txt")
  }

  @Test func aFailedLookupShowsALadderWithoutAConnection() throws {
    let failing = Samples.story("bad.pcap", [])
    let text = TextReport(width: 80).render(Samples.unresolved, working: Samples.working, failing: failing)
    #expect(text.contains("NXDOMAIN"))
    #expect(text.contains("no connection"))
    try GoldenFile.expect(text, matches: "unresolved-80.txt")
  }

  @Test func whereNothingFailedTheVerdictSaysSo() {
    let text = TextReport(width: 80).render(Samples.nothingFailed, working: Samples.working, failing: Samples.working)
    #expect(text.hasPrefix("✓ Both handshakes completed"))
    #expect(!text.contains("first divergence"))
  }

  @Test(arguments: [40, 50, 59, 60, 72, 80, 100, 140, 300])
  func noLineIsWiderThanTheTerminalExceptWhatIsCopied(width: Int) {
    let comparisons = [Samples.comparison, Samples.wrongFamily, Samples.unresolved]
    for unicode in [true, false] {
      let report = TextReport(style: Style(unicode: unicode), width: width)
      for comparison in comparisons {
        var copied = comparison.causes.flatMap {
          $0.remedies.compactMap(\.command) + $0.nextSteps.compactMap(\.command)
        }
        let sides = [comparison.workingSide.connection, comparison.failingSide.connection].compactMap { $0 }
        copied += sides.map { DisplayFilter.text($0) }
        let text = report.render(comparison, working: Samples.working, failing: Samples.failing)
        for line in text.split(separator: "\n") where !copied.contains(where: line.contains) {
          #expect(String(line).displayWidth <= width, "\(line)")
        }
      }
    }
  }

  @Test func colorOnlyAddsEscapeSequences() {
    let plain = TextReport(width: 80).render(Samples.comparison, working: Samples.working, failing: Samples.failing)
    let colored = TextReport(style: Style(color: true), width: 80)
      .render(Samples.comparison, working: Samples.working, failing: Samples.failing)
    #expect(!plain.contains("\u{1b}"))
    #expect(colored.hasPrefix("\u{1b}[1;31m✗ \u{1b}[0m\u{1b}[1mThe server"))
    #expect(colored.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func anEstablishedConnectionTakesOneLine() {
    let line = TextReport(width: 120).render(Samples.established, causes: [])
    #expect(
      line == "✓ 1  127.0.0.1:51874 → 127.0.0.1:8443  localhost  TLS 1.3  TLS_AES_256_GCM_SHA384  x25519  9.12 ms\n")
  }

  @Test func aNarrowTerminalDropsTheLeastImportantPartsFirst() {
    #expect(
      TextReport(width: 60).render(Samples.established, causes: [])
        == "✓ 1  127.0.0.1:51874 → 127.0.0.1:8443  localhost  TLS 1.3\n")
    #expect(
      TextReport(width: 40).render(Samples.established, causes: []) == "✓ 1  127.0.0.1:51874 → 127.0.0.1:8443\n")
  }

  @Test func aFailedConnectionTakesABlock() throws {
    let causes = [Samples.versionCause, Samples.otherCause]
    try GoldenFile.expect(TextReport(width: 80).render(Samples.refusedVersion, causes: causes), matches: "brief-80.txt")
  }

  @Test func aConnectionInFullShowsEveryField() throws {
    let text = TextReport(width: 80).render(Samples.established, causes: [], detail: .full)
    for field in ["random", "cipher suites", "supported_groups", "TLS_AES_256_GCM_SHA384", "JA3", "SYN-ACK"] {
      #expect(text.contains(field))
    }
    let rich = TextReport(width: 80).render(Samples.everything, causes: [], detail: .full)
    for field in [
      "EncryptedExtensions (frame 6)", "Certificate 1 of 1 of the server (frame 6)", "empty: the client was asked",
      "RST              frame 14 from the client, hop limit 64, identification 7", "opened the encrypted records",
      "ICMP             frame 11: type 3, code 4 from 127.0.0.1", "1,448 bytes never acknowledged",
    ] {
      #expect(rich.contains(field), "\(field)")
    }
  }

  @Test func theSummaryCountsOutcomesAndCauses() {
    let text = TextReport(width: 80).summary(Samples.failing, causes: [.tlsVersion: 2, .none: 4, .certExpired: 3])
    #expect(
      text == """
        ────────────────────────────────────────
        1 connection: 1 failed
          3 × cert.expired
          2 × tls.version
        from 2026-11-24 03:37:00.000 UTC
        bad.pcap: 1,204 frames, 1.2 MB, 12.4 s, 1 TCP connection

        """)
  }

  @Test func theSummarySaysWhatCouldNotBeRead() {
    var story = Samples.failing
    story.damage = "bad.pcap ends in the middle of frame 1,205"
    story.statistics.truncatedFrames = 2
    story.statistics.undecoded = ["802.11": 7, "link type 147": 12]
    story.statistics.droppedBytes = 5_000_000
    story.statistics.droppedConnections = 1
    let text = TextReport(width: 80).summary(story, causes: [:])
    #expect(
      text.hasSuffix(
        """
        ! bad.pcap ends in the middle of frame 1,205
        ! 2 frames cut short by the capture's snap length
        ! 12 frames not decoded: link type 147
        ! 7 frames not decoded: 802.11
        ! 5.0 MB of stream data not kept: the memory limit was reached
        ! 1 connection not followed to the end: the memory limit was reached

        """))
  }

  @Test func harmlessDifferencesAreNamedInALineOrExplained() {
    let story = Samples.working
    #expect(
      TextReport(width: 80).render(Samples.comparison, working: story, failing: Samples.failing)
        .contains("  set aside as harmless: client_hello: session_id, alpn\n"))
    #expect(
      TextReport(width: 80, explainsHarmless: true)
        .render(Samples.comparison, working: story, failing: Samples.failing)
        .contains("  benign    client_hello.session_id\n            working  32 bytes\n"))
  }

  @Test func whatFollowsFromTheFailureIsNamedInALine() {
    var comparison = Samples.comparison
    comparison.differences = ["tcp.reset", "client_hello.alpn", "client_hello.length"].map { field in
      Difference(
        field: field, stage: .tcp, working: "a", failing: "b", relevance: .related, note: "follows from the failure")
    }
    let text = TextReport(width: 80).render(comparison, working: Samples.working, failing: Samples.failing)
    #expect(text.contains("  related   follows from the failure: tcp: reset; client_hello: alpn, length\n"))
  }

  @Test func ofLongListsOnlyWhatIsNotSharedIsShown() {
    let difference = Difference(
      field: "client_hello.supported_groups", stage: .clientHello, working: "a, b, c, d, e", failing: "e, d, c, b",
      relevance: .decisive)
    #expect(DifferenceSummary.values(of: difference) == (working: "also a", failing: "nothing more"))
    let short = Difference(
      field: "client_hello.alpn", stage: .clientHello, working: "a, b", failing: "b", relevance: .decisive)
    #expect(DifferenceSummary.values(of: short) == (working: "a, b", failing: "b"))
  }

  @Test func aLongCommandStandsAtTheEndOverSeveralLines() {
    let command =
      "openssl s_client -connect 'a b:443' -cipher " + String(repeating: "AES128-SHA:", count: 30) + "X -tls1_2"
    var cause = Samples.versionCause
    cause.remedies = []
    cause.nextSteps = ["this should fail", "so should this"].map { NextStep($0) }
    for index in cause.nextSteps.indices { cause.nextSteps[index].command = command }
    let comparison = Comparison(working: nil, failing: nil, causes: [cause], divergence: nil, differences: [])
    let text = TextReport(width: 80).render(comparison, working: Samples.working, failing: Samples.failing)
    #expect(text.contains("  • this should fail (command 1, below)\n  • so should this (command 1, below)\n"))
    let lines = text.split(separator: "\n").drop { $0 != "Command 1" }.dropFirst()
    #expect(lines.first == "  openssl s_client -connect 'a b:443' \\")
    let joined = lines.map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : String($0) }
    #expect(joined.map { $0.drop { $0 == " " } }.joined(separator: " ") == command)
  }

  @Test func anExplanationListsMeaningAndRemedies() throws {
    let explanation = Explanation(
      name: "tls.version", title: "No protocol version in common",
      paragraphs: ["Client and server each have a range of versions, and the ranges do not overlap."],
      lists: [Explanation.List(title: "How it shows", items: ["alert protocol_version (70) from the server"])],
      remedies: Samples.versionCause.remedies, nextSteps: Samples.versionCause.nextSteps)
    try GoldenFile.expect(TextReport(width: 80).render(explanation), matches: "explain-80.txt")
    try GoldenFile.expect(MarkdownReport().render(explanation), matches: "explain.md")
    #expect(HTMLReport().render(explanation).contains("<h1>No protocol version in common</h1>"))
    let json = JSONReport()
    #expect(json.render(explanation).hasPrefix(#"{"schema":"tlswhy.explanation/1","name":"tls.version","title":"#))
  }
}
