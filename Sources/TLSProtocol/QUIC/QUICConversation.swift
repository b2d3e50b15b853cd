internal import Bytes

/// Both directions of one QUIC connection's handshake: opens packets (Initial ones always, later ones with a key log),
/// puts CRYPTO frames in order and reads the TLS messages in them (RFC 9000, RFC 9001).
///
/// A CONNECTION_CLOSE with a CRYPTO_ERROR comes out as the alert that it carries; everything else that QUIC tells stands
/// in `facts`. Nothing that a peer sends makes it fail, and what it keeps is bounded.
public struct QUICConversation {
  /// Levels of protection whose CRYPTO frames matter, RFC 9001 §4.1.3.
  enum Level: Int { case initial, handshake, oneRTT }

  /// What is known of one sender.
  struct Side {
    var streams = [FragmentAssembler(), FragmentAssembler(), FragmentAssembler()]
    var readers = [HandshakeReader(), HandshakeReader(), HandshakeReader()]
    var largestNumber: [UInt64?] = [nil, nil, nil]
    /// The identifier that this side chose for itself.
    var connectionID: [UInt8]?
    var handshakeKeys: QUICKeys?
    var oneRTTKeys: QUICKeys?
    var openedOneRTT = 0

    var heldBytes: Int {
      streams.reduce(0) { $0 &+ $1.pendingCount } &+ readers.reduce(0) { $0 &+ $1.bufferedBytes }
    }
  }

  private struct InitialKeys {
    var destinationID: [UInt8]
    var version: QUICVersion
    var client: QUICKeys
    var server: QUICKeys
  }

  /// A packet that came before its keys.
  private struct Waiting {
    var datagram: [UInt8]
    var header: QUICPacketHeader
    var sender: Role
    var frame: Int
  }

  /// What was counted so far.
  public internal(set) var facts = QUICFacts()
  /// Unpacks compressed certificates; without one they are noted, not read.
  public var certificateDecompressor: (any CertificateDecompressor)?

  let keyLog: KeyLog?
  var client = Side()
  var server = Side()
  private var initialKeys: [InitialKeys] = []
  /// Keys that have opened nothing yet, the last few.
  private var untriedKeys: [InitialKeys] = []
  /// How many pairs of keys were derived; datagrams may name ever new identifiers and versions.
  private(set) var derivedKeys = 0
  /// Initial packets since one could be opened.
  private var unopenedInitials = 0
  /// Attempts to open a packet so far.
  private(set) var attempts = 0
  private var waiting: [Waiting] = []
  var context = HandshakeContext()
  var clientRandom: [UInt8]?
  /// The ClientHello that a Retry makes the client repeat.
  var repeatedHello: [UInt8] = []
  var messageCount = 0

  private static let waitingLimit = 8
  private static let untriedLimit = 4
  private static let derivedLimit = 32
  private static let unopenedLimit = 32
  /// Of packets that share a datagram so many are opened, and one more for each so many bytes: more than any stack sends,
  /// also where a capture shows many datagrams as the one in which the sender's kernel took them over.
  private static let (coalescedLimit, coalescedSize) = (8, 200)
  static let messageLimit = 512
  /// Only so many 1-RTT packets are opened, except small ones: a CONNECTION_CLOSE is small.
  private static let oneRTTLimit = 32
  private static let smallPacket = 256

  public init(keyLog: KeyLog?) { self.keyLog = keyLog }

  /// Bytes that are kept until more of their messages, or the keys of their packets, come.
  public var heldBytes: Int {
    client.heldBytes &+ server.heldBytes &+ waiting.reduce(0) { $0 &+ $1.datagram.count }
  }

  /// Forgets what waits for bytes before it, or for keys.
  public mutating func dropHeld() {
    waiting = []
    for index in client.streams.indices {
      client.streams[index].dropPending()
      server.streams[index].dropPending()
    }
  }

  /// Whether a datagram opens a QUIC connection: a long header of a known version with an Initial packet, padded as RFC
  /// 9000 §14.1 demands, or of one that is sent to have the version negotiated (§15); or a Version Negotiation packet
  /// that offers versions.
  public static func looksLikeQUIC(_ datagram: RawSpan) -> Bool {
    var cursor = ByteCursor(datagram)
    guard let first = cursor.peek(), first & 0x80 != 0,
      let header = try? QUICPacketHeader(parsing: &cursor, shortIDLength: 0), let version = header.version
    else { return false }
    switch header.kind {
    case .versionNegotiation: return header.isPlausibleNegotiation && cursor.isAtEnd
    case .initial:
      return (version.isSupported || version.isReserved && first & 0x40 != 0) && header.destinationID.count >= 8
        && datagram.byteCount >= 1200
    default: return version.isSupported && first & 0x40 != 0
    }
  }

