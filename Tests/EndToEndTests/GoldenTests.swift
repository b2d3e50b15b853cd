import Foundation
import Testing

/// Commands whose whole output is kept in Tests/Fixtures/EndToEnd/<case>/expected.<format>. `RECORD=1 swift test` rewrites what is kept:
/// read the difference before committing it.
@Suite struct GoldenTests {
  static let folder = Program.root.appendingPathComponent("Tests/Fixtures/EndToEnd")

  /// What stands in a case's arguments.txt: the arguments, one a line; a first line `exit N` says how the run ends.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var status: Int32
    var arguments: [String]
    var testDescription: String { name }

    init(name: String) throws {
      self.name = name
      let text = try String(
        contentsOf: GoldenTests.folder.appendingPathComponent(name).appendingPathComponent("arguments.txt"),
        encoding: .utf8)
      var lines = text.split(separator: "\n").map(String.init)
      status = lines.first.flatMap { $0.hasPrefix("exit ") ? Int32($0.dropFirst(5)) : nil } ?? -1
      lines.removeFirst()
      arguments = lines
    }

    static var all: [Case] {
      get throws {
        try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path).sorted().map { try Case(name: $0) }
      }
    }
  }

  private static let formats = ["txt": "text", "json": "json", "html": "html", "md": "markdown"]

  @Test(arguments: try Case.all)
  func theOutputIsWhatItWas(_ command: Case) throws {
    let folder = Self.folder.appendingPathComponent(command.name)
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("expected.") }
    #expect(!kept.isEmpty, "\(command.name) expects nothing: add an empty expected.txt and record it")
    for name in kept {
      let format = try #require(
        Self.formats[String(name.dropFirst("expected.".count))], "\(name) is of no known format")
      let run = try Program.run(command.arguments + ["--format", format])
      #expect(run.status == command.status, "\(command.name): exit code")
      #expect(run.errors.isEmpty)
      let file = folder.appendingPathComponent(name)
      if ProcessInfo.processInfo.environment["RECORD"] == "1" { try Data(run.output.utf8).write(to: file) }
      let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(run.output == expected, "\(command.name) differs from \(name)")
    }
  }

  @Test func everySampleHasAGoldenComparison() throws {
    let compared = try Case.all.filter { $0.arguments.first == "diff" }.flatMap(\.arguments)
    for name in Sample.names { #expect(compared.contains(Sample.failing(name)), "\(name)") }
  }
}
