import Foundation
import Testing

/// When and where a failure is to be looked up: clock times, and what to type into Wireshark.
@Suite struct PlaceTests {
  private static let berlin = ["TZ": "Europe/Berlin"]
  private static let failing = Sample.failing("version")

  private static let commands = [
    ["analyze", failing], ["analyze", failing, "--verbose"], ["show", failing],
    ["diff", Sample.working("version"), failing, "--verbose"],
  ]

  @Test(arguments: commands, ["text", "html", "markdown"])
  func everyFailureIsToldWithItsTime(_ command: [String], _ format: String) throws {
    let local = try Program.run(command + ["--format", format], environment: Self.berlin).output
    #expect(local.contains("2026-11-24 05:00:59.353 +01:00"), "\(local)")
    let global = try Program.run(command + ["--format", format, "--utc"], environment: Self.berlin).output
    #expect(global.contains("2026-11-24 04:00:59.353 UTC"))
    #expect(!global.contains("+01:00"))
  }

  @Test(arguments: commands, ["text", "html", "markdown", "json"])
  func everyFailureIsToldWithAFilter(_ command: [String], _ format: String) throws {
    let output = try Program.run(command + ["--format", format]).output
    let filter =
      command[0] == "analyze" ? "ip.addr eq 127.0.0.1 and tcp.port eq 42792 and tcp.port eq 9443" : "tcp.stream eq 0"
    #expect(output.contains(filter), "\(output)")
  }

  @Test func aFilterIsNeverWrapped() throws {
    let output = try Program.run(["analyze", Self.failing], environment: ["COLUMNS": "40"]).output
    #expect(output.contains("\n  Wireshark: ip.addr eq 127.0.0.1 and tcp.port eq 42792 and tcp.port eq 9443\n"))
  }

  @Test func streamsOfFilteredCapturesAreNotNumbered() throws {
    let run = try Program.run(["show", Self.failing, "--filter", "port 9443", "--format", "json"])
    #expect(
      try run.objects().first?["display_filter"] as? String
        == "ip.addr eq 127.0.0.1 and tcp.port eq 42792 and tcp.port eq 9443")
  }

  @Test func aConnectionThatWorkedIsNotToldWhereToLookItUp() throws {
    let run = try Program.run(["analyze", Sample.working("version"), "--format", "json"])
    #expect(try run.objects().allSatisfy { $0["display_filter"] == nil })
  }

  @Test func aNameThatDidNotResolveIsToldWithItsTimeAndFilter() throws {
    let folder = try TemporaryFolder()
    let capture = try folder.add("dns.pcap", Sample.capture(of: [Self.lookup("nowhere.test")]))
    let output = try Program.run(["analyze", capture.path], environment: Self.berlin).output
    #expect(output.contains("2023-09-12 08:06:56.000 +02:00"), "\(output)")
    #expect(output.contains("Wireshark: dns.qry.name eq \"nowhere.test\"\n"), "\(output)")
    let hostile = try folder.add("hostile.pcap", Sample.capture(of: [Self.lookup("a\" or b.test")]))
    #expect(try Program.run(["analyze", hostile.path]).output.contains("Wireshark: dns\n"))
  }

  @Test(.enabled(if: LiveLab.hasTshark, "needs tshark"), arguments: Sample.names)
  func tsharkShowsTheFramesOfTheFilter(_ name: String) throws {
    for path in [Sample.working(name), Sample.failing(name)] {
      let connection = try #require(Program.run(["show", path, "--format", "json"]).objects().first)
      let filter = try #require(connection["display_filter"] as? String)
      let frames = try #require(connection["frames"] as? [String: Int])
      #expect(filter.hasPrefix("tcp.stream eq "))
      let run = try Program.shell(
        "/usr/bin/tshark -n -r '\(path)' -Y '\(filter)' -T fields -e frame.number 2>/dev/null")
      let shown = run.output.split(separator: "\n").compactMap { Int($0) }
      #expect(shown.first == frames["first"] && shown.last == frames["last"], "\(path): \(filter): \(shown)")
    }
  }

  /// A question for an address that is never answered.
  private static func lookup(_ name: String) -> [UInt8] {
    var message: [UInt8] = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    for label in name.split(separator: ".") { message += [UInt8(label.utf8.count)] + Array(label.utf8) }
    message += [0, 0, 1, 0, 1]
    let length = UInt8(message.count + 8)
    return [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]
      + [0x45, 0, 0, length + 20, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 53]
      + [0xc0, 0, 0, 53, 0, length, 0, 0] + message
  }
}
