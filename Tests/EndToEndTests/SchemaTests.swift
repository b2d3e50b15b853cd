import Foundation
import Testing

/// What the program writes as JSON fits the schemas in docs/schema, and they know each of its members.
@Suite struct SchemaTests {
  /// A Python that has jsonschema: that of `make test`, else the system's.
  private static let python: String? = {
    let own = Program.root.appendingPathComponent(".build/python/bin/python3").path
    return [own, "/usr/bin/python3", "/usr/local/bin/python3", "python3"].first { hasValidator($0) }
  }()

  private static func hasValidator(_ python: String) -> Bool {
    (try? launch(python, ["-c", "import jsonschema, referencing"]).status) == 0
  }

  private static func launch(_ python: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    process.currentDirectoryURL = Program.root
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static func check(_ files: [String]) throws -> (status: Int32, output: String) {
    try launch(try #require(python), ["scripts/check-json"] + files)
  }

  @Test(.enabled(if: python != nil, "needs the Python package jsonschema, which `make test` installs"))
  func everyKeptOutputFitsItsSchema() throws {
    let kept = ["EndToEnd", "Reporting"].flatMap { folder in
      let place = Program.root.appendingPathComponent("Tests/Fixtures/\(folder)")
      let all = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)?.allObjects as? [URL]
      return (all ?? []).filter { $0.pathExtension == "json" }.map(\.path)
    }
    #expect(kept.count >= 9)
    let run = try Self.check(kept)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test(.enabled(if: python != nil, "needs the Python package jsonschema, which `make test` installs"))
  func whatEachCommandWritesFitsItsSchema() throws {
    let folder = try TemporaryFolder()
    let pairs = "Tests/Fixtures/pairs/"
    let commands: [[String]] = [
      ["analyze", "--all", "--summary", "Tests/Fixtures/features", "samples"],
      ["show", pairs + "proxy-protocol-missing/failing.pcap"],
      ["diff", pairs + "dns-nxdomain/working.pcap", pairs + "dns-nxdomain/failing.pcap"],
      ["explain", "cert.untrusted"], ["explain", "40"], ["interfaces"],
    ]
    for (index, command) in commands.enumerated() {
      let run = try Program.run(command + ["--format", "json"])
      #expect(run.output.contains("\"schema\":\"tlswhy."), "\(command): \(run.errors)")
      let file = try folder.add("\(index).json", Data(run.output.utf8))
      let checked = try Self.check([file.path])
      #expect(checked.status == 0, "\(command): \(checked.output)")
    }
  }

  @Test(.enabled(if: python != nil, "needs the Python package jsonschema, which `make test` installs"))
  func aMemberThatNoSchemaKnowsIsAFault() throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(["explain", "40", "--format", "json"])
    let text = run.output.replacingOccurrences(of: "{\"schema\"", with: "{\"novelty\":1,\"schema\"")
    let file = try folder.add("novelty.json", Data(text.utf8))
    let checked = try Self.check([file.path])
    #expect(checked.status == 1 && checked.output.contains("novelty"), "\(checked.output)")
  }
}
