import Foundation
import Testing

/// Names in packets are their sender's choice: they reach no terminal, page, document or shell as they are.
@Suite struct HostileNameTests {
  /// Each takes the place of `service.test` in the ClientHello, cut or filled up to its length.
  static let names: [String: [UInt8]] = [
    "escape sequence": Array("\u{1b}]0;owned\u{7}x".utf8),
    "line breaks": Array("a\r\nb\nfailed!".utf8),
    "bidirectional override": Array("a\u{202e}moc.evil".utf8),
    "markup": Array("<script>x();".utf8),
    "quotes": Array("\"><b a='b'>x".utf8),
    "shell": Array("$(id)`id`;id".utf8),
    "single quote": Array("a';id;echo '".utf8),
    "no UTF-8": [0xff, 0xfe, 0xc0, 0x80, 0x9b, 0x41, 0xed, 0xa0, 0x80],
    "zero bytes": [],
    "C1 controls": Array("\u{9b}2J\u{85}\u{90}".utf8),
    "backslashes": Array("\\u{1b}\\x1b\\".utf8),
  ].mapValues { ($0 + Array(repeating: 0, count: 12)).prefix(12).map(\.self) }

  private func capture(_ kind: String) throws -> Data {
    let name = try #require(Self.names[kind])
    try #require(name.count == "service.test".utf8.count)
    let capture = try Sample.renamed(Sample.failing("version"), "service.test", to: name)
    #expect(try capture != Sample.bytes(Sample.failing("version")))
    return capture
  }

  private func runs(_ kind: String, format: String) throws -> [Run] {
    let folder = try TemporaryFolder()
    let path = try folder.add("capture.pcap", capture(kind)).path
    return try [
      ["analyze", path], ["analyze", path, "--verbose"], ["show", path], ["diff", Sample.working("version"), path],
    ].map { try Program.run($0 + ["--format", format]) }
  }

  @Test(arguments: names.keys.sorted(), ["text", "json", "html", "markdown"])
  func noControlCharacterIsWritten(_ kind: String, _ format: String) throws {
    for run in try runs(kind, format: format) {
      #expect(run.status == 1)
      let hostile = (run.output + run.errors).unicodeScalars.filter { scalar in
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      }
      #expect(hostile.isEmpty, "\(hostile.map { String($0.value, radix: 16) })")
    }
  }

  @Test(arguments: names.keys.sorted())
  func everyJSONStaysJSON(_ kind: String) throws {
    for run in try runs(kind, format: "json") { #expect(try run.objects().count == 1) }
  }

  @Test(arguments: ["markup", "quotes"])
  func noMarkupReachesAPage(_ kind: String) throws {
    for run in try runs(kind, format: "html") {
      #expect(!run.output.contains("<script"))
      #expect(!run.output.contains("<b a="))
    }
    for run in try runs(kind, format: "markdown") {
      // In code nothing is markup: fenced blocks first, spans after them.
      let prose = run.output.replacing(/(?ms)^ *(```+).*?^ *\1 *$/, with: "").replacing(/`[^`\n]*`/, with: "")
      #expect(!prose.contains("<script>x"))
      #expect(!prose.contains("<b a="))
    }
  }

  @Test(arguments: ["shell", "single quote"])
  func commandsToPasteRunNothingElse(_ kind: String) throws {
    for run in try runs(kind, format: "json") {
      for command in try run.commandsToPaste() {
        // The shell itself says how it reads the command: `id` must be no word of its own, and nothing is substituted.
        let folder = try TemporaryFolder()
        let script = try folder.add("command.sh", Data(command.utf8))
        let syntax = try Program.shell("/bin/bash -n '\(script.path)'")
        #expect(syntax.errors.isEmpty, "\(command)")
        let words = try Program.shell(
          "id() { echo SUBSTITUTED; }; curl() { :; }; openssl() { :; }; PATH=/nowhere; . '\(script.path)' 2>&1")
        #expect(!words.output.contains("SUBSTITUTED"), "\(command)")
      }
    }
  }
}
