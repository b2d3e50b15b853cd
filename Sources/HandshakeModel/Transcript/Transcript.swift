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
  private var rare = OutOfLine<RareFeatures>()
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
