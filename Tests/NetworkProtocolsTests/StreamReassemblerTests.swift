import NetworkProtocols
import NetworkValues
import Testing

/// A reassembler that remembers what it delivered.
struct Stream {
  var reassembler: StreamReassembler
  var bytes: [UInt8] = []
  var gaps: [Int] = []

  init(start: UInt32? = 1000, bufferLimit: Int = 1 << 20) {
    reassembler = StreamReassembler(bufferLimit: bufferLimit)
    if let start { reassembler.start(at: SequenceNumber(rawValue: start)) }
  }

  @discardableResult
  mutating func accept(_ payload: [UInt8], at number: UInt32, length: Int? = nil) -> StreamReassembler.Disposition {
    let span = payload.span
    return unsafe reassembler.accept(
      span.bytes, at: SequenceNumber(rawValue: number), payloadLength: length ?? payload.count
    ) { bytes += unsafe $0.withUnsafeBytes { unsafe [UInt8]($0) } }
  }

  mutating func acknowledge(_ number: UInt32) {
    reassembler.acknowledge(upTo: SequenceNumber(rawValue: number)) {
      gaps.append($0)
    } deliver: {
      bytes += unsafe $0.withUnsafeBytes { unsafe [UInt8]($0) }
    }
  }
}

@Suite struct StreamReassemblerTests {
  @Test func bytesInOrderPassStraightThrough() {
    var stream = Stream()
    #expect(stream.accept([1, 2], at: 1000) == .delivered)
    #expect(stream.accept([3], at: 1002) == .delivered)
    #expect(stream.bytes == [1, 2, 3])
    #expect(stream.reassembler.nextSequenceNumber?.rawValue == 1003)
    #expect(stream.reassembler.bufferedBytes == 0)
    #expect(stream.reassembler.reservedBytes == 0)
  }

  @Test func earlyBytesWaitForTheirTurn() {
    var stream = Stream()
    #expect(stream.accept([5, 6], at: 1004) == .early)
    #expect(stream.accept([3], at: 1002) == .early)
    #expect(stream.bytes == [])
    #expect(stream.reassembler.bufferedBytes == 3)
    #expect(stream.reassembler.holeBytes == 2)
    #expect(stream.accept([1, 2], at: 1000) == .delivered)
    #expect(stream.bytes == [1, 2, 3])
    #expect(stream.reassembler.holeBytes == 1)
    #expect(stream.accept([4], at: 1003) == .delivered)
    #expect(stream.bytes == [1, 2, 3, 4, 5, 6])
    #expect(stream.reassembler.bufferedBytes == 0)
    #expect(stream.reassembler.nextSequenceNumber?.rawValue == 1006)
  }

  @Test func repeatedBytesAreDropped() {
    var stream = Stream()
    stream.accept([1, 2, 3], at: 1000)
    #expect(stream.accept([1, 2, 3], at: 1000) == .repeated)
    #expect(stream.accept([2], at: 1001) == .repeated)
    stream.accept([9], at: 1008)
    #expect(stream.accept([9], at: 1008) == .repeated)
    #expect(stream.bytes == [1, 2, 3])
  }

  @Test func aKeepAliveProbeIsARepetition() {
    var stream = Stream()
    stream.accept([1, 2, 3], at: 1000)
    #expect(stream.accept([0], at: 1002) == .repeated)
    #expect(stream.accept([], at: 1002) == .delivered)
    #expect(stream.accept([4], at: 1003) == .delivered)
    #expect(stream.bytes == [1, 2, 3, 4])
  }

  @Test func whereSegmentsOverlapTheFirstBytesStay() {
    var stream = Stream()
    stream.accept([1, 2, 3], at: 1000)
    #expect(stream.accept([99, 99, 4, 5], at: 1001) == .delivered)
    #expect(stream.bytes == [1, 2, 3, 4, 5])
    // Early bytes came before the segment that reaches across them.
    stream.accept([7, 8], at: 1006)
    stream.accept([10], at: 1009)
    #expect(stream.accept([99, 9, 99, 11], at: 1007) == .early)
    #expect(stream.accept([6, 99, 99, 99, 99, 99, 12, 13], at: 1005) == .delivered)
    #expect(stream.bytes == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    #expect(stream.reassembler.bufferedBytes == 0)
  }

