import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

extension TCPConnectionFollower {
  mutating func receivePayload(
    _ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote, mayBuffer: Bool
  ) {
    var start = header.sequenceNumber
    if header.flags.contains(.syn) { start = start + 1 }
    let length = packet.payloadLength
    let isProbe = withEnd(direction) { end in
      // A keep-alive repeats the last byte (RFC 9293 §3.8.4); it tells nothing about loss.
      if length <= 1, let highest = end.highestSent, start - highest == -1 { return true }
      end.facts.dataSegments += 1
      end.facts.largestSegment = max(end.facts.largestSegment, length)
      if end.facts.firstData == nil { end.facts.firstData = moment }
      end.facts.lastData = moment
      return false
    }
    guard !isProbe else { return }
    guard !isSettled else {
      return withEnd(direction) { end in
        end.noteSent(from: start, length: length, frame: moment.frame, tracksSizes: false)
        end.facts.payloadBytes += UInt64(length)
      }
    }
    if clientDirection == nil { decideRolesByContent(packet, direction) }
    guard let role = role(of: direction) else { return }

    if let limit = withEnd(direction, { $0.mustSkip(before: start) ? $0.lostUpTo : nil }) {
      skipLostBytes(of: direction, upTo: limit, moment)
    }
    let isEarly = withEnd(direction) { end in
      end.reassembler.nextSequenceNumber.map { start - $0 > 0 } ?? false
    }
    if isEarly, !mayBuffer {
      withEnd(direction) { $0.facts.refusedBytes += UInt64(length) }
      return
    }
    let segment = Segment(start: start, length: length, sender: role, moment: moment)
    if direction == .forward {
      Self.accept(packet.payload, segment, &forward, &interpreter)
    } else {
      Self.accept(packet.payload, segment, &reverse, &interpreter)
    }
    settleIfDone()
  }

  /// Where a segment's payload belongs.
  private struct Segment {
    var start: SequenceNumber
    /// Bytes of payload on the wire.
    var length: Int
    var sender: Role
    var moment: FrameNote
  }

  private static func accept(
    _ payload: RawSpan, _ segment: Segment, _ end: inout TCPEndpoint, _ interpreter: inout StreamAnalyzer
  ) {
    var delivered = 0
    let disposition = end.reassembler.accept(payload, at: segment.start, payloadLength: segment.length) { bytes in
      delivered &+= bytes.byteCount
      interpreter.deliver(bytes, from: segment.sender, at: segment.moment)
    }
    end.facts.payloadBytes += UInt64(delivered)
    end.note(disposition, length: segment.length, segment.moment)
    end.noteSent(from: segment.start, length: segment.length, frame: segment.moment.frame, tracksSizes: true)
  }

  /// The peer has bytes that the capture never showed: nobody will send them again, so reading goes on behind them.
  mutating func skipLostBytes(of direction: FlowDirection, upTo number: SequenceNumber, _ moment: FrameNote) {
    guard let role = role(of: direction) else { return }
    if direction == .forward {
      Self.skipLostBytes(of: &forward, role, upTo: number, moment, &interpreter)
    } else {
      Self.skipLostBytes(of: &reverse, role, upTo: number, moment, &interpreter)
    }
  }

  private static func skipLostBytes(
    of end: inout TCPEndpoint, _ role: Role, upTo number: SequenceNumber, _ moment: FrameNote,
    _ interpreter: inout StreamAnalyzer
  ) {
    var missing = 0
    var delivered = 0
    end.reassembler.acknowledge(upTo: number) { count in
      missing += count
      interpreter.skip(count, from: role)
    } deliver: { bytes in
      delivered += bytes.byteCount
      interpreter.deliver(bytes, from: role, at: moment)
    }
    end.facts.missingBytes += UInt64(missing)
    end.facts.payloadBytes += UInt64(delivered)
  }

  // MARK: Roles

  func role(of direction: FlowDirection) -> Role? {
    clientDirection.map { $0 == direction ? .client : .server }
  }

  mutating func decideRoles(client: FlowDirection, by basis: RoleBasis) {
    clientDirection = client
    roleBasis = basis
  }

  private mutating func decideRolesByContent(_ packet: borrowing Packet, _ direction: FlowDirection) {
    network.isStartMissing = network.syns.isEmpty && network.synAck == nil
    if TLSConversation.startsWithHello(packet.payload, from: .client) == true {
      decideRoles(client: direction, by: .clientHello)
    } else if TLSConversation.startsWithHello(packet.payload, from: .server) == true {
      decideRoles(client: direction.opposite, by: .clientHello)
    } else {
      decideRoles(client: directionFromHigherPort, by: .port)
    }
  }

  var directionFromHigherPort: FlowDirection { key.low.port > key.high.port ? .forward : .reverse }

  private mutating func settleIfDone() {
    if interpreter.isDone(after: recordsBeforeSettling) { settle() }
  }

  mutating func settle() {
    isSettled = true
    forward.settle()
    reverse.settle()
    interpreter.settle()
  }
}
