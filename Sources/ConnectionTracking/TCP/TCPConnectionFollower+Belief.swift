import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

/// Which segments are believed to come from the two ends. Whoever knows the ends alone can send a SYN, FIN or RST, data,
/// or an ICMP error in their name; what he does not know are the numbers (RFC 5961, RFC 5927).
extension TCPConnectionFollower {
  /// Whether a stack could take the segment, and notes what it shows if so (RFC 9293 §3.10.7).
  @inline(__always)
  mutating func believes(_ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    var length = packet.payloadLength
    if header.flags.contains(.syn) || header.flags.contains(.rst) {
      guard header.flags.contains(.rst) ? believesReset(header, direction) : believesSYN(header, direction) else {
        return false
      }
      if header.flags.contains(.rst) { return true }
      withEnd(direction) { end in
        if end.initialSequenceNumber == nil { end.space.begin(at: header.sequenceNumber, scale: header.windowScale) }
      }
      length += 1
    } else if !fits(header.sequenceNumber, direction) || !acknowledgesPlausibly(header, direction) {
      guard follows(header, length: length, direction) else { return false }
    }
    if header.flags.contains(.fin) { length += 1 }
    let isAcknowledging = header.flags.contains(.ack)
    if direction == .forward {
      forward.space.advance(to: header.sequenceNumber + length, window: header.window)
      if isAcknowledging { reverse.space.acknowledge(upTo: header.acknowledgmentNumber) }
    } else {
      reverse.space.advance(to: header.sequenceNumber + length, window: header.window)
      if isAcknowledging { forward.space.acknowledge(upTo: header.acknowledgmentNumber) }
    }
    return true
  }

  /// Whether a number of an end lies where that end's segments may.
  @inline(__always)
  func fits(_ number: SequenceNumber, _ direction: FlowDirection) -> Bool {
    direction == .forward
      ? forward.space.fits(number, into: reverse.space) : reverse.space.fits(number, into: forward.space)
  }

  /// It acknowledges what its peer may have sent (RFC 5961 §5).
  @inline(__always)
  private func acknowledgesPlausibly(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    !header.flags.contains(.ack) || fits(header.acknowledgmentNumber, direction.opposite)
  }

  private mutating func follows(_ header: TCPHeader, length: Int, _ direction: FlowDirection) -> Bool {
    direction == .forward
      ? forward.space.follows(header, length: length, peer: &reverse.space)
      : reverse.space.follows(header, length: length, peer: &forward.space)
  }

  /// A SYN that begins an end's numbers, or repeats their beginning. With an ACK it answers the other end's, or nobody's.
  private mutating func believesSYN(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    if let initial = withEnd(direction, { $0.initialSequenceNumber }) { return initial == header.sequenceNumber }
    guard header.flags.contains(.ack) else { return true }
    guard let peers = withEnd(direction.opposite, { $0.initialSequenceNumber }) else {
      return acknowledgesPlausibly(header, direction)
    }
    // A SYN may carry data, and its answer acknowledge that (RFC 7413).
    let sent = withEnd(direction.opposite) { ($0.highestSent ?? peers) - peers }
    return (1...max(1, sent)).contains(header.acknowledgmentNumber - peers)
  }

  /// A stack resets a connection for a segment that stands in its window or, as long as it knows nothing of its peer's
  /// numbers, for one that answers its SYN (RFC 9293 §3.10.7.3).
  private mutating func believesReset(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    let isKnown = withEnd(direction) { $0.space.edge != nil }
    if isKnown, fits(header.sequenceNumber, direction) { return true }
    let isAnswered = withEnd(direction) { $0.initialSequenceNumber != nil }
    guard !isAnswered else { return false }
    return isKnown
      ? header.flags.contains(.ack) && answersSYN(header, direction) : acknowledgesPlausibly(header, direction)
  }

  private mutating func answersSYN(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    withEnd(direction.opposite) { $0.initialSequenceNumber.map { header.acknowledgmentNumber - $0 == 1 } ?? false }
  }

  // MARK: Resets on second thoughts

  /// An end's numbers have become known: resets in its name that stand elsewhere, and do not refuse the SYN, were not its
  /// own.
  mutating func doubtResets(of direction: FlowDirection) {
    let sender: Role = direction == .forward ? .client : .server
    takeBackResets { recorder, reset in
      reset.sender == sender && !reset.answersSYN
        && reset.sequenceNumber.map { !recorder.fits($0, direction) } == true
    }
  }

  /// An end acknowledges what its peer sent after "its" reset: both live, and neither heeded that (RFC 5961 §3).
  mutating func takeBackUnheededReset(by receiver: FlowDirection, acknowledging number: SequenceNumber) {
    let sender: Role = receiver == .forward ? .server : .client
    takeBackResets { _, reset in
      // A FIN before the reset, which the capture may lack, takes one number.
      reset.sender == sender && reset.standsAt.map { number - $0 > 1 } == true
    }
  }

  private mutating func takeBackResets(where isUnheeded: (borrowing TCPConnectionFollower, Reset) -> Bool) {
    for index in network.resets.indices.reversed() where isUnheeded(self, network.resets[index]) {
      let reset = network.resets.remove(at: index)
      if reset.sender == .client { forward.facts.segments -= 1 } else { reverse.facts.segments -= 1 }
      network.unbelieved.add(FrameNote(frame: reset.frame, time: reset.time))
    }
    if network.resets.isEmpty, forward.fin == nil || reverse.fin == nil { closed = nil }
  }

  // MARK: Another connection between the same ends

