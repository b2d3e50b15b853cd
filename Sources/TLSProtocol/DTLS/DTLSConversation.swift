internal import Bytes

/// Both directions of one DTLS connection (RFC 4347, RFC 6347, RFC 9147): cuts records from datagrams, joins handshake
/// messages from fragments, drops retransmissions, tells plaintext from ciphertext, and opens DTLS 1.0 and 1.2 records
/// with a key log.
///
/// Messages come out in the order of their numbers, each once. Nothing that a peer sends makes it fail, and what it keeps
/// is bounded.
public struct DTLSConversation {
  /// What is known of one sender.
  struct Side {
    var assembler = DTLSHandshakeAssembler()
    var cipher: RecordCipher?
  }

  /// What was counted so far.
  public internal(set) var facts = DTLSFacts()
  /// Unpacks compressed certificates; without one they are noted, not read.
  public var certificateDecompressor: (any CertificateDecompressor)?

  let keyLog: KeyLog?
  var client = Side()
  var server = Side()
  /// The version in it is the TLS version that the negotiated DTLS version follows.
  var context = HandshakeContext()
  var clientRandom: [UInt8] = []
  var messageCount = 0

  static let messageLimit = 512
  /// Encrypted records beyond this many are counted, not opened: the handshake is over by then.
  private static let openedLimit = 64

  public init(keyLog: KeyLog?) { self.keyLog = keyLog }

  /// Bytes that are kept until more of their messages comes.
  public var heldBytes: Int { client.assembler.heldBytes &+ server.assembler.heldBytes }

  /// Forgets them.
  public mutating func dropHeld() {
    client.assembler.dropHeld()
    server.assembler.dropHeld()
  }

  /// Whether a datagram holds DTLS records in full and nothing else: what a connection's first datagram looks like. The
  /// first record tells most; the lengths of all have to add up to the datagram's.
  public static func looksLikeDTLS(_ datagram: RawSpan) -> Bool {
    var cursor = ByteCursor(datagram)
    guard let header = try? DTLSRecordHeader(parsing: &cursor, idLength: 0), !header.isShort, header.length > 0,
      let fragment = try? cursor.slice(header.length)
    else { return false }
    // How long an identifier in it is nobody knows who missed the hellos.
    if header.contentType == .tls12CID { return true }
    if header.contentType == .handshake, header.epoch == 0, !startsMessage(fragment) { return false }
    var left = recordLimit
    while !cursor.isAtEnd, left > 0 {
      left -= 1
      guard let next = try? DTLSRecordHeader(parsing: &cursor, idLength: 0),
        (try? cursor.slice(next.length)) != nil
      else { return false }
    }
    return true
  }

  /// Of a datagram's records so many are looked at.
  private static let recordLimit = 64

  /// A fragment of a handshake message that lies within its message and its record (RFC 6347 §4.2.2).
  private static func startsMessage(_ fragment: ByteCursor) -> Bool {
    var cursor = fragment
    guard (try? cursor.skip(1)) != nil, let length = try? cursor.readUInt24(), (try? cursor.skip(2)) != nil,
      let offset = try? cursor.readUInt24(), let count = try? cursor.readUInt24()
    else { return false }
    return offset + count <= length && count <= cursor.remaining
  }

  /// Reads one UDP payload. Where the sender is unknown, a handshake message in the clear tells; other datagrams are then
  /// left out.
  public mutating func receive(datagram: RawSpan, from sender: Role?, frame: Int, emit: (TLSEvent) -> Void) {
    var cursor = ByteCursor(datagram)
    guard let sender = sender ?? Self.sender(of: cursor) else { return }
    let context = EventContext(sender: sender, frame: frame)
    while !cursor.isAtEnd {
      let idLength = (sender == .client ? facts.server : facts.client).connectionID?.count ?? 0
      guard let header = try? DTLSRecordHeader(parsing: &cursor, idLength: idLength),
        let fragment = try? cursor.slice(header.length)
      else {
        noteMalformed(sender)
        if cursor.offset == 0 { emit(context.event(.notTLS)) }
        return
      }
      receive(header, fragment, context, emit)
    }
  }

  private static func sender(of start: ByteCursor) -> Role? {
    var cursor = start
    guard let header = try? DTLSRecordHeader(parsing: &cursor, idLength: 0), header.epoch == 0,
      header.contentType == .handshake
    else { return nil }
    switch cursor.peek() {
    case 1, 16: return .client
    case 2, 3, 12, 13, 14: return .server
    default: return nil
    }
  }

  private mutating func receive(
    _ header: DTLSRecordHeader, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    let isEncrypted = header.isShort || header.epoch > 0 || header.contentType == .tls12CID
    var note = RecordNote(
      contentType: header.contentType, version: header.version, length: header.length, isEncrypted: isEncrypted)
    let encryptedCount = withSent(context.sender) { sent in
      sent.records += 1
      guard isEncrypted else { return 0 }
      sent.encryptedRecords += 1
      sent.firstEncryptedFrame = sent.firstEncryptedFrame ?? context.frame
      return sent.encryptedRecords
    }
    guard isEncrypted else {
      emit(context.event(.record(note)))
      return read(header.contentType, fragment, isDecrypted: false, context, emit)
    }
    // Keys were switched: what is missing of the flight before will not come in the clear any more.
    flush(context, emit)
    var whole = fragment
    let bytes = whole.readRemaining()
    guard !header.isShort, header.contentType != .tls12CID, encryptedCount <= Self.openedLimit,
      var cipher = side(context.sender).cipher
    else { return emit(context.event(.record(note))) }
    let opened = cipher.open(
      bytes,
      RecordCipher.Header(
        contentType: header.contentType, version: header.version,
        sequenceNumber: UInt64(header.epoch) << 48 | header.sequenceNumber))
    guard let opened else {
      emit(context.event(.record(note)))
      return emit(context.event(.decryptionFailed(recordLength: header.length)))
    }
    note.innerContentType = header.contentType
    note.innerLength = opened.count
    emit(context.event(.record(note)))
    opened.withCursor { read(header.contentType, $0, isDecrypted: true, context, emit) }
  }

  func side(_ role: Role) -> Side { role == .client ? client : server }

  mutating func withSide<Result>(_ role: Role, _ body: (inout Side) -> Result) -> Result {
    role == .client ? body(&client) : body(&server)
  }

  mutating func withSent<Result>(_ role: Role, _ body: (inout DTLSFacts.Sent) -> Result) -> Result {
    role == .client ? body(&facts.client) : body(&facts.server)
  }

  mutating func noteMalformed(_ sender: Role) { withSent(sender) { $0.malformed += 1 } }
}
