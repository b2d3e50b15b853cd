import NetworkProtocols
import PacketCapture

/// What one end of a TCP connection sent, before it is known whether that end is the client.
struct EndRecord {
  var facts = DirectionFacts()
  var reassembler: StreamReassembler
  var initialSequenceNumber: SequenceNumber?
  /// The number behind the last byte sent.
  var highestSent: SequenceNumber?
  private var highestAcknowledged: SequenceNumber?
  var fin: FrameNote?
  var finSequenceNumber: SequenceNumber?
  /// Segments sent and not yet acknowledged, oldest first; bounded.
  private var outstanding: [(end: SequenceNumber, length: Int)] = []
  private static let outstandingLimit = 128

  init(bufferLimit: Int) {
    reassembler = StreamReassembler(bufferLimit: bufferLimit)
  }

  /// Up to here the peer acknowledged, although the capture may miss some of it.
  var lostUpTo: SequenceNumber? { highestAcknowledged }

  /// The peer has everything, the FIN too, and so has the reader above.
  var isOver: Bool {
    guard let finSequenceNumber, let highestAcknowledged, let next = reassembler.nextSequenceNumber else {
      return false
    }
    return highestAcknowledged - finSequenceNumber > 0 && next - finSequenceNumber >= 0
      && reassembler.bufferedBytes == 0
  }

  /// A segment beyond a gap arrives and the peer has acknowledged into the gap: the capture lost it.
  func mustSkip(before start: SequenceNumber) -> Bool {
    guard let next = reassembler.nextSequenceNumber, let highestAcknowledged else { return false }
    return start - next > 0 && highestAcknowledged - next > 0
  }

  mutating func acknowledge(upTo number: SequenceNumber) {
    if let highest = highestAcknowledged, number - highest <= 0 { return }
    highestAcknowledged = number
    guard !outstanding.isEmpty else { return }
    var count = 0
    while count < outstanding.count, number - outstanding[count].end >= 0 {
      facts.largestAcknowledgedSegment = max(facts.largestAcknowledgedSegment, outstanding[count].length)
      count += 1
    }
    if count > 0 { outstanding.removeFirst(count) }
  }

  mutating func noteSent(from start: SequenceNumber, length: Int, tracksSizes: Bool) {
    let end = start + length
    if let highest = highestSent, end - highest <= 0 { return }
    highestSent = end
    guard tracksSizes, outstanding.count < Self.outstandingLimit else { return }
    if outstanding.capacity == 0 { outstanding.reserveCapacity(16) }
    outstanding.append((end, length))
  }

  mutating func note(_ disposition: StreamReassembler.Disposition, length: Int, _ moment: FrameNote) {
    switch disposition {
    case .delivered:
      if reassembler.bufferedBytes == 0 { facts.firstBeyondHole = nil }
    case .repeated:
      facts.retransmissionCount += 1
      if facts.retransmissions.count < DirectionFacts.retransmissionLimit {
        facts.retransmissions.append(Retransmission(frame: moment.frame, time: moment.time, length: length))
      }
    case .early:
      facts.outOfOrderSegments += 1
      if facts.firstBeyondHole == nil { facts.firstBeyondHole = moment }
    case .refused:
      facts.refusedBytes += UInt64(length)
    }
  }

  /// Lets go of what only an open handshake needs.
  mutating func settle() {
    outstanding = []
    reassembler = StreamReassembler(bufferLimit: 0)
  }

  func finishedFacts() -> DirectionFacts {
    var facts = facts
    if let highestSent, let highestAcknowledged {
      facts.unacknowledgedBytes = UInt64(max(0, highestSent - highestAcknowledged))
    } else if highestSent != nil {
      facts.unacknowledgedBytes = facts.payloadBytes
    }
    facts.waitingBytes = reassembler.bufferedBytes
    if facts.waitingBytes > 0, let highestSent, let next = reassembler.nextSequenceNumber {
      facts.holeBytes = max(0, highestSent - next - facts.waitingBytes)
    }
    return facts
  }
}
