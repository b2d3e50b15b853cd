public import Bytes

/// What a hello says through its shape.
extension ClientHello {
  /// The version field: TLS 1.2 where `supported_versions` says more (RFC 8446 §4.1.2).
  public var legacyVersion: ProtocolVersion {
    get { shape.fields.legacyVersion }
    set { change { $0.legacyVersion = newValue } }
  }

  /// In the client's order, GREASE among them.
  public var cipherSuites: [CipherSuite] {
    get { shape.fields.cipherSuites }
    set { change { $0.cipherSuites = newValue } }
  }

  /// In the client's order.
  public var compressionMethods: [UInt8] {
    get { shape.fields.compressionMethods }
    set { change { $0.compressionMethods = newValue } }
  }

  /// `supported_versions`, RFC 8446 §4.2.1.
  public var supportedVersions: [ProtocolVersion] {
    get { shape.fields.supportedVersions }
    set { change { $0.supportedVersions = newValue } }
  }

  /// `supported_groups`, RFC 8446 §4.2.7.
  public var supportedGroups: [NamedGroup] {
    get { shape.fields.supportedGroups }
    set { change { $0.supportedGroups = newValue } }
  }

  /// `ec_point_formats`, RFC 8422 §5.1.2.
  public var ecPointFormats: [UInt8] {
    get { shape.fields.ecPointFormats }
    set { change { $0.ecPointFormats = newValue } }
  }

  /// `signature_algorithms`, RFC 8446 §4.2.3.
  public var signatureSchemes: [SignatureScheme] {
    get { shape.fields.signatureSchemes }
    set { change { $0.signatureSchemes = newValue } }
  }

  /// `signature_algorithms_cert`, RFC 8446 §4.2.3.
  public var certificateSignatureSchemes: [SignatureScheme] {
    get { shape.fields.certificateSignatureSchemes }
    set { change { $0.certificateSignatureSchemes = newValue } }
  }

  /// `application_layer_protocol_negotiation`, RFC 7301 §3.1; bytes outside UTF-8 replaced.
  public var applicationProtocols: [String] {
    get { shape.fields.applicationProtocols }
    set { change { $0.applicationProtocols = newValue } }
  }

  /// The groups of `key_share`, RFC 8446 §4.2.8.
  public var keyShareGroups: [NamedGroup] {
    get { shape.fields.keyShareGroups }
    set { change { $0.keyShareGroups = newValue } }
  }

  /// `psk_key_exchange_modes`, RFC 8446 §4.2.9.
  public var pskKeyExchangeModes: [PSKKeyExchangeMode] {
    get { shape.fields.pskKeyExchangeModes }
    set { change { $0.pskKeyExchangeModes = newValue } }
  }

  /// `compress_certificate`, RFC 8879 §3.
  public var certificateCompressionAlgorithms: [CertificateCompressionAlgorithm] {
    get { shape.fields.certificateCompressionAlgorithms }
    set { change { $0.certificateCompressionAlgorithms = newValue } }
  }

  /// Bytes of ticket in `session_ticket` (RFC 5077 §3.2): 0 for an empty request, nil where absent.
  public var sessionTicketLength: Int? {
    get { shape.fields.sessionTicketLength }
    set { change { $0.sessionTicketLength = newValue } }
  }

  /// `record_size_limit`, RFC 8449 §4, in bytes.
  public var recordSizeLimit: UInt16? {
    get { shape.fields.recordSizeLimit }
    set { change { $0.recordSizeLimit = newValue } }
  }

  /// `encrypted_client_hello`, RFC 9849: the outer form is present (also when it is GREASE).
  public var hasOuterEncryptedClientHello: Bool {
    get { shape.fields.hasOuterEncryptedClientHello }
    set { change { $0.hasOuterEncryptedClientHello = newValue } }
  }

  /// The hello came in SSLv2's record format.
  public var isSSLv2Format: Bool {
    get { shape.fields.isSSLv2Format }
    set { change { $0.isSSLv2Format = newValue } }
  }

  /// The 24-bit cipher kinds of an SSLv2-format hello, in wire order; those that name a TLS suite stand in
  /// `cipherSuites` too.
  public var sslv2CipherKinds: [SSLv2CipherKind] {
    get { shape.fields.sslv2CipherKinds }
    set { change { $0.sslv2CipherKinds = newValue } }
  }

  /// Bytes of the handshake message with its 4-byte header.
  public var messageLength: Int {
    get { shape.fields.messageLength }
    set { change { $0.messageLength = newValue } }
  }

  /// Extensions whose body broke its own format, and how; the rest of the hello stands.
  public var malformedExtensions: [MalformedExtension] {
    get { shape.fields.malformedExtensions }
    set { change { $0.malformedExtensions = newValue } }
  }

  /// How the list of extensions itself broke, or what follows it; the extensions before the break stand.
  public var structureError: ParseError? {
    get { shape.fields.structureError }
    set { change { $0.structureError = newValue } }
  }
}
