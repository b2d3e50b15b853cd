import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

/// What the header of a segment says: hop limits, SYN, acknowledgment, FIN and reset.
extension TCPConnectionFollower {
  @inline(__always)
  mutating func withEnd<Result>(_ direction: FlowDirection, _ body: (inout TCPEndpoint) -> Result) -> Result {
    direction == .forward ? body(&forward) : body(&reverse)
  }

  mutating func noteHeader(
    _ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote
  ) {
    let hopLimit = packet.hopLimit
    let identification = packet.identification
    let isTruncated = packet.payload.byteCount < packet.payloadLength
    if isTruncated { network.truncatedFrames += 1 }
    withEnd(direction) { end in
      end.facts.segments += 1
      guard !header.flags.contains(.rst) else { return }
      end.facts.note(hopLimit: hopLimit, identification: identification)
      if header.window == 0, !header.flags.contains(.syn), end.facts.zeroWindow == nil { end.facts.zeroWindow = moment }
    }
  }

  mutating func noteReset(_ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection) {
    let offset = withEnd(direction) { end in end.highestSent.map { header.sequenceNumber - $0 } }
    let peersStart = withEnd(direction.opposite) { $0.initialSequenceNumber }
    let edge = withEnd(direction) { $0.space.edge }
    let hasAck = header.flags.contains(.ack)
    closed = closed ?? packet.timestamp
    if hasAck { withEnd(direction.opposite) { $0.peerLeaves(havingReceived: header.acknowledgmentNumber) } }
    guard network.resets.count < NetworkFacts.resetLimit else { return }
    var reset = Reset(
      frame: packet.frame, time: packet.timestamp, sender: direction == .forward ? .client : .server,
      hopLimit: packet.hopLimit, identification: packet.identification, hasAck: hasAck,
      window: header.window, sequenceOffset: offset,
      acknowledges: hasAck ? peersStart.map { header.acknowledgmentNumber - ($0 + 1) } : nil)
    reset.sequenceNumber = header.sequenceNumber
    reset.standsAt = edge.map { header.sequenceNumber - $0 > 0 ? header.sequenceNumber : $0 }
    network.resets.append(reset)
  }

  mutating func noteSYN(_ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote) {
    withEnd(direction) { end in
      if header.maximumSegmentSize > 0 { end.facts.maximumSegmentSize = header.maximumSegmentSize }
      guard end.initialSequenceNumber == nil else { return }
      end.initialSequenceNumber = header.sequenceNumber
      end.highestSent = header.sequenceNumber + 1
      end.reassembler.start(at: header.sequenceNumber + 1)
    }
    if !network.resets.isEmpty { doubtResets(of: direction) }
    if header.flags.contains(.ack) {
      if network.synAck == nil {
        network.synAck = moment
      } else if network.synAckRepetitions.count < NetworkFacts.synAckLimit {
        network.synAckRepetitions.append(moment)
      }
      if clientDirection == nil { decideRoles(client: direction.opposite, by: .syn) }
    } else {
      if network.syns.count < 16 { network.syns.append(moment) }
      if clientDirection == nil || roleBasis != .syn { decideRoles(client: direction, by: .syn) }
    }
  }

  mutating func noteAcknowledgment(_ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote) {
    let number = header.acknowledgmentNumber
    withEnd(direction) { $0.facts.lastAck = moment }
    if network.established == nil, roleBasis == .syn, direction == clientDirection, !header.flags.contains(.syn) {
      network.established = moment
    }
    if !network.resets.isEmpty { takeBackUnheededReset(by: direction, acknowledging: number) }
    let peer = direction.opposite
    let isAcceptance = header.flags.contains(.syn) && network.synAck?.frame == moment.frame
    let hasWaiting = withEnd(peer) { end in
      if isAcceptance { end.forgetAcknowledgments() }
      end.acknowledge(upTo: number, at: moment)
      return end.reassembler.bufferedBytes > 0
    }
    if hasWaiting, !isSettled { skipLostBytes(of: peer, upTo: number, moment) }
  }

  mutating func noteFIN(
    _ header: TCPHeader, _ direction: FlowDirection, _ payloadLength: Int, _ moment: FrameNote
  ) {
    withEnd(direction) { end in
      if end.fin == nil {
        end.fin = moment
        end.finSequenceNumber = header.sequenceNumber + payloadLength
      }
    }
    if header.flags.contains(.ack) {
      withEnd(direction.opposite) { $0.peerLeaves(havingReceived: header.acknowledgmentNumber) }
    }
    if forward.fin != nil, reverse.fin != nil { closed = closed ?? moment.time }
  }
}
