import HandshakeModel
import NetworkProtocols
import NetworkValues

/// What one end of a TCP connection sent, before it is known whether that end is the client.
struct TCPEndpoint {
  var facts = DirectionFacts()
  /// What tells this end's segments from forged ones.
  var space = SequenceSpace()
  var reassembler: StreamReassembler
  var recent = RecentPackets()
  var initialSequenceNumber: SequenceNumber?
  /// The number behind the last byte sent.
  var highestSent: SequenceNumber?
  private var highestAcknowledged: SequenceNumber?
  private var firstAcknowledged: SequenceNumber?
  var fin: FrameNote?
  var finSequenceNumber: SequenceNumber?
  private var outstanding = OutstandingSegments()
  /// The peer has closed, and up to here it had received what this end sent.
  private var receivedByLeavingPeer: SequenceNumber?

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

  /// The peer accepts the connection: whatever it acknowledged before belonged to an earlier one (RFC 9293 §3.5.2).
  mutating func forgetAcknowledgments() {
    highestAcknowledged = nil
    firstAcknowledged = nil
  }

  mutating func acknowledge(upTo number: SequenceNumber, at moment: FrameNote) {
    if firstAcknowledged == nil { firstAcknowledged = number }
    if let highest = highestAcknowledged, number - highest <= 0 { return }
    highestAcknowledged = number
    guard let largest = outstanding.acknowledge(upTo: number) else { return }
    facts.largestAcknowledgedSegment = max(facts.largestAcknowledgedSegment, largest)
    facts.dataAcknowledged = moment
  }

  mutating func noteSent(from start: SequenceNumber, length: Int, frame: Int, tracksSizes: Bool) {
    let end = start + length
    if let highest = highestSent, end - highest <= 0 { return }
    highestSent = end
    guard tracksSizes else { return }
    outstanding.append(end: end, length: length, frame: frame)
    if let receivedByLeavingPeer, end - receivedByLeavingPeer > 0, facts.unreceivedFrom == nil {
      facts.unreceivedFrom = frame
    }
  }

  /// The peer closes or resets the connection for the first time, and acknowledges what it has received until then.
  mutating func peerLeaves(havingReceived number: SequenceNumber) {
    guard receivedByLeavingPeer == nil else { return }
    receivedByLeavingPeer = number
    facts.unreceivedFrom = outstanding.firstFrame(behind: number)
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
    outstanding = OutstandingSegments()
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
    facts.missingBytes += UInt64(unseenBytes(beforeFIN: false))
    if facts.waitingBytes == 0 {
      facts.bytesBeforeFIN = UInt64(max(0, unseenBytes(beforeFIN: true) - unseenBytes(beforeFIN: false)))
    }
    return facts
  }

  /// No window is larger (RFC 7323 §2.3): a number farther off proves nothing.
  private static let largestWindow = 1 << 30

  /// Bytes that were never seen although the peer acknowledged them, or although this side's FIN lies behind them. Where
  /// no FIN is seen, one of them may be its number.
  private func unseenBytes(beforeFIN: Bool) -> Int {
    // Of a side that is not seen to send, everything is unseen that is acknowledged from the first ACK on.
    let silent = initialSequenceNumber == nil && facts.dataSegments == 0 ? firstAcknowledged : nil
    guard let next = reassembler.nextSequenceNumber ?? silent else { return 0 }
    var unseen = highestAcknowledged.map { $0 - next } ?? 0
    if let fin = finSequenceNumber.map({ $0 - next }) { unseen = beforeFIN ? fin : min(unseen, fin) }
    if reassembler.bufferedBytes > 0 { unseen = min(unseen, reassembler.holeBytes) }
    guard unseen <= Self.largestWindow else { return 0 }
    return max(0, unseen - Int(clamping: facts.refusedBytes))
  }
}
