import NetworkProtocols
import PacketCapture
import TLSProtocol

/// Follows one TCP connection, packet by packet, and notes its story. Ends talk as equals until it is known which is the
/// client; then what they sent is told as the client's and the server's.
final class ConnectionRecorder {
  let key: ConnectionKey
  let index: Int
  let limits: TrackerLimits
  private(set) var lastTime: Timestamp
  private var lastFrame: Int
  private let firstFrame: Int
  private let firstTime: Timestamp
  private var forward: EndRecord
  private var reverse: EndRecord
  private var clientDirection: FlowDirection?
  private var roleBasis = RoleBasis.port
  private var network = NetworkFacts()
  private var interpreter: StreamInterpreter?
  /// When the connection was closed by both sides, or reset.
  private(set) var closed: Timestamp?
  /// The handshake is over and was seen whole: what follows is counted, not read.
  private(set) var isSettled = false
  /// The connection waits in the tracker's queue of closed ones.
  var isQueuedForRemoval = false
  /// The story was told while the connection went on; what follows is not.
  private(set) var isTold = false
  /// The tracker will look at the connection again.
  var isAwaitingLook = false
  private var looks = 0
  /// The last packet that the story so far was judged with.
  private var judged: Timestamp?

  init(
    key: ConnectionKey, index: Int, first packet: borrowing Packet, keys: KeyRing, certificates: CertificateStore,
    limits: TrackerLimits
  ) {
    self.key = key
    self.index = index
    self.limits = limits
    firstFrame = packet.frame
    lastFrame = packet.frame
    firstTime = packet.timestamp
    lastTime = packet.timestamp
    forward = EndRecord(bufferLimit: limits.reassemblyBytesPerDirection)
    reverse = EndRecord(bufferLimit: limits.reassemblyBytesPerDirection)
    interpreter = StreamInterpreter(keys: keys, certificates: certificates)
  }

  /// Bytes held for reassembly.
  var bufferedBytes: Int { forward.reassembler.bufferedBytes + reverse.reassembler.bufferedBytes }

  /// Whether a packet belongs to the handshake or ends the connection: what `--handshakes-only` keeps.
  func matters(_ header: TCPHeader) -> Bool {
    let flags = header.flags
    if flags.contains(.syn) || flags.contains(.fin) || flags.contains(.rst) { return true }
    return !isSettled && forward.facts.payloadBytes &+ reverse.facts.payloadBytes < Self.handshakeBytes
  }

  /// No handshake is longer.
  private static let handshakeBytes: UInt64 = 256 * 1024

  /// No byte was ever sent.
  var isHalfOpen: Bool { forward.facts.dataSegments == 0 && reverse.facts.dataSegments == 0 }

  /// A SYN with another initial sequence number than this connection's opens a new one on the same pair of endpoints.
  func isReopened(by header: TCPHeader, direction: FlowDirection) -> Bool {
    guard header.flags.contains(.syn), !header.flags.contains(.ack) else { return false }
    let end = direction == .forward ? forward : reverse
    guard let initial = end.initialSequenceNumber else {
      // Nothing but a reset before: it belonged to an earlier connection or to this SYN's forerunner.
      return true
    }
    return initial != header.sequenceNumber
  }

  func receive(_ packet: borrowing Packet, _ header: TCPHeader, direction: FlowDirection, mayBuffer: Bool) {
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    lastFrame = packet.frame
    lastTime = packet.timestamp
    noteHeader(packet, header, direction, moment)
    if header.flags.contains(.rst) {
      noteReset(packet, header, direction)
      return
    }
    if header.flags.contains(.syn) { noteSYN(header, direction, moment) }
    if header.flags.contains(.ack) { noteAcknowledgment(header, direction, moment) }
    if packet.payloadLength > 0 { receivePayload(packet, header, direction, moment, mayBuffer: mayBuffer) }
    if header.flags.contains(.fin) { noteFIN(header, direction, packet.payloadLength, moment) }
  }

  /// A packet passed that nobody keeps: the connection lives.
  func pass(at time: Timestamp) { lastTime = time }

  func receive(_ note: ICMPNote, direction: FlowDirection) {
    lastFrame = note.frame
    lastTime = note.time
    guard network.icmpErrors.count < 8 else { return }
    var note = note
    // Direction and role are settled at the end; the forward side stands in for the client until then.
    note.quotedSender = direction == .forward ? .client : .server
    network.icmpErrors.append(note)
  }

  // MARK: Headers

  private func withEnd<Result>(_ direction: FlowDirection, _ body: (inout EndRecord) -> Result) -> Result {
    direction == .forward ? body(&forward) : body(&reverse)
  }

  private func noteHeader(
    _ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote
  ) {
    let hopLimit = packet.hopLimit
    let identification = packet.identification
    let isTruncated = packet.payload.byteCount < packet.payloadLength
    if isTruncated { network.truncatedFrames += 1 }
    withEnd(direction) { end in
      end.facts.segments += 1
      guard !header.flags.contains(.rst) else { return }
      end.facts.hopLimit = end.facts.hopLimit ?? hopLimit
      if let range = end.facts.hopLimitRange {
        if !range.contains(hopLimit) {
          end.facts.hopLimitRange = min(range.lowerBound, hopLimit)...max(range.upperBound, hopLimit)
        }
      } else {
        end.facts.hopLimitRange = hopLimit...hopLimit
      }
      end.facts.identification = identification
      if header.window == 0, !header.flags.contains(.syn), end.facts.zeroWindow == nil { end.facts.zeroWindow = moment }
    }
  }