  /// A SYN, with an ACK or without, that may open another connection, as it came.
  struct HeldSYN {
    var frame: Int
    var time: Timestamp
    var header: TCPHeader
    var direction: FlowDirection
    var hopLimit: UInt8
    var identification: UInt16?
    /// A FIN came before it, or nothing for so long that its sender may have given up the connection at hand.
    var followsSilence: Bool
    /// Since then somebody has gone on with the connection at hand.
    var isContested = false
  }

  /// What the tracker is to do with a segment.
  enum Reopening {
    /// It is this connection's.
    case none
    /// It opens another one.
    case new
    /// It belongs to another one, which the SYN that was held has opened.
    case withHeldSYN
    /// It may open another one: that shows when it is answered.
    case held
  }

  /// Whether a segment shows that another connection is opened between the same ends. A SYN with another initial sequence
  /// number does so only where a stack would take it: the connection is closed, or somebody goes on from the new SYN. One
  /// that knows better answers with an ACK at most (RFC 5961 §4).
  ///
  /// Mutating, so that the recorder is looked at in its place: it would be copied otherwise.
  mutating func reopening(by packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection) -> Reopening {
    if let heldSYN, direction == heldSYN.direction ? goesOn(header, from: heldSYN) : answers(header, heldSYN) {
      return .withHeldSYN
    }
    guard header.flags.contains(.syn), isForeignSYN(header, direction) else { return .none }
    let isRepeated = heldSYN.map { $0.header.sequenceNumber == header.sequenceNumber && $0.direction == direction }
    let silence = packet.timestamp.seconds(since: lastTime)
    if !header.flags.contains(.ack) {
      if closed != nil { return isRepeated == true ? .withHeldSYN : .new }
      if isHalfOpen, !network.isConnected {
        // Nobody has answered, and the client has given up.
        if isRepeated == true { return .withHeldSYN }
        if silence >= Self.firstRepetition { return .new }
      }
    }
    if isRepeated == true, let heldSYN, heldSYN.followsSilence, !heldSYN.isContested,
      packet.timestamp.seconds(since: heldSYN.time) >= Self.firstRepetition
    {
      // Nobody answers it, and its sender insists.
      return .withHeldSYN
    }
    if isRepeated != true {
      heldSYN = HeldSYN(
        frame: packet.frame, time: packet.timestamp, header: header, direction: direction, hopLimit: packet.hopLimit,
        identification: packet.identification,
        followsSilence: silence >= Self.firstRepetition || forward.fin != nil || reverse.fin != nil || closed != nil)
    }
    network.unbelieved.add(FrameNote(frame: packet.frame, time: packet.timestamp))
    return .held
  }

  /// Whether a SYN begins other numbers than this connection's.
  private mutating func isForeignSYN(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    let initial = withEnd(direction) { $0.initialSequenceNumber }
    guard initial != header.sequenceNumber else { return false }
    // One with an ACK answers this connection's SYN, if not with the number that was believed, or has nothing to do with it.
    if header.flags.contains(.ack) {
      return !answersSYN(header, direction) && (initial != nil || !believesSYN(header, direction))
    }
    // Captures may show a SYN behind what follows it.
    return initial != nil || !standsHere(header.sequenceNumber, direction)
  }

  /// Whether a segment takes up a SYN of its receiver that was held: it answers that, or acknowledges what came behind,
  /// where the capture lacks the answer.
  private mutating func answers(_ header: TCPHeader, _ held: HeldSYN) -> Bool {
    guard header.flags.contains(.ack) else { return false }
    let beyond = header.acknowledgmentNumber - held.header.sequenceNumber
    if beyond == 1, header.flags.contains(.syn) || header.flags.contains(.rst) { return true }
    guard !header.flags.contains(.syn), !header.flags.contains(.rst) else { return false }
    return (1...SequenceSpace.leastReach).contains(beyond) && !belongsHere(header, held.direction.opposite)
  }

  /// Whether a segment goes on from a SYN of its sender's that was held, as it does once that was answered (RFC 9293
  /// §3.10.7.3), and has nothing to do with the connection at hand. Whoever made up the SYN can make up this one as well:
  /// it counts only where neither side of the connection at hand had anything to say any more.
  private mutating func goesOn(_ header: TCPHeader, from held: HeldSYN) -> Bool {
    guard held.followsSilence, !held.isContested, header.flags.contains(.ack), !header.flags.contains(.syn),
      !header.flags.contains(.rst)
    else { return false }
    return (1...SequenceSpace.leastReach).contains(header.sequenceNumber - held.header.sequenceNumber)
      && !belongsHere(header, held.direction)
  }

  /// Whether both numbers of a segment stand where those of the connection at hand are known to. Where windows are large,
  /// one of them may do so by chance.
  private mutating func belongsHere(_ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    standsHere(header.sequenceNumber, direction) && standsHere(header.acknowledgmentNumber, direction.opposite)
  }

  /// Whether a number lies where it is known that an end stands.
  private mutating func standsHere(_ number: SequenceNumber, _ direction: FlowDirection) -> Bool {
    withEnd(direction) { $0.space.edge != nil } && fits(number, direction)
  }

  /// Seconds after which a SYN that was not answered is repeated (RFC 6298 §2).
  private static let firstRepetition = 1.0

  /// Gives away the SYN that was held: it opens a connection of its own.
  mutating func takeHeldSYN() -> HeldSYN? {
    guard let held = heldSYN else { return nil }
    heldSYN = nil
    network.unbelieved.remove(frame: held.frame)
    return held
  }
}
