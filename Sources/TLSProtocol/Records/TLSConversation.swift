internal import Bytes

/// Both directions of one TLS connection: cuts records, joins handshake messages, tells plaintext from ciphertext, and
/// decrypts where a key log holds the secrets.
///
/// It starts at the byte where TLS starts; what stands before (STARTTLS, a PROXY header) is the caller's. Nothing that a
/// peer sends makes it fail, and it holds at most one record and one message a direction.
public struct TLSConversation {
  var client = ConversationDirection(sender: .client)
  var server = ConversationDirection(sender: .server)
  var context = HandshakeContext()
  var isSSLv2 = false
  var isSettled = false
  /// Unpacks compressed certificates; without one they are noted, not read.
  public var certificateDecompressor: (any CertificateDecompressor)?

  /// The most handshake messages of a direction that are read; a peer that sends more is up to something else.
  static let messageLimit = 512

  let keyLog: KeyLog?
  /// Why the key log opens nothing here; nil before the ServerHello, without a key log, and where keys were found.
  public private(set) var decryptionObstacle: RecordDecryptor.Obstacle?
  /// The random of the last ClientHello: secrets are filed under it.
  private var clientRandom: ArraySlice<UInt8> = []
  /// Keys for whatever is sent behind the next ChangeCipherSpec, TLS 1.2 and earlier.
  private var nextDecryptor: RecordDecryptor?

  /// What hellos were read before, shared with other conversations of the same thread.
  let memory: HelloCache?

  public init(
    keyLog: KeyLog?, memory: HelloCache? = nil, certificateDecompressor: (any CertificateDecompressor)? = nil
  ) {
    self.keyLog = keyLog
    self.memory = memory
    self.certificateDecompressor = certificateDecompressor
  }

  /// Bytes of records and messages whose end has not come yet.
  ///
  /// Mutating, so that an optional conversation is looked at in place: a copy would retain its buffers and keys.
  public mutating func countBufferedBytes() -> Int {
    client.records.bufferedBytes &+ client.handshake.bufferedBytes
      &+ server.records.bufferedBytes &+ server.handshake.bufferedBytes
  }

  /// The version that the server chose; nil until a ServerHello was seen.
  public var negotiatedVersion: ProtocolVersion? { context.version }

  /// Reads the next bytes of one direction, in order, as TCP delivers them. Events come in the order in which their
  /// bytes arrive; each carries `frame`, since these bytes complete it.
  public mutating func receive(
    _ bytes: RawSpan, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    var piece = ByteCursor(bytes)
    while true {
      // As nearly every segment ends.
      if piece.isAtEnd, state(of: sender, { $0.records.isBetweenRecords }) { return }
      let wanted = wantedRecords(from: sender)
      let step = change(sender) { $0.records.advance(&piece, wants: wanted) }
      let context = EventContext(sender: sender, frame: frame)
      switch step {
      case .needsMore: return
      case .notTLS: emit(context.event(.notTLS))
      case .passed(let header): notePassedRecord(header, context, emit)
      case .inPlace(let header):
        guard let fragment = try? piece.slice(header.length) else { return }
        noteRecord(header, fragment, context, emit)
      case .buffered(let header):
        let fragment = change(sender) { $0.records.takeFragment() }
        fragment.withCursor { noteRecord(header, $0, context, emit) }
      case .damaged(let header):
        let prefix = change(sender) { $0.records.takeFragment() }
        prefix.withCursor { noteDamagedRecord(header, $0, context, emit) }
      }
    }
  }

  /// Notes that `count` bytes of one direction are missing at this place; zero where nobody knows how many, as at the
  /// start of a capture that begins in mid-stream.
  ///
  /// A gap inside a record loses that record's messages at most. Behind any other gap, records are searched for.
  public mutating func skip(_ count: Int, from sender: Role) {
    change(sender) { $0.records.skip(count) }
  }

  /// From here on, walk record headers only: alerts in the clear are still read, everything else is noted by its length.
  /// Frees what the handshake needed.
  public mutating func settle() {
    isSettled = true
    client.handshake = HandshakeReader()
    server.handshake = HandshakeReader()
  }

  /// Reads one side's state in place: a copy would retain its buffers and keys for every record.
  @inline(__always)
  func state<Result>(of sender: Role, _ read: (borrowing ConversationDirection) -> Result) -> Result {
    sender == .client ? read(client) : read(server)
  }

  /// Changes one side's state in place.
  @inline(__always)
  mutating func change<Result>(_ sender: Role, _ body: (inout ConversationDirection) -> Result) -> Result {
    sender == .client ? body(&client) : body(&server)
  }

  /// Which records' content matters, as things stand: the rest passes by uncopied.
  private func wantedRecords(from sender: Role) -> WantedRecords {
    WantedRecords(
      handshake: !isSettled && !isCertainlyProtected(sender),
      ciphertext: !isSettled && state(of: sender) { $0.decryptor != nil }
    )
  }

  // MARK: Keys

  /// Takes in what a hello settles, from the plaintext handshake or, in a renegotiation, from inside the protection.
  mutating func note(_ hello: ClientHello) { clientRandom = hello.random }

  mutating func note(_ hello: ServerHello) {
    context.note(hello)
    guard let keyLog, !hello.isHelloRetryRequest, !hello.isSSLv2Format else { return }
    let (clientRandom, serverRandom) = (Array(clientRandom), Array(hello.random))
    decryptionObstacle = RecordDecryptor.obstacle(
      keyLog: keyLog, clientRandom: clientRandom, serverRandom: serverRandom, version: hello.version,
      cipherSuite: hello.cipherSuite)
    let decryptor = RecordDecryptor(
      keyLog: keyLog, clientRandom: clientRandom, serverRandom: serverRandom, version: hello.version,
      cipherSuite: hello.cipherSuite, encryptThenMAC: hello.has(.encryptThenMAC))
    if context.isTLS13 {
      client.decryptor = decryptor
      server.decryptor = decryptor
    } else {
      nextDecryptor = decryptor
    }
  }

  /// A side switched to the keys that the last hellos agreed on.
  mutating func noteChangeCipherSpec(from sender: Role) {
    let next = context.isTLS13 ? nil : nextDecryptor
    change(sender) { direction in
      direction.didChangeCipherSpec = true
      if let next { direction.decryptor = next }
    }
  }

  /// Data comes after keys: where no ChangeCipherSpec was seen before it, one was lost.
  mutating func noteData(from sender: Role) {
    if !state(of: sender, \.didChangeCipherSpec) { noteChangeCipherSpec(from: sender) }
  }
}

/// Which records' content a conversation wants.
struct WantedRecords {
  var handshake: Bool
  var ciphertext: Bool

  func contains(_ header: RecordHeader) -> Bool {
    if ciphertext || header.isSSLv2 { return true }
    switch header.contentType {
    case .handshake: return handshake
    case .changeCipherSpec: return header.length == 1
    // An alert in the clear is two bytes; a few may share a record. Longer ones are ciphertext.
    case .alert: return header.length <= ConversationDirection.plaintextAlertLimit
    default: return false
    }
  }
}

/// Who sent what is being read, and in which frame.
struct EventContext {
  var sender: Role
  var frame: Int

  func event(_ kind: consuming TLSEvent.Kind) -> TLSEvent { TLSEvent(sender: sender, frame: frame, kind: kind) }
}
