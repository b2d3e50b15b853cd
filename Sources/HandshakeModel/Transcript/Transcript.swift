import NetworkValues
public import TLSProtocol

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
  /// Bytes of plaintext before the server's first TLS record.
  public var serverTLSOffset: Int?

  /// One, or two where the server asked for another.
  public var clientHellos: [Observed<ClientHello>] = []
  /// HelloRetryRequests stand here too, told apart by `isHelloRetryRequest`.
  public var serverHellos: [Observed<ServerHello>] = []
  /// TLS 1.3, where it could be decrypted.
  public var encryptedExtensions: Observed<EncryptedExtensions>?
  /// The server's chain, leaf first.
  public var serverCertificates: Observed<[Certificate]>?
  /// The client's chain; an empty one says that it was asked and had none.
  public var clientCertificates: Observed<[Certificate]>?
  /// The server asks for a client certificate.
  public var certificateRequest: Observed<CertificateRequest>?
  /// Before TLS 1.3.
  public var serverKeyExchange: Observed<ServerKeyExchange>?
  /// The server's signature over the handshake; TLS 1.3.
  public var serverCertificateVerify: Observed<CertificateVerify>?
  /// The client's signature over the handshake.
  public var clientCertificateVerify: Observed<CertificateVerify>?
  /// DER of a stapled OCSP response.
  public var stapledOCSPResponse: Observed<[UInt8]>?
  /// How many the server sent, as far as they could be read.
  public var newSessionTickets = 0
  /// nil where nothing of the kind was seen.
  public var rareFeatures: RareFeatures? {
    get { rare.value }
    set { rare.value = newValue }
  }
  /// Whether anything of ``rare`` was seen.
  public var hasRareFeatures: Bool { !rare.isEmpty }
  private var rare = OutOfLine<RareFeatures>()
  /// The client's first one.
  public var clientChangeCipherSpec: FrameNote?
  /// The server's first one.
  public var serverChangeCipherSpec: FrameNote?

  /// Every handshake message, up to ``messageLimit``.
  public var messages: [MessageNote] = []
  /// The records of the handshake and what follows, up to ``recordLimit``; the counts go on.
  public var records: [ObservedRecord] = []
  /// All records of the client, kept or not.
  public var clientRecordCount = 0
  /// All records of the server, kept or not.
  public var serverRecordCount = 0
  /// Alerts in the clear, decrypted, and those recognised by size and place.
  public var alerts: [AlertNote] = []
  /// What broke its format.
  public var malformed: [MalformedNote] = []
  /// Where a side's stream stopped making sense as TLS.
  public var notTLS: [Observed<Role>] = []
  /// Whether a key log opened what is encrypted.
  public var decryption = Decryption.none

  /// Bytes of plaintext before TLS that are kept of each side.
  public static let prefixLimit = 1024
  /// Messages that are kept.
  public static let messageLimit = 128
  /// Alerts that are kept.
  public static let alertLimit = 16
  /// Records that are kept.
  public static let recordLimit = 96

  public init() {}
}
