/// What the hellos settled, as far as it decides how later messages read.
public struct HandshakeContext: Hashable, Sendable {
  /// The negotiated version; nil until a ServerHello was seen.
  public var version: ProtocolVersion?
  /// The negotiated suite; nil before the ServerHello.
  public var cipherSuite: CipherSuite?
  /// What a server's Certificate holds (RFC 7250): 0 X.509, 2 a raw public key.
  public var serverCertificateType: UInt8 = 0
  /// The negotiated type of the client's certificate (RFC 7250); 0 is X.509.
  public var clientCertificateType: UInt8 = 0

  public init(version: ProtocolVersion? = nil, cipherSuite: CipherSuite? = nil) {
    (self.version, self.cipherSuite) = (version, cipherSuite)
  }

  /// Records hide their type, and Certificate, CertificateRequest and NewSessionTicket have TLS 1.3's form.
  var isTLS13: Bool { version?.isTLS13 ?? false }

  /// Signatures name their scheme: TLS 1.2 and later, RFC 5246 §4.7. TLCP's 0x0101 sorts below, as it should.
  var namesSignatureSchemes: Bool { isTLS13 || version.map { $0.rawValue >= 0x0303 } ?? true }

  /// Takes in what a ServerHello or HelloRetryRequest settles.
  public mutating func note(_ hello: ServerHello) {
    version = hello.version
    guard !hello.isHelloRetryRequest, !hello.isSSLv2Format else { return }
    cipherSuite = hello.cipherSuite
    if hello.has(.clientCertificateType) || hello.has(.serverCertificateType) { noteCertificateTypes(hello.extensions) }
  }

  /// Takes in the certificate types that ServerHello (TLS 1.2) or EncryptedExtensions (TLS 1.3) chose, RFC 7250 §4.
  public mutating func noteCertificateTypes(_ extensions: [HelloExtension]) {
    for item in extensions where item.body.count == 1 {
      guard let value = item.body.first else { continue }
      if item.type == .clientCertificateType { clientCertificateType = value }
      if item.type == .serverCertificateType { serverCertificateType = value }
    }
  }

  /// The certificate type that a sender's Certificate message has.
  func certificateType(of sender: Role) -> UInt8 { sender == .client ? clientCertificateType : serverCertificateType }
}
