/// One thing that a TLS conversation shows, in the order in which its bytes arrive.
public struct TLSEvent: Sendable {
  /// Who sent it.
  public var sender: Role
  /// The frame in which its last byte arrived in order.
  public var frame: Int
  /// What was read.
  public var kind: Kind

  /// What was read.
  public enum Kind: Sendable {
    /// A whole record arrived. Comes before the messages and alerts that it completes.
    case record(RecordNote)
    /// A handshake message in the clear, or decrypted with keys.
    case handshake(HandshakeMessage)
    /// An alert in the clear, or decrypted with keys.
    case alert(Alert, isDecrypted: Bool)
    /// The stream does not hold TLS (any more) at this place: no record header that makes sense.
    case notTLS
    /// A record of this length that could not be decrypted although keys were there.
    case decryptionFailed(recordLength: Int)
  }

  public init(sender: Role, frame: Int, kind: Kind) {
    self.sender = sender
    self.frame = frame
    self.kind = kind
  }
}

/// What a record's header says, RFC 8446 §5.1.
public struct RecordNote: Hashable, Sendable {
  // Kept for every record of many connections: lengths, which 16 bits bound on the wire, are kept in 32.
  private var storedLength: UInt32
  private var storedInnerLength: UInt32 = .max
  /// The version in the record's header.
  public var version: ProtocolVersion
  /// The content type in the record's header.
  public var contentType: ContentType
  /// The fragment is ciphertext: TLS 1.3's application_data, or anything after ChangeCipherSpec before it.
  public var isEncrypted: Bool
  /// The inner content type, where keys opened the record.
  public var innerContentType: ContentType?

  public init(contentType: ContentType, version: ProtocolVersion, length: Int, isEncrypted: Bool) {
    self.contentType = contentType
    self.version = version
    self.storedLength = UInt32(clamping: length)
    self.isEncrypted = isEncrypted
  }

  /// Bytes of fragment, without the 5-byte header.
  public var length: Int {
    get { Int(storedLength) }
    set { storedLength = UInt32(clamping: newValue) }
  }

  /// Bytes of plaintext, where keys opened the record.
  public var innerLength: Int? {
    get { storedInnerLength == .max ? nil : Int(storedInnerLength) }
    set { storedInnerLength = newValue.map { UInt32(clamping: $0) } ?? .max }
  }
}

/// A whole handshake message.
public struct HandshakeMessage: Sendable {
  /// The message's type.
  public var type: HandshakeType
  /// Bytes with the 4-byte header.
  public var length: Int
  /// What it says.
  public var body: HandshakeBody
  /// It was encrypted, and a key log opened it.
  public var isDecrypted: Bool

  public init(type: HandshakeType, length: Int, body: HandshakeBody, isDecrypted: Bool = false) {
    self.type = type
    self.length = length
    self.body = body
    self.isDecrypted = isDecrypted
  }
}
