import Foundation
import Testing

/// `diff` on a screen: the verdict first, nothing scrolled away.
@Suite struct GistTests {
  private static let pairs: [(name: String, working: String, failing: String)] = {
    let folder = Program.root.appendingPathComponent("Tests/Fixtures/pairs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
    // One of four: what they say differs by cause, of which several pairs have the same.
    let recorded = names.enumerated().filter { $0.offset % 4 == 1 }.map { "Tests/Fixtures/pairs/\($0.element)" }
    return Sample.names.map { ($0, Sample.working($0), Sample.failing($0)) }
      + recorded.map { ($0, "\($0)/working.pcap", "\($0)/failing.pcap") }
  }()

  /// Lines of a terminal of 80 columns.
  private func rows(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) {
      $0 + max(1, ($1.count + 79) / 80)
    }
  }

  @Test func everyComparisonFitsOnAScreen() throws {
    #expect(Self.pairs.count > 50)
    for pair in Self.pairs {
      let run = try Program.run(["diff", pair.working, pair.failing])
      #expect(rows(run.output) <= 24, "\(pair.name)")
      let cause = try #require(Program.run(["diff", pair.working, pair.failing, "--format", "json"]).objects().first)
      let first = try #require((cause["causes"] as? [[String: Any]])?.first)
      let (title, code) = (try #require(first["title"] as? String), try #require(first["code"] as? String))
      let filled = run.output.replacing(#/\n +/#, with: " ")
      #expect(filled.dropFirst(2).hasPrefix(title), "\(pair.name)")
      #expect(filled.contains(" · \(code)"), "\(pair.name)")
    }
  }

  @Test(arguments: Sample.names)
  func itHoldsEvidenceTheLadderARemedyAndACommand(_ name: String) throws {
    let output = try Program.run(["diff", Sample.working(name), Sample.failing(name)]).output
    #expect(output.contains("\n  failing  frame"))
    #expect(output.contains(" ◆ "))
    #expect(output.contains("\n  • "))
    #expect(output.contains(#/\n  To (confirm|be certain): .*\n(    .*\n)*      \S/#))
    #expect(output.contains("Wireshark, failing: tcp.stream eq 0"))
  }

  @Test(arguments: Sample.names)
  func quietSaysTwoLines(_ name: String) throws {
    for columns in ["40", "80"] {
      let run = try Program.run(
        ["diff", "-q", Sample.working(name), Sample.failing(name)], environment: ["COLUMNS": columns])
      let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 3 && lines[2].isEmpty)
      #expect(lines[0].hasPrefix("✗ ") && lines[1].contains(#/^  (certain|likely) · [a-z-]+\.[a-z-]+ · 2026-11-24 /#))
    }
  }

  @Test(arguments: Sample.names)
  func verboseSaysAll(_ name: String) throws {
    let output = try Program.run(["diff", "-v", Sample.working(name), Sample.failing(name)]).output
    for title in ["Evidence", "In Wireshark", "The two handshakes", "What to do", "What differs"] {
      #expect(output.contains("\n\(title)"))
    }
  }

  @Test func aNarrowTerminalGetsTheVerdictToo() throws {
    for columns in ["40", "50", "60", "200"] {
      let run = try Program.run(
        ["diff", Sample.working("version"), Sample.failing("version")], environment: ["COLUMNS": columns])
      #expect(run.output.hasPrefix("✗ No TLS version in common"))
      #expect(run.output.contains("tls.version"))
    }
  }
}
