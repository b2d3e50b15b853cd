import Diagnosis
import Foundation
import HandshakeModel
import NetworkValues
import Testing

@testable import Reporting

/// Several captures on one command line: whose is what, and what they hold together.
@Suite struct SeveralCapturesTests {
  private static let captures = [Sample.failing("version"), Sample.working("version"), Sample.failing("untrusted-ca")]

  @Test(arguments: ["1", "4"])
  func aNameStandsAboveItsConnections(_ jobs: String) throws {
    let run = try Program.run(["analyze", "--jobs", jobs] + Self.captures)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.first == Self.captures[0])
    for capture in Self.captures {
      let place = try #require(lines.firstIndex(of: capture))
      #expect(place == 0 || lines[place - 1].isEmpty)
      #expect(lines[place + 1].contains(" 1  127.0.0.1:"))
      // Told once, above; what it held stands below.
      #expect(lines.count { $0 == capture } == 1)
    }
  }

  @Test func quietKeepsTheNamesOfCapturesWithFailures() throws {
    let run = try Program.run(["analyze", "-q"] + Self.captures)
    let names = run.output.split(separator: "\n").filter { $0.hasPrefix("samples/") }.map(String.init)
    #expect(names == [Self.captures[0], Self.captures[2]])
    #expect(!run.output.contains("captures"))
  }

  @Test func oneCaptureNeedsNoName() throws {
    let run = try Program.run(["analyze", Self.captures[0]])
    #expect(run.output.hasPrefix("✗ 1 "))
    #expect(!run.output.contains("All 1 capture"))
  }

  @Test(arguments: ["1", "4"])
  func theGrandTotalCountsByCauseAndByServer(_ jobs: String) throws {
    let run = try Program.run(["analyze", "--jobs", jobs] + Self.captures + [Sample.failing("version")])
    let total = try #require(run.output.components(separatedBy: "═\n").last)
    #expect(
      total == """
        All 4 captures, 4 connections: 1 established, 3 failed
          2 × tls.version
          1 × cert.rejected
          by server
            3 × service.test:9443: tls.version 2, cert.rejected 1

        """)
  }

  @Test func everyFormatForPeopleHasIt() throws {
    let markdown = try Program.run(["analyze", "--format", "markdown"] + Self.captures).output
    #expect(markdown.contains("\n## `\(Self.captures[1])`\n\n- ✓"))
    #expect(
      markdown.hasSuffix(
        "\n## All 3 captures\n\n1 established, 2 failed, 0 incomplete\n\n- 1 × `cert.rejected`\n- 1 × `tls.version`\n\nBy server:\n\n- 2 × service.test:9443: cert.rejected 1, tls.version 1\n"
      ))
    let html = try Program.run(["analyze", "--format", "html"] + Self.captures).output
    #expect(html.contains("<h2>\(Self.captures[1])</h2>"))
    #expect(html.contains("<li>2 × service.test:9443: cert.rejected 1, tls.version 1</li>"))
    let json = try Program.run(["analyze", "--format", "json"] + Self.captures)
    #expect(try json.objects().count == 3)
  }

  @Test(arguments: HostileNameTests.names.keys.sorted())
  func namesFromPacketsStayText(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let name = try #require(HostileNameTests.names[kind])
    _ = try folder.add("a.pcap", Sample.renamed(Sample.failing("version"), "service.test", to: name))
    _ = try folder.add("b.pcap", Sample.renamed(Sample.failing("version"), "service.test", to: name))
    for format in ["text", "markdown", "html"] {
      let output = try Program.run(["analyze", folder.url.path, "--format", format]).output
      #expect(output.unicodeScalars.allSatisfy { !$0.isHostileOnScreen }, "\(format)")
      #expect(format != "html" || !output.contains("<script"))
    }
  }

  // MARK: Many servers

  private func connection(_ number: Int) -> Connection {
    Connection(
      index: 1, transport: .tcp, client: .init(address: .init(ipv4: 1), port: 1),
      server: .init(address: .init(ipv4: UInt32(number)), port: 443), roleBasis: .syn, firstFrame: 1,
      started: .init(nanoseconds: 0))
  }

  @Test func ofManyServersTheSameAreKeptHoweverTheyAreCounted() {
    let count = 10_000
    var alone = ServerFailures()
    for number in 0..<count { alone.count(connection(number), .tcpTimeout) }
    for number in 0..<count { alone.count(connection(number), .tcpRefused) }
    var parts = (0..<7).map { _ in ServerFailures() }
    for number in (0..<count).reversed() {
      parts[number % 7].count(connection(number), .tcpRefused)
      parts[(number + 3) % 7].count(connection(number), .tcpTimeout)
    }
    var together = ServerFailures()
    for part in parts { together.add(part) }
    #expect(alone.ranked.count == ServerFailures.limit && together.all == 2 * count)
    #expect(alone.ranked.map(\.server) == together.ranked.map(\.server))
    #expect(alone.ranked.allSatisfy { $0.failures == 2 } && together.ranked.allSatisfy { $0.failures == 2 })
    var total = GrandTotal()
    total.servers = together
    #expect(total.serverLines.count == 11 && total.serverLines.last == "19,980 × other servers")
  }
}

extension Unicode.Scalar {
  fileprivate var isHostileOnScreen: Bool {
    switch properties.generalCategory {
    case .control: self != "\n"
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
