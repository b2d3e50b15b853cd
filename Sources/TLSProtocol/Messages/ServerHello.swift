public import Bytes

/// A ServerHello or HelloRetryRequest, RFC 8446 §4.1.3 and §4.1.4 (RFC 5246 §7.4.1.3; SSLv2's SERVER-HELLO too).
public struct ServerHello: Hashable, Sendable {
  public var legacyVersion: ProtocolVersion
  public var random: [UInt8]
  public var legacySessionID: [UInt8]
  public var cipherSuite: CipherSuite
  public var compressionMethod: UInt8
  public var extensions: [HelloExtension]

  /// `supported_versions`' selected version, RFC 8446 §4.2.1.
  public var selectedVersion: ProtocolVersion?
  /// The group of `key_share`: of the server's share, or the one that a HelloRetryRequest asks for.
  public var selectedGroup: NamedGroup?
  /// The protocol chosen by ALPN, visible here in TLS 1.2 and earlier only.
  public var applicationProtocol: String?
  /// The index in the client's list that `pre_shared_key` selects: the session is resumed.
  public var selectedIdentity: UInt16?
  /// The message is a HelloRetryRequest: its random is the special value of RFC 8446 §4.1.3.
  public var isHelloRetryRequest = false
  /// The message is SSLv2's SERVER-HELLO: `random` is its connection id, and `cipherSuite` means nothing, since the
  /// client chooses among `sslv2CipherKinds`.
  public var isSSLv2Format = false
  /// The 24-bit cipher kinds of an SSLv2 SERVER-HELLO, in wire order.
  public var sslv2CipherKinds: [SSLv2CipherKind] = []
  /// The certificate inside an SSLv2 SERVER-HELLO, DER; nil elsewhere.
  public var sslv2Certificate: [UInt8]?
  /// Bytes of the handshake message with its 4-byte header.
  public var messageLength = 0
  public var malformedExtensions: [MalformedExtension] = []
  /// How the list of extensions itself broke, or what follows it; the extensions before the break stand.
  public var structureError: ParseError?

  /// The negotiated version: `supported_versions`' where present, else `legacy_version`.
  public var version: ProtocolVersion { selectedVersion ?? legacyVersion }

  public init(
    legacyVersion: ProtocolVersion, random: [UInt8], legacySessionID: [UInt8], cipherSuite: CipherSuite,
    compressionMethod: UInt8, extensions: [HelloExtension]
  ) {
    self.legacyVersion = legacyVersion
    self.random = random
    self.legacySessionID = legacySessionID
    self.cipherSuite = cipherSuite
    self.compressionMethod = compressionMethod
    self.extensions = extensions
  }

  public func has(_ type: ExtensionType) -> Bool { extensions.contains { $0.type == type } }
}
