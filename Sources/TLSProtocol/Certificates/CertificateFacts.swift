/// What a certificate says, read leniently: a certificate that breaks handshakes is the one that must be readable.
/// RFC 5280 §4.1; a fact that could not be read is nil or empty and named in `problems`.
public struct CertificateFacts: Hashable, Sendable {
  /// RFC 4514 form, as in `CN=localhost,O=Lab`; hostile bytes escaped.
  public var subject = ""
  /// The issuer's name, in the same form.
  public var issuer = ""
  /// DER of the names: what chain building compares.
  public var subjectDER: [UInt8] = []
  /// DER of the issuer's name.
  public var issuerDER: [UInt8] = []
  /// The last CN of the subject, unescaped.
  public var commonName: String?
  /// Hex, without leading zeros.
  public var serialNumber = ""
  /// Seconds since 1970 UTC.
  public var notBefore: Int64?
  /// Seconds since 1970 UTC: the last moment of validity.
  public var notAfter: Int64?
  /// dNSName entries of subjectAltName, as they are spelled there.
  public var dnsNames: [String] = []
  /// In textual form, IPv4 dotted or RFC 5952.
  public var ipAddresses: [String] = []
  /// Other subjectAltName entries as `kind:value`, e.g. `email:a@b`, `uri:…`.
  public var otherNames: [String] = []
  /// `RSA`, `EC`, `Ed25519`, `Ed448`, `DSA`, `RSA-PSS`, `ML-DSA-44`, … or the algorithm's OID.
  public var keyAlgorithm = ""
  /// Bits of an RSA modulus, a DSA prime or a curve's field.
  public var keyBits: Int?
  /// For EC keys: `prime256v1`, … or the curve's OID.
  public var keyCurve: String?
  /// `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, … or the OID.
  public var signatureAlgorithm = ""
  /// The digest that the signature covers (`SHA256`, `SHA1`, `MD5`, …), from the algorithm or RSASSA-PSS's parameters;
  /// nil where the scheme hashes by itself or is unknown.
  public var signatureHash: String?
  /// basicConstraints' cA; nil where the extension is absent.
  public var isCertificateAuthority: Bool?
  /// Authorities that may follow below (RFC 5280 §4.2.1.9).
  public var pathLengthConstraint: Int?
  /// `digitalSignature`, `keyEncipherment`, … ; nil where the extension is absent.
  public var keyUsage: [String]?
  /// `serverAuth`, `clientAuth`, … or OIDs; nil where the extension is absent.
  public var extendedKeyUsage: [String]?
  /// The key identifier of the issuer's key (RFC 5280 §4.2.1.1).
  public var authorityKeyIdentifier: [UInt8]?
  /// The key identifier of its own key (RFC 5280 §4.2.1.2).
  public var subjectKeyIdentifier: [UInt8]?
  /// The certificate demands a stapled OCSP response (RFC 7633).
  public var requiresStaple = false
  /// URLs to ask whether it is revoked (RFC 5280 §4.2.2.1).
  public var ocspResponders: [String] = []
  /// URLs from which the issuer's certificate can be fetched (RFC 5280 §4.2.2.1).
  public var caIssuers: [String] = []
  /// Names or OIDs of critical extensions that TLS stacks do not process: RFC 5280 §4.2 has them refuse such a
  /// certificate.
  public var criticalExtensionsNotUnderstood: [String] = []
  /// The names that an authority may issue for; nil where the extension is absent.
  public var nameConstraints: NameConstraints?
  /// Certificate Transparency's promises that the certificate carries (RFC 6962 §3.3).
  public var signedCertificateTimestamps: [SignedCertificateTimestamp] = []
  /// X.509 version: 1 to 3.
  public var version = 0
  /// DER of SubjectPublicKeyInfo.
  public var subjectPublicKeyInfo: [UInt8] = []
  /// SHA-256 of the DER.
  public var sha256: [UInt8] = []
  /// The bytes that all this was read from.
  public var der: [UInt8] = []
  /// Where in `der` the signed part (TBSCertificate) stands, and the signature's octets; empty where unreadable.
  public var signedRange: Range<Int> = 0..<0
  /// Where in `der` the signature's octets stand; empty where unreadable.
  public var signatureRange: Range<Int> = 0..<0
  /// RSASSA-PSS with another digest or salt length than everyone uses: TLS 1.3 forbids it, and it is not checked here.
  public var hasUnusualPSSParameters = false
  /// How much checking the signature may cost. What is not checked counts as ``SignatureCheck/unsupported``.
  public var signatureAllowance = SignatureAllowance.any
  /// What could not be read, in words; empty for a sound certificate.
  public var problems: [String] = []

  public init() {}

  /// Subject and issuer are the same name; whether the certificate also signed itself is `CertificateSignature`'s to
  /// say.
  public var isSelfIssued: Bool { !subjectDER.isEmpty && subjectDER == issuerDER }
}