  private func noteReset(_ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection) {
    let offset = withEnd(direction) { end in end.highestSent.map { header.sequenceNumber - $0 } }
    closed = closed ?? packet.timestamp
    guard network.resets.count < NetworkFacts.resetLimit else { return }
    network.resets.append(
      Reset(
        frame: packet.frame, time: packet.timestamp, sender: direction == .forward ? .client : .server,
        hopLimit: packet.hopLimit, identification: packet.identification, hasAck: header.flags.contains(.ack),
        window: header.window, sequenceOffset: offset))
  }

  private func noteSYN(_ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote) {
    withEnd(direction) { end in
      if header.maximumSegmentSize > 0 { end.facts.maximumSegmentSize = header.maximumSegmentSize }
      guard end.initialSequenceNumber == nil else { return }
      end.initialSequenceNumber = header.sequenceNumber
      end.highestSent = header.sequenceNumber + 1
      end.reassembler.start(at: header.sequenceNumber + 1)
    }
    if header.flags.contains(.ack) {
      if network.synAck == nil { network.synAck = moment }
      if clientDirection == nil { decideRoles(client: direction.opposite, by: .syn) }
    } else {
      if network.syns.count < 16 { network.syns.append(moment) }
      if clientDirection == nil || roleBasis != .syn { decideRoles(client: direction, by: .syn) }
    }
  }

  private func noteAcknowledgment(_ header: TCPHeader, _ direction: FlowDirection, _ moment: FrameNote) {
    let number = header.acknowledgmentNumber
    withEnd(direction) { $0.facts.lastAck = moment }
    if network.established == nil, network.synAck != nil, direction == clientDirection, !header.flags.contains(.syn) {
      network.established = moment
    }
    let peer = direction.opposite
    let hasWaiting = withEnd(peer) { end in
      end.acknowledge(upTo: number)
      return !isSettled && end.reassembler.bufferedBytes > 0
    }
    if hasWaiting { skipLostBytes(of: peer, upTo: number, moment) }
  }

  private func noteFIN(_ header: TCPHeader, _ direction: FlowDirection, _ payloadLength: Int, _ moment: FrameNote) {
    withEnd(direction) { end in
      if end.fin == nil {
        end.fin = moment
        end.finSequenceNumber = header.sequenceNumber + payloadLength
      }
    }
    if forward.fin != nil, reverse.fin != nil { closed = closed ?? moment.time }
  }

  // MARK: Payload

