public import NetworkValues
import PacketCapture
public import TLSProtocol

/// A value and where the capture shows it.
public struct Observed<Value: Sendable>: Sendable {
  public var frame: Int
  public var time: Timestamp
  public var value: Value
  public init(_ value: Value, frame: Int, time: Timestamp) {
    (self.value, self.frame, self.time) = (value, frame, time)
  }
}

/// What the two sides said, in order, each thing with its frame.
public struct Transcript: Sendable {
  /// The server's first bytes, at most ``prefixLimit``; none where it opens with TLS.
  public var serverPrefix: [UInt8] = []
  /// Plaintext before or instead of TLS, in order.
  public var plaintext: [PlaintextNote] = []
  /// TLS was recognised in this connection, from either side.
  public var isTLS = false
  /// Bytes of plaintext before the client's first TLS record.
  public var clientTLSOffset: Int?
  public var serverTLSOffset: Int?

  public var clientHellos: [Observed<ClientHello>] = []
  /// HelloRetryRequests stand here too, told apart by `isHelloRetryRequest`.
  public var serverHellos: [Observed<ServerHello>] = []
  public var encryptedExtensions: Observed<EncryptedExtensions>?
  /// The server's chain, leaf first.
  public var serverCertificates: Observed<[Certificate]>?
  /// The client's chain; an empty one says that it was asked and had none.
  public var clientCertificates: Observed<[Certificate]>?
  public var certificateRequest: Observed<CertificateRequest>?
  public var serverKeyExchange: Observed<ServerKeyExchange>?
  public var serverCertificateVerify: Observed<CertificateVerify>?
  public var clientCertificateVerify: Observed<CertificateVerify>?
  /// DER of a stapled OCSP response.
  public var stapledOCSPResponse: Observed<[UInt8]>?
  public var newSessionTickets = 0
  /// nil where nothing of the kind was seen.
  public var rareFeatures: RareFeatures? {
    get { rare.value }
    set { rare.value = newValue }
  }
  public var hasRareFeatures: Bool { !rare.isEmpty }
  private var rare = Aside<RareFeatures>()
  public var clientChangeCipherSpec: FrameNote?
  public var serverChangeCipherSpec: FrameNote?

  /// Every handshake message, up to ``messageLimit``.
  public var messages: [MessageNote] = []
  /// The records of the handshake and what follows, up to ``recordLimit``; the counts go on.
  public var records: [ObservedRecord] = []
  public var clientRecordCount = 0
  public var serverRecordCount = 0
  /// Alerts in the clear, decrypted, and those recognised by size and place.
  public var alerts: [AlertNote] = []
  public var malformed: [MalformedNote] = []
  /// Where a side's stream stopped making sense as TLS.
  public var notTLS: [Observed<Role>] = []
  public var decryption = Decryption.none

  public static let prefixLimit = 1024
  public static let messageLimit = 128
  public static let alertLimit = 16
  public static let recordLimit = 96

  public init() {}
}

/// A handshake message's place in the story.
public struct MessageNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public var sender: Role
  public var type: HandshakeType
  /// Bytes with the 4-byte header.
  public var length: Int
  public var isDecrypted: Bool
  public init(frame: Int, time: Timestamp, sender: Role, type: HandshakeType, length: Int, isDecrypted: Bool) {
    self.frame = frame
    self.time = time
    self.sender = sender
    self.type = type
    self.length = length
    self.isDecrypted = isDecrypted
  }
}

public struct ObservedRecord: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public var record: RecordNote
  public var sender: Role
  public init(frame: Int, time: Timestamp, sender: Role, record: RecordNote) {
    (self.frame, self.time, self.sender, self.record) = (frame, time, sender, record)
  }
}

/// An alert, read or recognised.
public struct AlertNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public var sender: Role
  /// What it says; nil for an encrypted alert that no key opened.
  public var alert: Alert?
  /// It was sent encrypted (whether keys opened it or not).
  public var isEncrypted: Bool
  /// Bytes of the record's fragment.
  public var recordLength: Int
  public init(frame: Int, time: Timestamp, sender: Role, alert: Alert?, isEncrypted: Bool, recordLength: Int) {
    self.frame = frame
    self.time = time
    self.sender = sender
    self.alert = alert
    self.isEncrypted = isEncrypted
    self.recordLength = recordLength
  }
}

/// Something that broke the protocol's format.
public struct MalformedNote: Sendable, Hashable {
  public var frame: Int
  public var sender: Role
  /// What and where, in words.
  public var text: String
  public init(frame: Int, sender: Role, text: String) { (self.frame, self.sender, self.text) = (frame, sender, text) }
}

/// Plaintext that one side sent where TLS was expected, or before it.
public struct PlaintextNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public var sender: Role
  public var kind: PlaintextKind
  /// The first line or bytes, with everything unprintable escaped; at most 120 characters.
  public var excerpt: String
  public init(frame: Int, time: Timestamp, sender: Role, kind: PlaintextKind, excerpt: String) {
    (self.frame, self.time, self.sender, self.kind, self.excerpt) = (frame, time, sender, kind, excerpt)
  }
}

/// What came of the key log for this connection.
public enum Decryption: Sendable, Hashable {
  /// No key log was given.
  case none
  /// The key log holds no secrets for this connection's ClientHello.
  case noSecrets
  /// Secrets were there, but records did not open, or the cipher suite is not supported.
  case failed
  case succeeded
}
