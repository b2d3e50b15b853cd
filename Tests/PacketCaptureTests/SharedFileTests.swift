import Glibc
import NetworkValues
import PacketCapture
import Testing

/// What several read together each of them reads as if he were alone.
@Suite struct SharedFileTests {
  /// Several times as much as is held for those who come later, in frames of which some are longer than a block.
  private static let capture: [UInt8] = {
    var capture = CaptureBytes()
    capture.pcapHeader(snapLength: 262_144)
    var random = SeededGenerator(state: 7)
    for number in 0..<3000 {
      let length =
        number % 500 == 499
        ? Int.random(in: 200_000...262_144, using: &random) : Int.random(in: 0...3000, using: &random)
      capture.pcapRecord(seconds: UInt32(number), [UInt8](repeating: UInt8(number & 0xff), count: length))
    }
    return capture.bytes
  }()

  private static func frames(
    of source: inout PacketSource, _ count: Int, into frames: inout [KeptFrame]
  ) throws(CaptureError) {
    for _ in 0..<count {
      guard let frame = try source.next() else { return }
      frames.append(KeptFrame(frame))
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func whoeverIsAheadOfWhom(seed: UInt64) throws {
    let file = TemporaryFile(Self.capture)
    let alone = readAll(file.path)
    let shared = try #require(try SharedFile(path: file.path, readers: 3))
    var first = try PacketSource(shared, reader: 0, filter: nil)
    var second = try PacketSource(shared, reader: 1, filter: nil)
    var third = try PacketSource(shared, reader: 2, filter: nil)
    var frames: [[KeptFrame]] = [[], [], []]
    var random = SeededGenerator(state: seed)
    while !frames.allSatisfy({ $0.count == alone.frames.count }) {
      // Now a few frames, now many more than are held.
      let count = Int.random(in: 1...1 << Int.random(in: 1...11, using: &random), using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: try Self.frames(of: &first, count, into: &frames[0])
      case 1: try Self.frames(of: &second, count, into: &frames[1])
      default: try Self.frames(of: &third, count, into: &frames[2])
      }
    }
    #expect(alone.error == nil && alone.frames.count == 3000)
    for read in frames { #expect(read == alone.frames) }
    #expect(first.bytesRead == Self.capture.count && first.fileSize == Self.capture.count)
  }

  @Test func inThreadsOfTheirOwn() async throws {
    let file = TemporaryFile(Self.capture)
    let alone = readAll(file.path)
    for _ in 0..<5 {
      let shared = try #require(try SharedFile(path: file.path, readers: 4))
      await withTaskGroup(of: [KeptFrame].self) { group in
        for reader in 0..<4 { group.addTask { readAll(shared, reader: reader, lending: 100).frames } }
        for await frames in group { #expect(frames == alone.frames) }
      }
    }
  }

  @Test func whoLeavesKeepsNobodyBack() throws {
    let file = TemporaryFile(Self.capture)
    let shared = try #require(try SharedFile(path: file.path, readers: 2))
    do {
      var leaving = try PacketSource(shared, reader: 1, filter: nil)
      var frames: [KeptFrame] = []
      try Self.frames(of: &leaving, 10, into: &frames)
    }
    #expect(readAll(shared, reader: 0, lending: nil).frames == readAll(file.path).frames)
  }

  @Test func whoIsOneTooManyReadsForHimself() throws {
    let file = TemporaryFile(Self.capture)
    let shared = try #require(try SharedFile(path: file.path, readers: 1))
    for reader in [1, -1, 0] {
      #expect(readAll(shared, reader: reader, lending: 7).frames == readAll(file.path).frames)
    }
  }

  @Test func whatIsAppendedIsLeftAlone() throws {
    let file = TemporaryFile(Self.capture)
    let shared = try #require(try SharedFile(path: file.path, readers: 2))
    var longer = CaptureBytes()
    longer.pcapRecord([1, 2, 3])
    file.add(longer.bytes)
    for reader in 0..<2 { #expect(readAll(shared, reader: reader, lending: nil).frames.count == 3000) }
    #expect(readAll(file.path).frames.count == 3001)
  }

  @Test func aFileThatIsCutWhileItIsReadEndsEarlyForAll() throws {
    let file = TemporaryFile(Self.capture)
    let shared = try #require(try SharedFile(path: file.path, readers: 2))
    #expect(unsafe truncate(file.path, Self.capture.count / 2) == 0)
    for reader in 0..<2 {
      let read = readAll(shared, reader: reader, lending: reader == 0 ? nil : .max)
      #expect(read.frames == readAll(file.path).frames)
      #expect(read.error?.kind == .truncated)
    }
  }

  @Test func aFileThatTurnsOutToBeCompressedIsRefused() throws {
    let file = TemporaryFile([0x1f, 0x8b, 8, 0])
    let shared = try #require(try SharedFile(path: file.path, readers: 2))
    #expect(readAll(shared, reader: 0, lending: nil).error?.kind == .unreadable("it was replaced while it was opened"))
  }

  @Test func onlyFilesAreShared() throws {
    #expect(try SharedFile(path: "/dev/null", readers: 2) == nil)
    #expect(throws: CaptureError.self) { try SharedFile(path: "/nonexistent/a.pcap", readers: 2) }
  }
}
