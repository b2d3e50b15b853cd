import Foundation
import Testing

/// Output kept under Tests/Fixtures/Reporting. `RECORD=1 swift test` rewrites it: read the difference before committing.
enum GoldenFile {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/Reporting").standardized

  static func expect(_ output: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(output.utf8).write(to: url)
    }
    let expected = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    #expect(output == expected, "differs from \(name)", sourceLocation: sourceLocation)
  }
}
