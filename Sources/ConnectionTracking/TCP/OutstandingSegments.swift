import HandshakeModel
import NetworkValues

/// Segments that were sent and not yet acknowledged, oldest first; a bounded number.
struct OutstandingSegments {
  private struct Segment {
    var end = SequenceNumber(rawValue: 0)
    var length: UInt32 = 0
    var frame = 0
  }

  /// The oldest ones lie in the value itself: a handshake seldom has more on the way.
  private var first = InlineArray<4, Segment>(repeating: Segment())
  private var firstCount = 0
  /// Those behind them.
  private var rest: [Segment] = []
  private static let limit = 128

  /// Adds the segment that was sent last; beyond the limit it is left out.
  mutating func append(end: SequenceNumber, length: Int, frame: Int) {
    let segment = Segment(end: end, length: UInt32(clamping: length), frame: frame)
    if firstCount < first.count, rest.isEmpty {
      first[firstCount] = segment
      firstCount += 1
    } else if firstCount + rest.count < Self.limit {
      rest.append(segment)
    }
  }

  /// The frame of the first that ends behind `number`; nil where there is none.
  func firstFrame(behind number: SequenceNumber) -> Int? {
    for index in 0..<firstCount where first[index].end - number > 0 { return first[index].frame }
    return rest.first { $0.end - number > 0 }?.frame
  }

  /// Takes out those that end before `number`; returns the length of the longest, nil where there are none.
  mutating func acknowledge(upTo number: SequenceNumber) -> Int? {
    var count = 0
    var longest: UInt32 = 0
    while count < firstCount, number - first[count].end >= 0 {
      longest = max(longest, first[count].length)
      count += 1
    }
    if count == firstCount, !rest.isEmpty {
      var more = 0
      while more < rest.count, number - rest[more].end >= 0 {
        longest = max(longest, rest[more].length)
        more += 1
      }
      rest.removeFirst(more)
      firstCount = 0
      return count + more > 0 ? Int(longest) : nil
    }
    guard count > 0 else { return nil }
    for index in count..<firstCount { first[index - count] = first[index] }
    firstCount -= count
    return Int(longest)
  }
}
