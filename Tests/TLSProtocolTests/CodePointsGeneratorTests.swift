import Foundation
import Testing

/// The generated tables are committed; this is what keeps them from drifting away from the registries.
@Suite struct CodePointsGeneratorTests {
  private static var python: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    return path.split(separator: ":").map { "\($0)/python3" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static var root: URL {
    URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  @Test(.enabled(if: python != nil, "python3 is not installed"))
  func theTablesAreWhatTheGeneratorWrites() throws {
    let python = try #require(Self.python)
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [Self.root.appending(path: "scripts/generate-code-points").path, "--check"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
