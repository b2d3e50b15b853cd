import Testing

@testable import PacketCapture

/// What reading costs at most, counted in bytes that are moved about: no clock has a say in it.
@Suite struct EffortTests {
  /// Blocks that claim a megabyte and lie, each followed by a sound one of twelve bytes.
  private static let lies: [UInt8] = {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    var unit = CaptureBytes()
    unit.put(UInt32(0x9999_9999))
    unit.put(UInt32(1 << 20))
    unit.block(5) { _ in }
    var bytes = capture.bytes
    while bytes.count < 3 << 19 { bytes += unit.bytes }
    return bytes
  }()

  private func read(_ source: inout PacketSource) -> (moved: Int, places: Int) {
    do throws(CaptureError) {
      while try source.next() != nil {}
    } catch {
      guard case .skipped(_, let places, _) = error.kind else { return (source.buffer.moved, 0) }
      return (source.buffer.moved, places)
    }
    return (source.buffer.moved, 0)
  }

  @Test(arguments: ["cat", "gzip -c"])
  func damageAfterDamageMovesAFilesBytesAFewTimes(pack: String) throws {
    let file = TemporaryFile(Self.lies)
    let packed = TemporaryFile()
    #expect(shell("\(pack) < \(file.path) > \(packed.path)").status == 0)
    var source = try PacketSource(path: packed.path)
    let (moved, places) = read(&source)
    #expect(places > 10_000)
    #expect(moved <= 2 * Self.lies.count)
  }

  @Test func damageAfterDamageMovesLittleWhereSeveralRead() throws {
    let file = TemporaryFile(Self.lies)
    let shared = try #require(try SharedFile(path: file.path, readers: 2))
    var source = try PacketSource(shared, reader: 0, filter: nil)
    let (moved, places) = read(&source)
    #expect(places > 10_000)
    #expect(moved <= 4 * Self.lies.count)
  }

  // MARK: Decompressors

  private static let capture: [UInt8] = {
    var capture = CaptureBytes()
    capture.pcapHeader()
    for number in 1...3 { capture.pcapRecord(seconds: UInt32(number), [UInt8](repeating: UInt8(number), count: 60)) }
    return capture.bytes
  }()

  /// A frame of zstd (RFC 8878 §3.1.1) that wants a window of 256 MiB for a few bytes.
  private static let greedyZstd: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 18 << 3, 1 | 3 << 3, 0, 0, 1, 2, 3]

  /// What xz wrote, with a dictionary of 2 GiB in place of its own: the fifth byte of the block header, which ends with a
  /// checksum.
  private static func greedy(_ xz: [UInt8]) -> [UInt8] {
    var bytes = xz
    let header = 12..<12 + (Int(xz[12]) + 1) * 4
    bytes[16] = 38
    var sum = UInt32.max
    for byte in bytes[header.dropLast(4)] {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    sum = ~sum
    for place in 0..<4 { bytes[header.upperBound - 4 + place] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * place)) }
    return bytes
  }

  @Test(arguments: ["xz", "zstd"].filter(isInstalled))
  func whatWantsTooMuchMemoryToDecompressIsTold(program: String) {
    let file = TemporaryFile(Self.capture)
    let packed = TemporaryFile()
    #expect(shell("\(program) -c < \(file.path) > \(packed.path)").status == 0)
    let sound = packed.contents
    let greedy = program == "xz" ? Self.greedy(sound) : Self.greedyZstd

    let bare = TemporaryFile(greedy)
    let alone = readAll(bare.path)
    #expect(alone.frames.isEmpty)
    #expect(alone.error?.kind == .compressionNeedsMemory(program))
    #expect(alone.error?.description.contains("\(program) would need more than 128 MB of memory") == true)

    // What was decompressed before is read.
    let behind = TemporaryFile(sound + greedy)
    let (frames, error) = readAll(behind.path)
    #expect(frames.count == 3)
    #expect(error == CaptureError(.compressionNeedsMemory(program), path: behind.path, frame: 3))
    #expect(error?.description.contains("behind frame 3; every frame before that was read") == true)
  }
}
