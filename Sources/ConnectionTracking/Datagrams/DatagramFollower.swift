import CertificateCompression
import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

/// Follows one UDP flow that carries QUIC or DTLS, datagram by datagram.
final class DatagramFollower {
  let key: ConnectionKey
  let index: Int
  private(set) var lastTime: Timestamp
  private var lastFrame: Int
  private let firstFrame: Int
  private let firstTime: Timestamp
  private var client: FlowDirection
  // One of the two. Each changes in its place: a copy for each datagram would copy all that waits in it.
  private var quic: QUICConversation?
  private var dtls: DTLSConversation?
  private var writer: TranscriptBuilder
  private var network = NetworkFacts()
  private let keyLog: KeyLog?
  private let certificates: CertificateInterner
  /// Live: the story was told while the flow went on; what follows is not.
  private(set) var isTold = false
  /// Set by whoever holds it: it is among the flows that go on.
  var isFollowed = true
  /// Bytes that are kept until more of their messages comes.
  private(set) var heldBytes = 0
  /// Set by whoever counts them: it is among the flows that may hold some.
  var isHolding = false
  /// Live: the last datagram that the story so far was judged with.
  private var judged: Timestamp?

  /// Nil where the datagram opens neither QUIC nor DTLS.
  init?(
    key: ConnectionKey, index: Int, first packet: borrowing Packet, keyLog: KeyLog?, certificates: CertificateInterner
  ) {
    if QUICConversation.looksLikeQUIC(packet.payload) {
      quic = Self.quicConversation(keyLog)
      client = packet.payload.isQUICServerPacket ? key.direction.opposite : key.direction
    } else if DTLSConversation.looksLikeDTLS(packet.payload) {
      dtls = Self.dtlsConversation(keyLog)
      client = packet.payload.startsDTLSClientHello ? key.direction : key.direction.opposite
    } else {
      return nil
    }
    self.key = key
    self.index = index
    self.keyLog = keyLog
    self.certificates = certificates
    firstFrame = packet.frame
    lastFrame = packet.frame
    firstTime = packet.timestamp
    lastTime = packet.timestamp
    writer = TranscriptBuilder(certificates: certificates)
    writer.transcript.isTLS = true
  }

  private static func quicConversation(_ keyLog: KeyLog?) -> QUICConversation {
    var quic = QUICConversation(keyLog: keyLog)
    quic.certificateDecompressor = CertificateUnpacker()
    return quic
  }

  private static func dtlsConversation(_ keyLog: KeyLog?) -> DTLSConversation {
    var dtls = DTLSConversation(keyLog: keyLog)
    dtls.certificateDecompressor = CertificateUnpacker()
    return dtls
  }

  /// A ClientHello comes from the client, whoever spoke first: what was read before with the roles the other way round
  /// was no handshake, and is forgotten.
  private func turnRolesAtClientHello(_ payload: RawSpan, direction: FlowDirection) {
    guard dtls != nil, direction != client, writer.transcript.clientHellos.isEmpty,
      writer.transcript.serverHellos.isEmpty, payload.startsDTLSClientHello
    else { return }
    self.client = direction
    dtls = Self.dtlsConversation(keyLog)
    writer = TranscriptBuilder(certificates: certificates)
    writer.transcript.isTLS = true
    let client = network.client
    network.client = network.server
    network.server = client
    for index in network.icmpErrors.indices {
      network.icmpErrors[index].quotedSender = network.icmpErrors[index].quotedSender.peer
    }
  }

  func receive(_ packet: borrowing Packet, direction: FlowDirection) {
    turnRolesAtClientHello(packet.payload, direction: direction)
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    lastFrame = packet.frame
    lastTime = packet.timestamp
    let role: Role = direction == client ? .client : .server
    if packet.payload.byteCount < packet.payloadLength { network.truncatedFrames += 1 }
    var facts = network[role]
    facts.segments += 1
    facts.dataSegments += 1
    facts.payloadBytes &+= UInt64(packet.payloadLength)
    facts.largestSegment = max(facts.largestSegment, packet.payloadLength)
    facts.hopLimit = facts.hopLimit ?? packet.hopLimit
    if facts.firstData == nil { facts.firstData = moment }
    facts.lastData = moment
    network[role] = facts
    writer.now = moment
    guard !isSettled else { return }
    quic?.receive(datagram: packet.payload, from: role, frame: packet.frame) { writer.note($0) }
    dtls?.receive(datagram: packet.payload, from: role, frame: packet.frame) { writer.note($0) }
    heldBytes = quic?.heldBytes ?? dtls?.heldBytes ?? 0
  }

  /// Forgets those bytes, since others need the memory; the story says how many.
  func dropHeld() {
    network.client.refusedBytes &+= UInt64(heldBytes)
    quic?.dropHeld()
    dtls?.dropHeld()
    heldBytes = 0
  }

  /// Data flows both ways: what follows is counted, not read.
  private var isSettled: Bool {
    if let facts = quic?.facts { return facts.client.oneRTT > 16 && facts.server.oneRTT > 16 }
    guard let facts = dtls?.facts else { return false }
    return facts.client.encryptedRecords > 16 && facts.server.encryptedRecords > 16
  }

  func receive(_ note: ICMPNote, direction: FlowDirection) {
    lastFrame = note.frame
    guard network.icmpErrors.count < 8 else { return }
    var note = note
    note.quotedSender = direction == client ? .client : .server
    network.icmpErrors.append(note)
  }

  // MARK: Live

  /// The story, where it has come to a point at `now` at which it can be told; nil to wait.
  func tellableStory(now: Timestamp, timing: LiveTiming) -> Connection? {
    let quiet = now.seconds(since: lastTime)
    let age = now.seconds(since: firstTime)
    guard !isTold, quiet >= timing.quiet || isSettled || age >= 1 else { return nil }
    let isOverdue = quiet >= timing.answering || network.server.segments == 0 && age >= timing.connecting
    guard judged != lastTime || isOverdue else { return nil }
    judged = lastTime
    var story = finish(now: now)
    // Clients repeat themselves before they give up: an answer may still come.
    let mayBeAnswered = network.server.segments == 0 && network.icmpErrors.isEmpty
    if isOverdue, story.outcome != .established {
      story.outcome = .failed
      story.ended = now
    } else if story.outcome == .incomplete || story.outcome == .failed && mayBeAnswered {
      return nil
    }
    isTold = true
    return story
  }

  /// The story, told when the capture has come to `now`.
  func finish(now: Timestamp) -> Connection {
    writer.noteDecryption(keyLog)
    let clientIsLow = client == .forward
    var connection = Connection(
      index: index, transport: .quic, client: clientIsLow ? key.low : key.high,
      server: clientIsLow ? key.high : key.low,
      roleBasis: .clientHello, firstFrame: firstFrame, started: firstTime)
    connection.lastFrame = lastFrame
    connection.ended = max(firstTime, lastTime)
    connection.network = network
    connection.transcript = writer.transcript
    connection.quic = quic?.facts
    if let facts = dtls?.facts {
      connection.transport = .dtls
      connection.dtls = facts
    }
    connection.network.silence = NetworkFacts.silence(from: lastTime, to: now)
    connection.decideOutcome()
    return connection
  }
}
