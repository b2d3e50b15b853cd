/// One thing that a TLS conversation shows, in the order in which its bytes arrive.
public struct TLSEvent: Sendable {
  /// Who sent it.
  public var sender: Role
  /// The frame in which its last byte arrived in order.
  public var frame: Int
  public var kind: Kind

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
  public var contentType: ContentType
  public var version: ProtocolVersion
  /// Bytes of fragment, without the 5-byte header.
  public var length: Int
  /// The fragment is ciphertext: TLS 1.3's application_data, or anything after ChangeCipherSpec before it.
  public var isEncrypted: Bool
  /// The inner content type and plaintext length, where keys opened the record.
  public var innerContentType: ContentType?
  public var innerLength: Int?

  public init(contentType: ContentType, version: ProtocolVersion, length: Int, isEncrypted: Bool) {
    self.contentType = contentType
    self.version = version
    self.length = length
    self.isEncrypted = isEncrypted
  }
}

/// A whole handshake message.
public struct HandshakeMessage: Sendable {
  public var type: HandshakeType
  /// Bytes with the 4-byte header.
  public var length: Int
  public var body: HandshakeBody
  public var isDecrypted: Bool

  public init(type: HandshakeType, length: Int, body: HandshakeBody, isDecrypted: Bool = false) {
    self.type = type
    self.length = length
    self.body = body
    self.isDecrypted = isDecrypted
  }
}
