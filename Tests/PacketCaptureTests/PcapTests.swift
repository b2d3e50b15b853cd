import NetworkValues
import PacketCapture
import Testing

@Suite struct PcapTests {
  @Test(arguments: [false, true])
  func microsecondFilesAreReadInEitherByteOrder(isBigEndian: Bool) {
    var capture = CaptureBytes(isBigEndian: isBigEndian)
    capture.pcapHeader()
    capture.pcapRecord(seconds: 1_700_000_000, fraction: 123_456, [1, 2, 3])
    capture.pcapRecord(seconds: .max, fraction: 999_999, originalLength: 1500, [4])
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(
      frames == [
        KeptFrame(number: 1, nanoseconds: 1_700_000_000_123_456_000, originalLength: 3, bytes: [1, 2, 3]),
        KeptFrame(number: 2, nanoseconds: 4_294_967_295_999_999_000, originalLength: 1500, bytes: [4]),
      ])
  }

  @Test(arguments: [false, true])
  func nanosecondFilesKeepTheirNanoseconds(isBigEndian: Bool) {
    var capture = CaptureBytes(isBigEndian: isBigEndian)
    capture.pcapHeader(magic: 0xa1b2_3c4d)
    capture.pcapRecord(seconds: 5, fraction: 123_456_789, [9])
    #expect(readAll(capture.bytes).frames.first?.nanoseconds == 5_123_456_789)
  }

  @Test func kuznetzovsRecordsCarryEightMoreBytes() {
    var capture = CaptureBytes()
    capture.pcapHeader(magic: 0xa1b2_cd34)
    capture.pcapRecord(seconds: 1, extra: [1, 0, 0, 0, 8, 0, 4, 0], [7, 7])
    capture.pcapRecord(seconds: 2, extra: [1, 0, 0, 0, 8, 0, 4, 0], [8])
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[7, 7], [8]])
  }

  @Test func theFrameCheckSequenceBitsAreNotPartOfTheLinkType() throws {
    var capture = CaptureBytes()
    capture.pcapHeader(linkType: 0x2400_0000 | 113)
    capture.pcapRecord([1])
    let file = TemporaryFile(capture.bytes)
    let source = try PacketSource(path: file.path)
    #expect(source.interfaces == [CaptureInterface(linkType: .linuxCooked, snapLength: 65_535)])
    #expect(readAll(file.path).frames.first?.linkType == .linuxCooked)
  }

  @Test func aHeaderWithoutFramesIsACapture() {
    var capture = CaptureBytes()
    capture.pcapHeader()
    let (frames, error) = readAll(capture.bytes)
    #expect(frames.isEmpty)
    #expect(error == nil)
  }

  @Test func anEmptyFrameIsAFrame() {
    var capture = CaptureBytes()
    capture.pcapHeader()
    capture.pcapRecord([])
    #expect(readAll(capture.bytes).frames.count == 1)
  }

  @Test func framesLargerThanTheBufferAreReadWhole() {
    var capture = CaptureBytes()
    capture.pcapHeader(snapLength: 1_000_000)
    let large = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    capture.pcapRecord([1])
    capture.pcapRecord(large)
    capture.pcapRecord([2])
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[1], large, [2]])
  }

  @Test func manyFramesCrossTheBufferWithoutLoss() throws {
    var capture = CaptureBytes()
    capture.pcapHeader()
    for index in 0..<3000 { capture.pcapRecord([UInt8](repeating: UInt8(index & 0xff), count: index % 997)) }
    let file = TemporaryFile(capture.bytes)
    var source = try PacketSource(path: file.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.count == 3000)
    #expect(frames.enumerated().allSatisfy { $1.bytes == [UInt8](repeating: UInt8($0 & 0xff), count: $0 % 997) })
    #expect(source.framesRead == 3000)
    #expect(source.bytesRead == capture.bytes.count)
    #expect(source.fileSize == capture.bytes.count)
    #expect(try source.next() == nil)
  }

  @Test func aTruncatedFileGivesItsWholeFramesAndSaysWhereItEnds() throws {
    var capture = CaptureBytes()
    capture.pcapHeader()
    capture.pcapRecord([1, 2, 3])
    capture.pcapRecord([4, 5, 6])
    let file = TemporaryFile(capture.bytes.dropLast())
    let (frames, error) = readAll(file.path)
    #expect(frames.map(\.bytes) == [[1, 2, 3]])
    #expect(error == CaptureError(.truncated, path: file.path, frame: 2, offset: 43))
    #expect(
      error?.description
        == "\(file.path): ends in the middle of frame 2 (byte 43); every frame before it was read; the file was cut "
        + "short or is still being written")
  }

  @Test func anErrorIsThrownOnce() throws {
    var capture = CaptureBytes()
    capture.pcapHeader()
    capture.pcapRecord([1, 2, 3])
    let file = TemporaryFile(capture.bytes.dropLast())
    var source = try PacketSource(path: file.path)
    #expect(throws: CaptureError.self) { while try source.next() != nil {} }
    #expect(try source.next() == nil)
  }

  @Test func aFileCutInsideItsHeaderIsTruncated() {
    var capture = CaptureBytes()
    capture.pcapHeader()
    #expect(readAll(capture.bytes.dropLast(3)).error?.kind == .truncated)
  }

  @Test func anAbsurdLengthIsDamageWithItsPlace() {
    var capture = CaptureBytes()
    capture.pcapHeader()
    capture.pcapRecord([1, 2, 3])
    capture.put(UInt64(0))
    capture.put(UInt32(0x7fff_ffff))
    capture.put(UInt32(0))
    let (frames, error) = readAll(capture.bytes)
    #expect(frames.count == 1)
    #expect(error?.frame == 2)
    #expect(error?.offset == 43)
    #expect(error?.description.contains("claims 2147483647 captured bytes") == true)
  }
}
