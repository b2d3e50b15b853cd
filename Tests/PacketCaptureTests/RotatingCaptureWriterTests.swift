import Glibc
import NetworkValues
import PacketCapture
import Testing

@Suite struct RotatingCaptureWriterTests {
  /// Writes `count` frames of 100 bytes, a second apart, and returns the paths of the files that are there afterwards.
  private func write(_ count: Int, _ rotation: CaptureRotation, to path: String) throws -> [String] {
    var writer = try RotatingCaptureWriter(
      path: path, interfaces: [CaptureInterface(name: "eth0", linkType: .ethernet)], rotation: rotation,
      comments: ["a series"])
    try writer.write(secrets: Array("CLIENT_RANDOM 0 1\n".utf8))
    let bytes = [UInt8](repeating: 7, count: 100)
    for index in 0..<count {
      let span = bytes.span
      try writer.write(
        Frame(
          number: index + 1, timestamp: Timestamp(nanoseconds: Int64(index) * 1_000_000_000), linkType: .ethernet,
          originalLength: 100, bytes: unsafe span.bytes))
    }
    try writer.finish()
    #expect(writer.framesWritten == count)
    #expect(writer.currentPath == RotatingCaptureWriter.path(path, number: writer.fileCount))
    let candidates = (1...writer.fileCount).map { RotatingCaptureWriter.path(path, number: $0) }
    return candidates.filter { unsafe access($0, F_OK) == 0 }
  }

  private func remove(_ paths: [String]) {
    for path in paths { unsafe unlink(path) }
  }

  @Test func aNewFileBeginsWhenOneIsFull() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    let paths = try write(30, CaptureRotation(size: 1500), to: file.path)
    defer { remove(paths) }
    #expect(paths.count > 2)
    #expect(paths.allSatisfy { contents(ofFile: $0).count < 1500 + 132 })
    #expect(paths.map { readAll($0).frames.count }.reduce(0, +) == 30)
  }

  @Test func aNewFileBeginsAfterItsTime() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    let paths = try write(10, CaptureRotation(time: .seconds(4)), to: file.path)
    defer { remove(paths) }
    #expect(paths.map { readAll($0).frames.count } == [4, 4, 2])
  }

  @Test func onlyTheNewestFilesAreKept() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    let paths = try write(10, CaptureRotation(time: .seconds(2), keep: 2), to: file.path)
    defer { remove(paths) }
    #expect(paths == [4, 5].map { RotatingCaptureWriter.path(file.path, number: $0) })
  }

  @Test func everyFileStandsAlone() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    let paths = try write(3, CaptureRotation(time: .seconds(1)), to: file.path)
    defer { remove(paths) }
    #expect(paths.count == 3)
    for (index, path) in paths.enumerated() {
      var source = try PacketSource(path: path)
      while try source.next() != nil {}
      let place = index == 0 ? [] : ["frame 1 of this file is frame \(index + 1) of the capture"]
      #expect(source.comments == ["a series"] + place)
      #expect(source.interfaces.map(\.name) == ["eth0"])
      #expect(source.takeSecrets().count == 1)
    }
  }

  @Test(arguments: [
    ("a/b.pcapng", 1, "a/b-00001.pcapng"), ("a.b/c", 2, "a.b/c-00002"), (".hidden", 3, ".hidden-00003"),
    ("x.pcapng", 123_456, "x-123456.pcapng"),
  ])
  func theNumberStandsBeforeTheExtension(path: String, number: Int, expected: String) {
    #expect(RotatingCaptureWriter.path(path, number: number) == expected)
  }

  @Test func aDirectoryThatDoesNotExistIsAnErrorAtOnce() {
    #expect(throws: CaptureError.self) {
      _ = try RotatingCaptureWriter(path: "/nonexistent/x", interfaces: [], rotation: CaptureRotation())
    }
  }
}
