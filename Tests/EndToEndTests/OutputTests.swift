import Foundation
import Testing

/// How results are written: formats, colour, width, files and pipes.
@Suite struct OutputTests {
  private static let comparison = ["diff", Sample.working("founding-refused"), Sample.failing("founding-refused")]

  // MARK: JSON

  @Test(arguments: Sample.names)
  func aComparisonIsOneJSONObject(_ name: String) throws {
    let run = try Program.run(["diff", Sample.working(name), Sample.failing(name), "--format", "json"])
    let objects = try run.objects()
    #expect(objects.count == 1)
    let object = try #require(objects.first)
    #expect(object["schema"] as? String == "tlswhy.diff/1")
    for key in ["working", "failing", "causes", "divergence", "differences"] { #expect(object[key] != nil, "\(key)") }
  }

  @Test(arguments: Sample.names)
  func anAnalysisIsOneJSONObjectALine(_ name: String) throws {
    let run = try Program.run(["analyze", Sample.failing(name), Sample.working(name), "--format", "json"])
    let objects = try run.objects()
    #expect(objects.count >= 2)
    for object in objects {
      #expect((object["schema"] as? String)?.hasPrefix("tlswhy.connection/") == true)
      #expect((object["causes"] as? [[String: Any]])?.isEmpty == false)
      #expect(["established", "failed", "incomplete"].contains(object["outcome"] as? String ?? ""))
    }
  }

  @Test func showAndExplainSpeakJSONToo() throws {
    let shown = try Program.run(["show", Sample.failing("version"), "--format", "json"])
    #expect(try shown.objects().count == 1)
    let explained = try Program.run(["explain", "handshake_failure", "--format", "json"])
    #expect(explained.status == 0)
    #expect(try explained.objects().count == 1)
  }

  // MARK: Colour and width

  @Test func colourIsWhatTheOptionSays() throws {
    let escape = "\u{1b}["
    #expect(try Program.run(Self.comparison + ["--color", "always"]).output.contains(escape))
    #expect(try !Program.run(Self.comparison + ["--color", "never"]).output.contains(escape))
    #expect(try !Program.run(Self.comparison).output.contains(escape))
    #expect(try !Program.run(Self.comparison, environment: ["NO_COLOR": "1"]).output.contains(escape))
  }

  @Test func colourChangesNothingButColour() throws {
    let plain = try Program.run(Self.comparison).output
    let coloured = try Program.run(Self.comparison + ["--color", "always"]).output
    #expect(coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func aTerminalGetsColourUnlessNO_COLORIsSet() throws {
    // script(1) gives the program a terminal.
    try #require(FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))
    let command = "'\(Program.executable.path)' analyze \(Sample.failing("version"))"
    let coloured = try Program.shell("TERM=xterm script -qec \"\(command)\" /dev/null")
    #expect(coloured.output.contains("\u{1b}["))
    let plain = try Program.shell("NO_COLOR=1 TERM=xterm script -qec \"\(command)\" /dev/null")
    #expect(!plain.output.contains("\u{1b}["))
    let dumb = try Program.shell("TERM=dumb script -qec \"\(command)\" /dev/null")
    #expect(!dumb.output.contains("\u{1b}["))
  }

  @Test(arguments: [50, 80, 140], Sample.names)
  func linesFitIntoTheWidth(_ columns: Int, _ name: String) throws {
    for command in [["diff", Sample.working(name), Sample.failing(name)], ["analyze", Sample.failing(name)]] {
      let run = try Program.run(command, environment: ["COLUMNS": "\(columns)"])
      let commands = try Program.run(command + ["--format", "json"]).commandsToPaste()
      for line in run.output.split(separator: "\n") where line.count > columns {
        // Commands to paste break between arguments only.
        let text = line.drop { $0 == " " }.replacing(#/\ \\$/#, with: "")
        let isCommand = commands.contains { $0.contains(text) } || text.hasPrefix("Wireshark: ")
        #expect(isCommand, "\(line)")
      }
    }
  }

  @Test func aLocaleWithoutUTF8GetsASCII() throws {
    let commands = [
      Self.comparison, ["analyze", Sample.failing("version")],
      ["show", Sample.failing("version"), "--connection", "1"],
      ["explain", "tls.version"],
    ]
    for command in commands {
      for format in ["text", "markdown"] {
        let run = try Program.run(command + ["--format", format], environment: ["LC_ALL": "C"])
        #expect(!run.output.isEmpty)
        #expect(run.output.utf8.allSatisfy { $0 < 0x80 }, "\(command) as \(format)")
      }
    }
  }

  // MARK: Files and pipes

  @Test func standardInputIsRead() throws {
    let capture = try Sample.bytes(Sample.failing("version"))
    let piped = try Program.run(["analyze", "-", "--format", "json"], input: capture)
    let named = try Program.run(["analyze", Sample.failing("version"), "--format", "json"])
    #expect(piped.status == 1)
    #expect(piped.output == named.output)
  }

  @Test func compressedCapturesAreRead() throws {
    let plain = try Program.run(["analyze", Sample.failing("version"), "--format", "json"])
    let piped = try Program.shell("gzip -c \(Sample.failing("version")) | tlswhy analyze - --format json")
    #expect(piped.status == 1)
    #expect(piped.output == plain.output)
  }

  @Test func anOutputFileHoldsTheReport() throws {
    let folder = try TemporaryFolder()
    for format in ["text", "json", "html", "markdown"] {
      let file = folder.url.appendingPathComponent(format)
      let run = try Program.run(Self.comparison + ["--format", format, "--output", file.path])
      #expect(run.status == 1)
      #expect(run.output.isEmpty)
      let expected = try Program.run(Self.comparison + ["--format", format]).output
      #expect(try String(contentsOf: file, encoding: .utf8) == expected)
    }
  }

  @Test(arguments: [
    "explain --all", "analyze --verbose --all samples/*/*.pcap", "diff --format html samples/version/*.pcap",
  ])
  func aReaderThatLeavesEarlyIsNoError(_ command: String) throws {
    let run = try Program.shell("tlswhy \(command) | head -1")
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors.isEmpty)
  }

  @Test func aFullDiskIsSaidInOneLine() throws {
    let run = try Program.shell("tlswhy explain --all > /dev/full")
    #expect(run.status == 3)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("output cannot be written"))
  }

  @Test func everyFilterNarrowsWhatIsRead() throws {
    let all = try Program.run(["analyze", Sample.working("founding-refused"), "--all", "--format", "json"])
    let some = try Program.run(
      ["analyze", Sample.working("founding-refused"), "--all", "--format", "json", "--filter", "ip6"])
    #expect(try some.objects().count < all.objects().count)
    for object in try some.objects() {
      let server = try #require(object["server"] as? [String: Any])
      #expect((server["address"] as? String)?.contains(":") == true)
    }
  }

  @Test func aRunIsRepeatable() throws {
    for format in ["text", "json", "html", "markdown"] {
      let command = ["analyze", "--format", format] + Sample.names.map(Sample.failing)
      #expect(try Program.run(command).output == Program.run(command).output)
    }
  }
}