  /// Reads one UDP payload. Where the sender is unknown the packets tell.
  public mutating func receive(datagram: RawSpan, from sender: Role?, frame: Int, emit: (TLSEvent) -> Void) {
    var cursor = ByteCursor(datagram)
    let bytes = cursor.readRemaining()
    cursor = ByteCursor(datagram)
    var left = Self.coalescedLimit + bytes.count / Self.coalescedSize
    var destination: [UInt8]?
    while let first = cursor.peek() {
      // Behind a packet, a byte without the fixed bit is padding of the datagram (RFC 9000 §17.2).
      if cursor.offset > 0, first & 0x40 == 0 { return }
      // A short header's receiver chose the identifier's length; nobody knows it where its hello was missed.
      let receiver = sender.map { side($0.peer).connectionID?.count ?? 0 } ?? client.connectionID?.count ?? 0
      guard let header = try? QUICPacketHeader(parsing: &cursor, shortIDLength: receiver) else { return }
      guard let origin = sender ?? self.sender(of: header) else { return }
      note(header, from: origin, frame: frame)
      // All packets of a datagram go to one place (RFC 9000 §12.2).
      if header.version != nil {
        guard destination == nil || destination == header.destinationID else { continue }
        destination = header.destinationID
      }
      left -= 1
      if left >= 0 { receive(bytes, header, from: origin, frame: frame, emit: emit) }
    }
  }

  /// Who sent a packet, by the identifiers that each side chose; the first Initial comes from the client.
  private func sender(of header: QUICPacketHeader) -> Role? {
    if header.kind == .versionNegotiation || header.kind == .retry { return .server }
    if !header.sourceID.isEmpty || !header.destinationID.isEmpty {
      if let id = client.connectionID, header.version != nil, id == header.sourceID, id != header.destinationID {
        return .client
      }
      if let id = client.connectionID, id == header.destinationID { return .server }
      if let id = server.connectionID, id == header.destinationID { return .client }
    }
    return header.kind == .initial || header.kind == .zeroRTT ? .client : nil
  }

  private mutating func receive(
    _ datagram: [UInt8], _ header: QUICPacketHeader, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    switch header.kind {
    case .versionNegotiation:
      facts.negotiationOffer = facts.negotiationOffer ?? header.supportedVersions
      facts.negotiationFrame = facts.negotiationFrame ?? frame
    case .retry:
      guard facts.retryFrame == nil, let version = header.version else { return }
      facts.retryFrame = frame
      // The client starts over. It must send the same ClientHello again, which then tells nothing new.
      client.streams[Level.initial.rawValue] = FragmentAssembler()
      client.readers[Level.initial.rawValue] = HandshakeReader()
      if let original = initialKeys.first?.destinationID, header.start < header.end {
        facts.isRetryGenuine = QUICKeys.isGenuineRetry(
          datagram[header.start..<header.end], originalDestinationID: original, version: version)
      }
    case .zeroRTT: break
    case .initial: openInitial(datagram, header, from: sender, frame: frame, emit: emit)
    case .handshake, .oneRTT: open(datagram, header, from: sender, frame: frame, emit: emit)
    }
  }

  /// Notes what a header alone tells.
  private mutating func note(_ header: QUICPacketHeader, from sender: Role, frame: Int) {
    withPackets(of: sender) { packets in
      switch header.kind {
      case .initial: packets.initial += 1
      case .zeroRTT: packets.zeroRTT += 1
      case .handshake:
        packets.handshake += 1
        packets.firstHandshakeFrame = packets.firstHandshakeFrame ?? frame
      case .oneRTT:
        packets.oneRTT += 1
        packets.firstOneRTTFrame = packets.firstOneRTTFrame ?? frame
      case .retry, .versionNegotiation: break
      }
    }
    guard let version = header.version, header.kind != .versionNegotiation, header.kind != .retry else { return }
    if sender == .client {
      facts.clientVersion = facts.clientVersion ?? version
    } else {
      facts.serverVersion = facts.serverVersion ?? version
    }
    withSide(sender) { $0.connectionID = header.sourceID }
  }

  /// Opens an Initial packet with the keys of the identifier that the client's first packets went to; a Retry gives the
  /// client a new one (RFC 9001 §5.2).
  private mutating func openInitial(
    _ datagram: [UInt8], _ header: QUICPacketHeader, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    guard let version = header.version else { return }
    guard unopenedInitials < Self.unopenedLimit else { return withPackets(of: sender) { $0.unopened += 1 } }
    let largest = side(sender).largestNumber[Level.initial.rawValue]
    func opened(_ keys: InitialKeys) -> QUICKeys.Opened? {
      attempts += 1
      return (sender == .client ? keys.client : keys.server).open(datagram, header, largest: largest)
    }
    for keys in initialKeys.reversed() where keys.version == version {
      guard let packet = opened(keys) else { continue }
      unopenedInitials = 0
      return read(packet, .initial, from: sender, frame: frame, emit: emit)
    }
    // The client's packet names its identifier; the server may answer in another version (RFC 9368 §2.3).
    var candidates = initialKeys.filter { $0.version != version }.map(\.destinationID)
    if sender == .client { candidates.append(header.destinationID) }
    for identifier in candidates {
      guard let keys = untriedKeys(identifier, version), let packet = opened(keys) else { continue }
      untriedKeys = []
      unopenedInitials = 0
      initialKeys.append(keys)
      if initialKeys.count > 4 { initialKeys.remove(at: 1) }
      return read(packet, .initial, from: sender, frame: frame, emit: emit)
    }
    unopenedInitials += 1
    withPackets(of: sender) { $0.unopened += 1 }
  }