  private func receivePayload(
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
        end.noteSent(from: start, length: length, tracksSizes: false)
        end.facts.payloadBytes += UInt64(length)
      }
    }
    if clientDirection == nil { decideRolesByContent(packet, direction) }
    guard let role = role(of: direction) else { return }

    if withEnd(direction, { $0.mustSkip(before: start) }), let limit = withEnd(direction, { $0.lostUpTo }) {
      skipLostBytes(of: direction, upTo: limit, moment)
    }
    let isEarly = withEnd(direction) { end in
      end.reassembler.nextSequenceNumber.map { start - $0 > 0 } ?? false
    }
    if isEarly, !mayBuffer {
      withEnd(direction) { $0.facts.refusedBytes += UInt64(length) }
      return
    }
    let payload = packet.payload
    let disposition = withEnd(direction) { end in
      end.reassembler.accept(payload, at: start, payloadLength: length) { bytes in
        hand(bytes, from: role, at: moment, to: &end.facts)
      }
    }
    withEnd(direction) { end in
      end.note(disposition, length: length, moment)
      end.noteSent(from: start, length: length, tracksSizes: true)
    }
    settleIfDone()
  }

  private func hand(_ bytes: RawSpan, from role: Role, at moment: FrameNote, to facts: inout DirectionFacts) {
    facts.payloadBytes += UInt64(bytes.byteCount)
    interpreter?.deliver(bytes, from: role, at: moment)
  }

  /// The peer has bytes that the capture never showed: nobody will send them again, so reading goes on behind them.
  private func skipLostBytes(of direction: FlowDirection, upTo number: SequenceNumber, _ moment: FrameNote) {
    guard let role = role(of: direction) else { return }
    withEnd(direction) { end in
      var missing = 0
      var delivered: UInt64 = 0
      end.reassembler.acknowledge(upTo: number) { count in
        missing += count
        interpreter?.skip(count, from: role)
      } deliver: { bytes in
        delivered += UInt64(bytes.byteCount)
        interpreter?.deliver(bytes, from: role, at: moment)
      }
      end.facts.missingBytes += UInt64(missing)
      end.facts.payloadBytes += delivered
    }
  }

  // MARK: Roles

  private func role(of direction: FlowDirection) -> Role? {
    clientDirection.map { $0 == direction ? .client : .server }
  }

  private func decideRoles(client: FlowDirection, by basis: RoleBasis) {
    clientDirection = client
    roleBasis = basis
  }

  private func decideRolesByContent(_ packet: borrowing Packet, _ direction: FlowDirection) {
    network.isStartMissing = network.syns.isEmpty && network.synAck == nil
    if TLSConversation.startsWithHello(packet.payload, from: .client) == true {
      decideRoles(client: direction, by: .clientHello)
    } else if TLSConversation.startsWithHello(packet.payload, from: .server) == true {
      decideRoles(client: direction.opposite, by: .clientHello)
    } else {
      decideRoles(client: directionFromHigherPort, by: .port)
    }
  }

  private var directionFromHigherPort: FlowDirection { key.low.port > key.high.port ? .forward : .reverse }

  // MARK: The end

  private func settleIfDone() {
    if interpreter?.isDone(after: limits.recordsBeforeSettling) == true { settle() }
  }

  private func settle() {
    isSettled = true
    forward.settle()
    reverse.settle()
  }

  /// The finished story. The recorder is used up.
  ///
  /// - Parameter timeout: the moment at which waiting for the handshake to go on was given up.
  func finish(timeout: Timestamp? = nil) -> Connection {
    let end = FrameNote(frame: lastFrame, time: lastTime)
    if !isSettled {
      for direction in [FlowDirection.forward, .reverse] {
        if let limit = withEnd(direction, { $0.reassembler.bufferedBytes > 0 ? $0.lostUpTo : nil }) {
          skipLostBytes(of: direction, upTo: limit, end)
        }
      }
    }
    interpreter?.finish()
    var connection = story()
    if let timeout, connection.outcome == .incomplete, !connection.network.isStartMissing {
      connection.ended = timeout
      connection.outcome = .failed
    }
    return connection
  }

  /// The story so far.
  private func story() -> Connection {
    if clientDirection == nil { decideRoles(client: directionFromHigherPort, by: .port) }
    let clientIsForward = clientDirection == .forward
    var network = network
    if network.syns.isEmpty && network.synAck == nil { network.isStartMissing = true }
    network.client = (clientIsForward ? forward : reverse).finishedFacts()
    network.server = (clientIsForward ? reverse : forward).finishedFacts()
    network.clientFin = (clientIsForward ? forward : reverse).fin
    network.serverFin = (clientIsForward ? reverse : forward).fin
    if !clientIsForward {
      for index in network.resets.indices { network.resets[index].sender = network.resets[index].sender.peer }
      for index in network.icmpErrors.indices {
        network.icmpErrors[index].quotedSender = network.icmpErrors[index].quotedSender.peer
      }
    }
    var connection = Connection(
      index: index, transport: .tcp, client: clientIsForward ? key.low : key.high,
      server: clientIsForward ? key.high : key.low, roleBasis: roleBasis, firstFrame: firstFrame, started: firstTime)
    connection.lastFrame = lastFrame
    connection.ended = lastTime
    connection.network = network
    if let interpreter { connection.transcript = interpreter.transcript }
    connection.recogniseEncryptedAlerts()
    connection.outcome = connection.judgedOutcome
    return connection
  }

  // MARK: Live

  /// The story, where it has come to a point at `now` at which it can be told; nil to wait.
  func tellableStory(now: Timestamp, timing: LiveTiming) -> Connection? {
    looks += 1
    let quiet = now.seconds(since: lastTime)
    if isClosing {
      return quiet >= patience(timing) || looks > 20 ? tell() : nil
    }
    // Busy connections are looked at all the same after a while.
    guard quiet >= patience(timing) || isSettled || looks > 3 else { return nil }
    if network.synAck == nil, let first = network.syns.first {
      return now.seconds(since: first.time) >= timing.connecting ? tell(timeout: now) : nil
    }
    guard interpreter?.isTLS == true else { return nil }
    if judged != lastTime {
      judged = lastTime
      let story = story()
      if isSettled || story.outcome == .established || !story.fatalAlerts.isEmpty { return tell() }
    }
    return quiet >= timing.answering && !network.isStartMissing ? tell(timeout: now) : nil
  }

  /// Whether time alone may bring the story to its point.
  var awaitsTime: Bool {
    if isTold { return false }
    if isClosing || network.synAck == nil && !network.syns.isEmpty { return true }
    return interpreter?.isTLS == true && !network.isStartMissing
  }

  /// Somebody has ended the connection, or it is reported not to come about.
  private var isClosing: Bool {
    closed != nil || forward.fin != nil || reverse.fin != nil || network.synAck == nil && !network.icmpErrors.isEmpty
  }

  /// Long enough for an answer that is on its way to arrive.
  private func patience(_ timing: LiveTiming) -> Double {
    guard let syn = network.syns.last, let answer = network.synAck else { return timing.quiet }
    return min(max(timing.quiet, 3 * answer.time.seconds(since: syn.time)), timing.longestQuiet)
  }

  private func tell(timeout: Timestamp? = nil) -> Connection {
    let connection = finish(timeout: timeout)
    isTold = true
    settle()
    interpreter = nil
    return connection
  }
}