  @Test func numbersWrap() {
    var stream = Stream(start: 0xFFFF_FFFE)
    #expect(stream.accept([3, 4], at: 0) == .early)
    #expect(stream.accept([6], at: 3) == .early)
    #expect(stream.accept([1, 2], at: 0xFFFF_FFFE) == .delivered)
    #expect(stream.accept([4, 5], at: 1) == .delivered)
    #expect(stream.accept([2], at: 0xFFFF_FFFF) == .repeated)
    #expect(stream.bytes == [1, 2, 3, 4, 5, 6])
    #expect(stream.reassembler.nextSequenceNumber?.rawValue == 4)
  }

  @Test func aStreamMayRunThroughAllNumbersTwice() {
    var stream = Stream(start: 7)
    let block = [UInt8](repeating: 0, count: 1 << 20)
    var number: UInt32 = 7
    let span = block.span
    var delivered = 0
    for _ in 0..<9000 {
      let result = unsafe stream.reassembler.accept(
        span.bytes, at: SequenceNumber(rawValue: number), payloadLength: block.count
      ) { delivered += $0.byteCount }
      number &+= 1 << 20
      guard result == .delivered else {
        Issue.record("not delivered")
        return
      }
    }
    #expect(delivered == 9000 << 20)
  }

  @Test func withoutASynTheFirstSegmentSetsTheStart() {
    var stream = Stream(start: nil)
    #expect(stream.reassembler.nextSequenceNumber == nil)
    stream.acknowledge(5)
    #expect(stream.accept([1, 2], at: 5000) == .delivered)
    #expect(stream.accept([0], at: 4999) == .repeated)
    #expect(stream.accept([0, 1, 2, 3], at: 4999) == .delivered)
    #expect(stream.bytes == [1, 2, 3])
  }

  @Test func dataInTheSynIsTheStreamsBeginning() {
    var stream = Stream(start: nil)
    stream.reassembler.start(at: SequenceNumber(rawValue: 101))
    #expect(stream.accept([1, 2], at: 101) == .delivered)
    // The same SYN again changes nothing; nor does one that comes too late.
    stream.reassembler.start(at: SequenceNumber(rawValue: 101))
    stream.reassembler.start(at: SequenceNumber(rawValue: 900))
    #expect(stream.accept([3], at: 103) == .delivered)
    #expect(stream.bytes == [1, 2, 3])
  }

  @Test func aSecondSynBeforeAnyDataStartsAnew() {
    var stream = Stream(start: 100)
    stream.reassembler.start(at: SequenceNumber(rawValue: 700))
    #expect(stream.accept([1], at: 700) == .delivered)
  }

  @Test func aLostSegmentIsReportedAsAGapOnceThePeerAcknowledgesIt() {
    var stream = Stream()
    stream.accept([1], at: 1000)
    stream.accept([4, 5], at: 1003)
    stream.accept([8], at: 1007)
    stream.acknowledge(1002)
    #expect(stream.gaps == [])
    #expect(stream.reassembler.unseenBytes == 1)
    stream.acknowledge(1005)
    #expect(stream.gaps == [2])
    #expect(stream.bytes == [1, 4, 5])
    #expect(stream.reassembler.nextSequenceNumber?.rawValue == 1005)
    stream.acknowledge(1008)
    #expect(stream.gaps == [2, 2])
    #expect(stream.bytes == [1, 4, 5, 8])
    #expect(stream.reassembler.bufferedBytes == 0)
  }

  @Test func anAcknowledgmentBeforeItsBytesSkipsNothing() {
    var stream = Stream()
    stream.acknowledge(1003)
    #expect(stream.gaps == [])
    #expect(stream.reassembler.unseenBytes == 3)
    #expect(stream.accept([1, 2, 3], at: 1000) == .delivered)
    #expect(stream.reassembler.unseenBytes == 0)
    #expect(stream.bytes == [1, 2, 3])
  }