  /// The keys that follow from an identifier and a version; nil where that was asked for too many.
  private mutating func untriedKeys(_ identifier: [UInt8], _ version: QUICVersion) -> InitialKeys? {
    if let known = untriedKeys.first(where: { $0.version == version && $0.destinationID == identifier }) {
      return known
    }
    guard derivedKeys < Self.derivedLimit else { return nil }
    derivedKeys += 1
    guard let client = QUICKeys(initialOf: .client, destinationID: identifier, version: version),
      let server = QUICKeys(initialOf: .server, destinationID: identifier, version: version)
    else { return nil }
    let keys = InitialKeys(destinationID: identifier, version: version, client: client, server: server)
    untriedKeys.append(keys)
    if untriedKeys.count > Self.untriedLimit { untriedKeys.removeFirst() }
    return keys
  }

  /// Opens a Handshake or 1-RTT packet with secrets of the key log.
  private mutating func open(
    _ datagram: [UInt8], _ header: QUICPacketHeader, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    let level = header.kind == .handshake ? Level.handshake : .oneRTT
    let side = side(sender)
    if level == .oneRTT, side.openedOneRTT >= Self.oneRTTLimit, header.end - header.start > Self.smallPacket { return }
    let keys = level == .handshake ? side.handshakeKeys : side.oneRTTKeys
    guard let keys else {
      // Datagrams change places: what came before the ServerHello waits for it, if there may be keys at all.
      if keyLog != nil, context.cipherSuite == nil, waiting.count < Self.waitingLimit {
        waiting.append(Waiting(datagram: datagram, header: header, sender: sender, frame: frame))
      } else {
        withPackets(of: sender) { $0.unopened += 1 }
      }
      return
    }
    guard let opened = keys.open(datagram, header, largest: side.largestNumber[level.rawValue]) else {
      withPackets(of: sender) { $0.unopened += 1 }
      return
    }
    if level == .oneRTT { withSide(sender) { $0.openedOneRTT += 1 } }
    read(opened, level, from: sender, frame: frame, emit: emit)
  }

  /// Reads the frames of an opened packet.
  private mutating func read(
    _ opened: QUICKeys.Opened, _ level: Level, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    let largest = side(sender).largestNumber[level.rawValue]
    withSide(sender) { $0.largestNumber[level.rawValue] = max(largest ?? 0, opened.number) }
    var frames: [QUICFrame] = []
    // What stands before a frame of unknown type counts.
    try? QUICFrame.forEach(in: opened.payload) { frames.append($0) }
    for item in frames {
      switch item {
      case .crypto(let offset, let data):
        if side(sender).streams[level.rawValue].holds(data.count, at: offset) {
          withPackets(of: sender) { $0.repeatedPieces += 1 }
        }
        let ordered = withSide(sender) { $0.streams[level.rawValue].insert(data, at: offset) }
        if !ordered.isEmpty { readMessages(ordered, level, from: sender, frame: frame, emit: emit) }
      case .connectionClose(let close):
        // A side repeats its close in several packets and levels.
        guard !facts.closes.contains(where: { $0.sender == sender && $0.close.code == close.code }),
          facts.closes.count < 16
        else { continue }
        facts.closes.append(QUICFacts.Close(sender: sender, frame: frame, close: close))
        if let description = close.alert {
          let alert = Alert(level: AlertLevel(rawValue: 2), description: description)
          emit(TLSEvent(sender: sender, frame: frame, kind: .alert(alert, isDecrypted: level != .initial)))
        }
      case .handshakeDone: facts.handshakeDoneFrame = facts.handshakeDoneFrame ?? frame
      case .other: break
      }
    }
    if !waiting.isEmpty, context.cipherSuite != nil {
      let packets = waiting
      waiting = []
      for packet in packets {
        var header = packet.header
        if header.kind == .oneRTT {
          // Only now is the length of the receiver's identifier known.
          header.numberOffset = header.start + 1 + (side(packet.sender.peer).connectionID?.count ?? 0)
        }
        open(packet.datagram, header, from: packet.sender, frame: frame, emit: emit)
      }
    }
  }

  func side(_ role: Role) -> Side { role == .client ? client : server }

  mutating func withSide<Result>(_ role: Role, _ body: (inout Side) -> Result) -> Result {
    role == .client ? body(&client) : body(&server)
  }

  private mutating func withPackets(of role: Role, _ body: (inout QUICFacts.Packets) -> Void) {
    if role == .client { body(&facts.client) } else { body(&facts.server) }
  }
}
