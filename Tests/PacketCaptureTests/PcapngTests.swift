import Bytes
import NetworkValues
import PacketCapture
import Testing

@Suite struct PcapngTests {
  @Test(arguments: [false, true])
  func enhancedPacketsAreReadInEitherByteOrder(isBigEndian: Bool) {
    var capture = CaptureBytes(isBigEndian: isBigEndian)
    capture.section()
    capture.interface()
    capture.enhancedPacket(time: 1_700_000_000_123_456, originalLength: 99, [1, 2, 3])
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(
      frames == [
        KeptFrame(number: 1, nanoseconds: 1_700_000_000_123_456_000, originalLength: 99, bytes: [1, 2, 3])
      ])
  }

  @Test(arguments: [
    (resolution: UInt8(0), units: UInt64(5), nanoseconds: Int64(5_000_000_000)),
    (3, 5, 5_000_000),
    (9, 123_456_789, 123_456_789),
    (12, 123_456_789, 123_456),
    (40, .max, 0),
    (0x80 | 10, 1536, 1_500_000_000),
    (0x80 | 32, 0x1_8000_0000, 1_500_000_000),
    (0x80 | 127, .max, 0),
    (0, .max, .max),
    (0x80, .max, .max),
  ])
  func everyTimestampResolutionIsUnderstood(resolution: UInt8, units: UInt64, nanoseconds: Int64) {
    var capture = CaptureBytes()
    capture.section()
    capture.interface { $0.option(9, [resolution]) }
    capture.enhancedPacket(time: units, [1])
    #expect(readAll(capture.bytes).frames.first?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    (offset: Int64(100), nanoseconds: Int64(107_000_000_000)), (-7, 0), (.max, .max), (.min, .min),
  ])
  func theTimestampOffsetIsAddedWithoutOverflow(offset: Int64, nanoseconds: Int64) {
    var capture = CaptureBytes()
    capture.section()
    capture.interface { block in
      block.put(UInt16(14))
      block.put(UInt16(8))
      block.put(offset)
    }
    capture.enhancedPacket(time: 7_000_000, [1])
    #expect(readAll(capture.bytes).frames.first?.nanoseconds == nanoseconds)
  }

  @Test func sectionsOfEitherByteOrderFollowEachOtherAndCountTheirOwnInterfaces() throws {
    var first = CaptureBytes()
    first.section()
    first.interface(linkType: 1) { $0.option(2, "eth0") }
    first.interface(linkType: 113) { $0.option(2, "any") }
    first.enhancedPacket(interface: 1, [1])
    var second = CaptureBytes(isBigEndian: true)
    second.section()
    second.interface(linkType: 101, snapLength: 96) { block in
      block.option(2, "tun0")
      block.option(3, "a tunnel")
      block.option(11, "\0tcp")
    }
    second.enhancedPacket(interface: 0, [2])
    let file = TemporaryFile(first.bytes + second.bytes)
    var source = try PacketSource(path: file.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.map(\.interface) == [1, 2])
    #expect(frames.map(\.linkType) == [.linuxCooked, .raw])
    #expect(source.interfaces.map(\.name) == ["eth0", "any", "tun0"])
    #expect(
      source.interfaces.last
        == CaptureInterface(
          name: "tun0", description: "a tunnel", linkType: .raw, snapLength: 96, filter: "tcp"))
  }

  @Test func simplePacketsTakeTheirLengthFromTheSnapLength() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface(snapLength: 4)
    capture.block(3) { block in
      block.put(UInt32(1500))
      block.bytes += [1, 2, 3, 4]
    }
    capture.block(3) { block in
      block.put(UInt32(2))
      block.bytes += [5, 6]
    }
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[1, 2, 3, 4], [5, 6]])
    #expect(frames.map(\.originalLength) == [1500, 2])
  }

  @Test func obsoletePacketBlocksAreFrames() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    capture.block(2) { block in
      block.put(UInt16(0))
      block.put(UInt16(3))
      block.put(UInt32(0))
      block.put(UInt32(42))
      block.put(UInt32(2))
      block.put(UInt32(60))
      block.bytes += [1, 2]
    }
    #expect(
      readAll(capture.bytes).frames == [KeptFrame(number: 1, nanoseconds: 42_000, originalLength: 60, bytes: [1, 2])])
  }

  @Test func commentsSecretsNamesAndStatisticsAreKept() throws {
    var capture = CaptureBytes()
    capture.section { block in
      block.option(1, "about the capture")
      block.option(4, "dumpcap")
    }
    capture.interface { $0.option(1, "about the interface") }
    capture.block(10) { block in
      block.put(UInt32(0x544c_534b))
      block.put(UInt32(5))
      block.bytes += Array("TLS 1".utf8)
    }
    capture.block(10) { block in
      block.put(UInt32(0x5747_4b4c))
      block.put(UInt32(3))
      block.bytes += [1, 2, 3]
    }
    capture.block(4) { block in
      block.option(1, [192, 0, 2, 1] + Array("a.example\0b.example\0".utf8))
      block.option(2, [UInt8](repeating: 0, count: 15) + [1] + Array("localhost\0".utf8))
      block.put(UInt32(0))
    }
    capture.enhancedPacket([1, 2, 3]) { block in
      block.option(2, [0, 0, 0, 0])
      block.option(1, "first")
      block.option(1, "second")
      block.put(UInt32(0))
    }
    capture.enhancedPacket([4])
    capture.block(5) { block in
      block.put(UInt32(0))
      block.put(UInt64(0))
      block.put(UInt16(4))
      block.put(UInt16(8))
      block.put(UInt64(20))
      block.put(UInt16(5))
      block.put(UInt16(8))
      block.put(UInt64(2))
      block.put(UInt16(7))
      block.put(UInt16(8))
      block.put(UInt64(1))
    }
    let file = TemporaryFile(capture.bytes)
    var source = try PacketSource(path: file.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(source.frameComments == [FrameComment(frame: 1, text: "first"), FrameComment(frame: 1, text: "second")])
    #expect(source.comments == ["about the capture", "about the interface"])
    #expect(source.application == "dumpcap")
    #expect(source.takeSecrets() == [Array("TLS 1".utf8)])
    #expect(
      source.resolvedNames == [
        ResolvedName(address: [192, 0, 2, 1], names: ["a.example", "b.example"]),
        ResolvedName(address: [UInt8](repeating: 0, count: 15) + [1], names: ["localhost"]),
      ])
    #expect(source.interfaces.first?.received == 20)
    #expect(source.interfaces.first?.dropped == 3)
  }

  @Test func unknownBlocksAreSkipped() {
    var capture = CaptureBytes()
    capture.section()
    capture.block(0x8000_0001) { $0.bytes += [UInt8](repeating: 7, count: 4000) }
    capture.interface()
    capture.block(0xbad) { $0.put(UInt32(1)) }
    capture.enhancedPacket([1])
    let (frames, error) = readAll(capture.bytes)
    #expect(error == nil)
    #expect(frames.count == 1)
  }

  @Test func aSectionHeaderAloneIsACapture() {
    var capture = CaptureBytes()
    capture.section()
    let (frames, error) = readAll(capture.bytes)
    #expect(frames.isEmpty)
    #expect(error == nil)
  }

  @Test(arguments: [false, true])
  func framesBehindADamagedBlockAreRead(isBigEndian: Bool) throws {
    var capture = CaptureBytes(isBigEndian: isBigEndian)
    capture.section()
    capture.interface()
    capture.enhancedPacket([1, 2, 3, 4])
    let start = capture.bytes.count
    capture.enhancedPacket([5, 6, 7, 8])
    let end = capture.bytes.count
    capture.enhancedPacket([9, 10, 11, 12])
    for (place, value) in [(start + 4, UInt8(0x7f)), (start + 5, 1), (start + 7, 0x40), (end - 2, 3), (end - 4, 9)] {
      var damaged = capture.bytes
      damaged[place] ^= value
      let (frames, error) = readAll(damaged)
      #expect(frames.map(\.bytes) == [[1, 2, 3, 4], [9, 10, 11, 12]])
      #expect(frames.map(\.number) == [1, 2])
      guard case .skipped(_, places: 1, let count) = error?.kind else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(count == end - start)
      #expect(error?.offset == start)
      #expect(error?.description.contains("one place of \(count) bytes was skipped") == true)
    }
  }

  @Test func aBlockThatContradictsItselfIsSkippedWhole() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    capture.enhancedPacket(interface: 7, [1])
    capture.enhancedPacket([2])
    capture.block(1) { _ in }
    capture.enhancedPacket([3])
    let (frames, error) = readAll(capture.bytes)
    #expect(frames.map(\.bytes) == [[2], [3]])
    guard case .skipped(let what, places: 2, _) = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.contains("names interface 7"))
  }

  @Test func aFileOfFalseBlockBeginningsIsReadInPassing() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    for _ in 0..<100_000 { capture.bytes += [6, 0, 0, 0, 0xfc, 0xff, 0x0f, 0] }
    let (frames, error) = readAll(capture.bytes)
    #expect(frames.isEmpty)
    #expect(error != nil)
  }

  @Test func damageIsReportedWithFrameAndOffset() {
    var start = CaptureBytes()
    start.section()
    start.interface()
    start.enhancedPacket([1])
    let offset = start.bytes.count

    func damage(_ make: (inout CaptureBytes) -> Void) -> String {
      var capture = start
      make(&capture)
      let (frames, error) = readAll(capture.bytes)
      #expect(frames.count == 1)
      #expect(error?.frame == 2)
      #expect(error?.offset == offset)
      guard case .damaged(let what) = error?.kind else { return "\(String(describing: error))" }
      return what
    }

    #expect(damage { $0.enhancedPacket(interface: 1, [1]) }.contains("names interface 1"))
    #expect(
      damage { capture in
        capture.put(UInt32(6))
        capture.put(UInt32(0x4000_0000))
        capture.put(UInt32(0))
      }.contains("impossible length of 1073741824"))
    #expect(
      damage { capture in
        capture.put(UInt32(6))
        capture.put(UInt32(8))
        capture.put(UInt32(0))
      }.contains("impossible length of 8"))
    #expect(
      damage { capture in
        capture.put(UInt32(99))
        capture.put(UInt32(12))
        capture.put(UInt32(16))
      }.contains("says 12 bytes at its start but 16 at its end"))
    #expect(
      damage { capture in
        capture.put(UInt32(0x0a0d_0d0a))
        capture.put(UInt32(28))
        capture.put(UInt32(0))
      }.contains("byte-order magic"))
    #expect(damage { $0.block(3) { _ in } }.contains("simple packet block of 12"))
    #expect(damage { $0.block(1) { _ in } }.contains("interface description of 12"))
    for type: UInt32 in [2, 6] {
      #expect(
        damage { capture in
          capture.block(type) { block in
            block.put(UInt32(0))
            block.put(UInt64(0))
            block.put(UInt32(500))
            block.put(UInt32(500))
          }
        }.contains("claims 500 captured bytes in a block of 32"))
    }
  }

  @Test func aTruncatedBlockIsTruncation() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    capture.enhancedPacket([1])
    capture.enhancedPacket([2])
    let (frames, error) = readAll(capture.bytes.dropLast(2))
    #expect(frames.count == 1)
    #expect(error?.kind == .truncated)
    #expect(error?.frame == 2)
  }

  @Test func namesAndCommentsKeepToTheirShareAndTheRestIsCounted() throws {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    for _ in 0..<100 {
      capture.block(4) { block in
        block.put(UInt16(1))
        block.put(UInt16(1005))
        block.bytes += [192, 0, 2, 1] + [UInt8](repeating: 97, count: 1000) + [0, 0, 0, 0]
        block.put(UInt32(0))
      }
    }
    capture.enhancedPacket(time: 1, [1, 2, 3])
    let file = TemporaryFile(capture.bytes)
    let memory = MemoryBudget(bytes: MemoryBudget.minimum).divided(by: 16)
    var source = try PacketSource(path: file.path, filter: nil, live: nil, memory: memory)
    while try source.next() != nil {}
    #expect(source.resolvedNames.count == memory.limit(of: .captureText) / 1048)
    #expect(source.droppedTextBytes == UInt64((100 - source.resolvedNames.count) * 1048))
  }
}
