import Foundation
import Testing

/// Whatever place of a capture holds the value that acts on everything, it acts on nothing once it is reported.
@Suite struct HostilePlacesTests {
  private static let formats = ["text", "json", "html", "markdown"]

  private func runs(_ path: String, format: String, _ options: [String] = []) throws -> [Run] {
    try [
      ["analyze", "--all", path], ["analyze", "--verbose", path], ["show", path],
      ["diff", Sample.working("version"), path],
    ].map { try Program.run($0 + ["--format", format] + options) }
  }

  private func expectHarmless(_ run: Run, format: String) throws {
    #expect(!run.wasKilled && [0, 1, 3].contains(run.status))
    let hostile = (run.output + run.errors).unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    #expect(hostile.isEmpty, "\(Set(hostile.map { String($0.value, radix: 16) }))")
    #expect(!run.output.contains("\n# h"), "a line of its own")
    if format == "html" { #expect(!run.output.contains("<script") && !run.output.contains("<img")) }
    if format == "json" { _ = try run.objects() }
  }

  /// Of the commands that reproduce and confirm, nothing runs but what the report means: the shell itself is asked.
  private func expectQuoted(_ run: Run) throws {
    for object in try run.objects() {
      let causes = object["causes"] as? [[String: Any]] ?? []
      for step in causes.flatMap({ $0["next_steps"] as? [[String: Any]] ?? [] }) {
        guard let command = step["command"] as? String else { continue }
        let folder = try TemporaryFolder()
        let script = try folder.add("command.sh", Data(command.utf8))
        let syntax = try Program.shell("/bin/sh -n '\(script.path)'")
        #expect(syntax.errors.isEmpty, "\(command)")
        let words = try Program.shell("id() { echo SUBSTITUTED; }; PATH=/nowhere; . '\(script.path)' 2>&1")
        #expect(!words.output.contains("SUBSTITUTED"), "\(command)")
      }
    }
  }

  @Test(arguments: HostileCapture.places.keys.sorted())
  func aValueInPacketsActsOnNothing(_ place: String) throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places[place])
    let path = try folder.add("capture.pcap", Sample.capture(of: frames)).path
    for format in Self.formats {
      for run in try runs(path, format: format) {
        try expectHarmless(run, format: format)
        if format == "json" { try expectQuoted(run) }
      }
    }
  }

  @Test(arguments: formats)
  func textsOfAPcapngActOnNothing(_ format: String) throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places["certificate"])
    let path = try folder.add("capture.pcapng", HostileCapture.pcapng(of: frames)).path
    for run in try runs(path, format: format) { try expectHarmless(run, format: format) }
  }

  @Test func colourIsTheReportsOwn() throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places["certificate"])
    let path = try folder.add("capture.pcap", Sample.capture(of: frames)).path
    for var run in try runs(path, format: "text", ["--color", "always"]) {
      run.output = run.output.replacing(/\u{1b}\[[0-9;]*m/, with: "")
      try expectHarmless(run, format: "text")
    }
  }

  @Test(arguments: formats)
  func namesOfFilesActOnNothing(_ format: String) throws {
    let folder = try TemporaryFolder()
    let name = "a\u{1b}]0;o\u{7}\r\n# h\"'`id`$(id)<script>\u{202e}.pcap"
    let capture = try Sample.bytes(Sample.failing("version"))
    let (whole, cut) = (try folder.add(name, capture).path, try folder.add("cut" + name, capture.prefix(300)).path)
    for path in [whole, cut, whole + "missing"] {
      for run in try runs(path, format: format) { try expectHarmless(run, format: format) }
    }
    for option in ["--keylog", "--client-log", "--filter", "--format"] {
      for value in [whole, whole + "missing"] {
        let run = try Program.run(["analyze", option, value, Sample.failing("version")])
        #expect(!(run.output + run.errors).contains { $0 == "\u{1b}" || $0 == "\u{7}" || $0 == "\u{202e}" })
      }
    }
  }

  @Test(arguments: formats)
  func linesOfLogsActOnNothing(_ format: String) throws {
    let folder = try TemporaryFolder()
    let lines = [
      "javax.net.ssl.SSLHandshakeException: ", "remote error: tls: ", "curl: (35) error:0A000410:SSL routines::",
      "Hostname/IP does not match certificate's altnames: Host: ", "* Trying ",
    ].flatMap { (line: String) -> [UInt8] in Array(line.utf8) + HostileCapture.value + [10] }
    let log = try folder.add("client.log", Data(lines)).path
    let run = try Program.run([
      "diff", Sample.working("version"), Sample.failing("version"), "--client-log", log, "--server-log", log,
      "--format",
      format,
    ])
    try expectHarmless(run, format: format)
  }
}
