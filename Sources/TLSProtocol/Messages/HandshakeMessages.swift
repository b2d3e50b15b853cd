public import Bytes

/// The body of a handshake message, as far as it could be read.
public enum HandshakeBody: Sendable {
  // Indirect: a message passes through several hands, each of which would copy all its lists.
  indirect case clientHello(ClientHello)
  indirect case serverHello(ServerHello)
  indirect case encryptedExtensions(EncryptedExtensions)
  indirect case certificate(CertificateMessage)
  indirect case certificateRequest(CertificateRequest)
  indirect case serverKeyExchange(ServerKeyExchange)
  case certificateVerify(CertificateVerify)
  case clientKeyExchange
  case certificateStatus(CertificateStatus)
  case newSessionTicket(NewSessionTicket)
  /// Messages whose body a diagnosis does not need: hello_request, server_hello_done, finished, key_update, …
  case other
  /// The body broke its own format.
  case malformed(ParseError)
}

/// EncryptedExtensions, RFC 8446 §4.3.1.
public struct EncryptedExtensions: Hashable, Sendable {
  /// In the order in which they were sent.
  public var extensions: [HelloExtension]
  /// What the server chose by ALPN.
  public var applicationProtocol: String?
  /// Those that break their format.
  public var malformedExtensions: [MalformedExtension] = []
  /// How the list of extensions itself broke, or what follows it.
  public var structureError: ParseError?
  public init(extensions: [HelloExtension], applicationProtocol: String?) {
    (self.extensions, self.applicationProtocol) = (extensions, applicationProtocol)
  }
}

/// Certificate, RFC 8446 §4.4.2, RFC 5246 §7.4.2, or a CompressedCertificate (RFC 8879 §4) unpacked.
public struct CertificateMessage: Hashable, Sendable {
  /// DER, leaf first, as sent.
  public var certificates: [[UInt8]]
  /// A stapled OCSP response for the leaf (TLS 1.3 puts it here).
  public var ocspResponse: [UInt8]?
  /// DER of the SubjectPublicKeyInfo that is sent instead of a chain where raw public keys were negotiated (RFC 7250).
  public var rawPublicKey: [UInt8]?
  /// The extensions of the leaf's entry, TLS 1.3 only.
  public var leafExtensions: [HelloExtension] = []
  /// How the message was compressed; nil where it was not.
  public var compression: CertificateCompressionAlgorithm?
  public init(certificates: [[UInt8]], ocspResponse: [UInt8]? = nil) {
    (self.certificates, self.ocspResponse) = (certificates, ocspResponse)
  }
}

/// CertificateRequest, RFC 8446 §4.3.2 and RFC 5246 §7.4.4.
public struct CertificateRequest: Hashable, Sendable {
  /// `certificate_types`, TLS 1.2 and earlier.
  public var certificateTypes: [UInt8]
  /// Schemes that the server accepts in certificates and signatures.
  public var signatureSchemes: [SignatureScheme]
  /// DER of the distinguished names of accepted authorities.
  public var authorities: [[UInt8]]
  /// `signature_algorithms_cert`, TLS 1.3 only; empty where absent.
  public var certificateSignatureSchemes: [SignatureScheme] = []
  /// TLS 1.3 only.
  public var extensions: [HelloExtension] = []
  public init(certificateTypes: [UInt8], signatureSchemes: [SignatureScheme], authorities: [[UInt8]]) {
    (self.certificateTypes, self.signatureSchemes, self.authorities) = (certificateTypes, signatureSchemes, authorities)
  }
}

/// ServerKeyExchange, RFC 8422 §5.4 and RFC 5246 §7.4.3.
public struct ServerKeyExchange: Hashable, Sendable {
  /// The named curve of ECDHE.
  public var group: NamedGroup?
  /// TLS 1.2 names the scheme; earlier versions imply it.
  public var signatureScheme: SignatureScheme?
  /// Bits of the prime, for finite-field DHE.
  public var primeBits: Int?
  /// The hint of a PSK key exchange, RFC 4279 §2.
  public var pskIdentityHint: [UInt8]?
  /// The signed parameters (the bytes before the signature), and the signature: enough to verify it.
  public var parameters: [UInt8]
  /// The signature over both randoms and the parameters.
  public var signature: [UInt8]
  /// How much checking the signature may cost. What is not checked counts as ``SignatureCheck/unsupported``.
  public var signatureAllowance = SignatureAllowance.any
  public init(
    group: NamedGroup?, signatureScheme: SignatureScheme?, primeBits: Int?, parameters: [UInt8], signature: [UInt8]
  ) {
    self.group = group
    self.signatureScheme = signatureScheme
    self.primeBits = primeBits
    self.parameters = parameters
    self.signature = signature
  }
}

/// CertificateVerify, RFC 8446 §4.4.3; the scheme is nil before TLS 1.2.
public struct CertificateVerify: Hashable, Sendable {
  /// The scheme; nil before TLS 1.2, which names none.
  public var signatureScheme: SignatureScheme?
  public init(signatureScheme: SignatureScheme?) { self.signatureScheme = signatureScheme }
}

/// CertificateStatus, RFC 6066 §8: a stapled OCSP response, DER.
public struct CertificateStatus: Hashable, Sendable {
  /// DER of an OCSP response (RFC 6960).
  public var ocspResponse: [UInt8]
  public init(ocspResponse: [UInt8]) { self.ocspResponse = ocspResponse }
}

/// NewSessionTicket, RFC 8446 §4.6.1 and RFC 5077 §3.3.
public struct NewSessionTicket: Hashable, Sendable {
  /// Seconds.
  public var lifetime: UInt32
  /// What the client shows when it resumes.
  public var ticket: [UInt8]
  public init(lifetime: UInt32, ticket: [UInt8]) { (self.lifetime, self.ticket) = (lifetime, ticket) }
}

/// An alert, RFC 8446 §6.
public struct Alert: Hashable, Sendable {
  /// Warning or fatal; TLS 1.3 ignores it.
  public var level: AlertLevel
  /// What it says.
  public var description: AlertDescription
  public init(level: AlertLevel, description: AlertDescription) {
    (self.level, self.description) = (level, description)
  }
}
