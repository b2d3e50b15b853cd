public import Bytes

/// A ClientHello, RFC 8446 §4.1.2 (and RFC 5246 §7.4.1.2, RFC 6101 §5.6.1.2; an SSLv2-format hello, RFC 5246 §E.2, is
/// read into the same value). Fields stand in wire order.
///
/// The lists of the extensions that a diagnosis compares are decoded once, when the hello is read; the body of every
/// extension stays reachable through `extensions`. A list is empty where its extension is absent or malformed.
public struct ClientHello: Hashable, Sendable {
  public var legacyVersion: ProtocolVersion
  /// 32 bytes; an SSLv2-format hello's challenge, left-padded with zeros.
  public var random: [UInt8]
  public var legacySessionID: [UInt8]
  public var cipherSuites: [CipherSuite]
  public var compressionMethods: [UInt8]
  /// In wire order, each with its undecoded body.
  public var extensions: [HelloExtension]

  /// `server_name`, RFC 6066 §3: the first host_name, bytes outside UTF-8 replaced; nil where absent.
  public var serverName: String?
  /// `supported_versions`, RFC 8446 §4.2.1.
  public var supportedVersions: [ProtocolVersion] = []
  /// `supported_groups`, RFC 8446 §4.2.7.
  public var supportedGroups: [NamedGroup] = []
  /// `ec_point_formats`, RFC 8422 §5.1.2.
  public var ecPointFormats: [UInt8] = []
  /// `signature_algorithms`, RFC 8446 §4.2.3.
  public var signatureSchemes: [SignatureScheme] = []
  /// `signature_algorithms_cert`, RFC 8446 §4.2.3.
  public var certificateSignatureSchemes: [SignatureScheme] = []
  /// `application_layer_protocol_negotiation`, RFC 7301 §3.1; bytes outside UTF-8 replaced.
  public var applicationProtocols: [String] = []
  /// The groups of `key_share`, RFC 8446 §4.2.8.
  public var keyShareGroups: [NamedGroup] = []
  /// `psk_key_exchange_modes`, RFC 8446 §4.2.9.
  public var pskKeyExchangeModes: [PSKKeyExchangeMode] = []
  /// The identities of `pre_shared_key`, RFC 8446 §4.2.11.
  public var preSharedKeyIdentities: [[UInt8]] = []
  /// `compress_certificate`, RFC 8879 §3.
  public var certificateCompressionAlgorithms: [CertificateCompressionAlgorithm] = []
  /// Bytes of ticket in `session_ticket` (RFC 5077 §3.2): 0 for an empty request, nil where absent.
  public var sessionTicketLength: Int?
  /// `record_size_limit`, RFC 8449 §4, in bytes.
  public var recordSizeLimit: UInt16?
  /// `encrypted_client_hello`, RFC 9849: the outer form is present (also when it is GREASE).
  public var hasOuterEncryptedClientHello = false

  /// The hello came in SSLv2's record format.
  public var isSSLv2Format = false
  /// The 24-bit cipher kinds of an SSLv2-format hello, in wire order; those that name a TLS suite stand in
  /// `cipherSuites` too.
  public var sslv2CipherKinds: [SSLv2CipherKind] = []
  /// Bytes of the handshake message with its 4-byte header.
  public var messageLength = 0
  /// Extensions whose body broke its own format, and how; the rest of the hello stands.
  public var malformedExtensions: [MalformedExtension] = []
  /// How the list of extensions itself broke, or what follows it; the extensions before the break stand.
  public var structureError: ParseError?

  public init(
    legacyVersion: ProtocolVersion, random: [UInt8], legacySessionID: [UInt8], cipherSuites: [CipherSuite],
    compressionMethods: [UInt8], extensions: [HelloExtension]
  ) {
    self.legacyVersion = legacyVersion
    self.random = random
    self.legacySessionID = legacySessionID
    self.cipherSuites = cipherSuites
    self.compressionMethods = compressionMethods
    self.extensions = extensions
  }

  /// Whether the hello carries an extension of this type, decodable or not.
  public func has(_ type: ExtensionType) -> Bool { extensions.contains { $0.type == type } }

  /// What the client would speak: `supported_versions` without GREASE, else `legacy_version` and, by the old rule that a
  /// client accepts every version up to its own, nothing is claimed of lower ones.
  public var offeredVersions: [ProtocolVersion] {
    let versions = supportedVersions.filter { !$0.isGREASE }
    return versions.isEmpty ? [legacyVersion] : versions
  }
}

/// One extension of a hello or certificate entry: its type and its undecoded body.
public struct HelloExtension: Hashable, Sendable {
  public var type: ExtensionType
  /// The extensions of one list share their memory: indices need not start at 0.
  public var body: ArraySlice<UInt8>
  public init(type: ExtensionType, body: ArraySlice<UInt8>) { (self.type, self.body) = (type, body) }
  public init(type: ExtensionType, body: [UInt8]) { self.init(type: type, body: body[...]) }
}

/// An extension whose body broke its own format.
public struct MalformedExtension: Hashable, Sendable {
  public var type: ExtensionType
  public var error: ParseError
  public init(type: ExtensionType, error: ParseError) { (self.type, self.error) = (type, error) }
}