  @Test func bytesThatTheCaptureCutAreAGap() {
    var stream = Stream()
    #expect(stream.accept([1, 2], at: 1000, length: 5) == .delivered)
    #expect(stream.accept([1, 2], at: 1000, length: 5) == .repeated)
    #expect(stream.accept([6], at: 1005) == .early)
    stream.acknowledge(1006)
    #expect(stream.gaps == [3])
    #expect(stream.bytes == [1, 2, 6])
    // Nothing waits behind this one: that it was cut is proof enough.
    stream.accept([7], at: 1006, length: 4)
    stream.acknowledge(1010)
    #expect(stream.gaps == [3, 3])
    #expect(stream.accept([8], at: 1010) == .delivered)
    #expect(stream.bytes == [1, 2, 6, 7, 8])
  }

  @Test func aPayloadOfWhichNothingWasCapturedIsAGap() {
    var stream = Stream()
    #expect(stream.accept([], at: 1000, length: 5) == .delivered)
    #expect(stream.accept([], at: 1000, length: 5) == .repeated)
    #expect(stream.accept([], at: 1005, length: 5) == .early)
    #expect(stream.accept([], at: 1005, length: 5) == .repeated)
    stream.acknowledge(1010)
    #expect(stream.gaps == [10])
  }

  @Test func aCutSegmentSentAgainWholeFillsItsGap() {
    var stream = Stream()
    stream.accept([1], at: 1000, length: 3)
    stream.accept([4], at: 1003)
    #expect(stream.accept([1, 2, 3], at: 1000) == .delivered)
    #expect(stream.bytes == [1, 2, 3, 4])
    stream.acknowledge(1004)
    #expect(stream.gaps == [])
  }

  @Test func theLimitRefusesAndCounts() {
    var stream = Stream(bufferLimit: 8192)
    let block = [UInt8](repeating: 1, count: 4096)
    #expect(stream.accept(block, at: 1000 + 8192) == .early)
    #expect(stream.accept(block, at: 1000 + 12288) == .early)
    #expect(stream.accept(block, at: 1000 + 16384) == .refused)
    #expect(stream.reassembler.refusedBytes == 4096)
    // A nearer page makes the farthest give way.
    #expect(stream.accept(block, at: 1000 + 4096) == .early)
    #expect(stream.reassembler.refusedBytes == 8192)
    #expect(stream.reassembler.bufferedBytes == 8192)
    #expect(stream.accept(block, at: 1000) == .delivered)
    #expect(stream.bytes.count == 12288)
    var none = Stream(bufferLimit: 0)
    #expect(none.accept([1], at: 1001) == .refused)
    #expect(none.accept([1], at: 1000) == .delivered)
  }

  @Test(arguments: [0, 1, 2])
  func aMillionSingleBytesOutOfOrderStayBounded(order: Int) {
    var stream = Stream(bufferLimit: 1 << 18)
    var random = SeededGenerator(seed: 5)
    let payload: [UInt8] = [7]
    let span = payload.span
    var delivered = 0
    let count = 1_000_000
    for index in 0..<count {
      // Backwards, at random, and every other byte.
      let distance =
        switch order {
        case 0: count - index
        case 1: Int.random(in: 1...count, using: &random)
        default: index &* 2 % count + 1
        }
      _ = unsafe stream.reassembler.accept(
        span.bytes, at: SequenceNumber(rawValue: 1000) + distance, payloadLength: 1
      ) { delivered += $0.byteCount }
    }
    #expect(stream.reassembler.reservedBytes <= (1 << 18) * 9 / 8)
    #expect(stream.reassembler.refusedBytes > 0)
    stream.accept([7], at: 1000)
    stream.acknowledge(1001 + UInt32(count))
    #expect(stream.reassembler.bufferedBytes == 0)
  }

  @Test func shuffledSegmentsMakeTheSameStreamAsOrderedOnes() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let whole = (0..<Int.random(in: 1...20000, using: &random)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
      var stream = Stream(start: 0xFFFF_F000)
      var segments: [Range<Int>] = []
      var position = 0
      while position < whole.count {
        let end = min(whole.count, position + Int.random(in: 1...1460, using: &random))
        segments.append(max(0, position - Int.random(in: 0...50, using: &random))..<end)
        position = end
      }
      segments.shuffle(using: &random)
      for segment in segments {
        stream.accept([UInt8](whole[segment]), at: 0xFFFF_F000 &+ UInt32(segment.lowerBound))
      }
      #expect(stream.bytes == whole)
      #expect(stream.reassembler.bufferedBytes == 0)
      #expect(stream.reassembler.reservedBytes == 0)
    }
  }
}
