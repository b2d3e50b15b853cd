public import Bytes

/// What a hello says through its shape.
extension ServerHello {
  /// The version field: TLS 1.2 where `supported_versions` says more (RFC 8446 §4.1.3).
  public var legacyVersion: ProtocolVersion {
    get { shape.fields.legacyVersion }
    set { change { $0.legacyVersion = newValue } }
  }

  /// The suite that the server chose.
  public var cipherSuite: CipherSuite {
    get { shape.fields.cipherSuite }
    set { change { $0.cipherSuite = newValue } }
  }

  /// The method that the server chose; 0 is none.
  public var compressionMethod: UInt8 {
    get { shape.fields.compressionMethod }
    set { change { $0.compressionMethod = newValue } }
  }

  /// `supported_versions`' selected version, RFC 8446 §4.2.1.
  public var selectedVersion: ProtocolVersion? {
    get { shape.fields.selectedVersion }
    set { change { $0.selectedVersion = newValue } }
  }

  /// The group of `key_share`: of the server's share, or the one that a HelloRetryRequest asks for.
  public var selectedGroup: NamedGroup? {
    get { shape.fields.selectedGroup }
    set { change { $0.selectedGroup = newValue } }
  }

  /// The protocol chosen by ALPN, visible here in TLS 1.2 and earlier only.
  public var applicationProtocol: String? {
    get { shape.fields.applicationProtocol }
    set { change { $0.applicationProtocol = newValue } }
  }

  /// The index in the client's list that `pre_shared_key` selects: the session is resumed.
  public var selectedIdentity: UInt16? {
    get { shape.fields.selectedIdentity }
    set { change { $0.selectedIdentity = newValue } }
  }

  /// The message is a HelloRetryRequest: its random is the special value of RFC 8446 §4.1.3.
  public var isHelloRetryRequest: Bool {
    get { shape.fields.isHelloRetryRequest }
    set { change { $0.isHelloRetryRequest = newValue } }
  }

  /// The message is SSLv2's SERVER-HELLO: `random` is its connection id, and `cipherSuite` means nothing, since the
  /// client chooses among `sslv2CipherKinds`.
  public var isSSLv2Format: Bool {
    get { shape.fields.isSSLv2Format }
    set { change { $0.isSSLv2Format = newValue } }
  }

  /// The 24-bit cipher kinds of an SSLv2 SERVER-HELLO, in wire order.
  public var sslv2CipherKinds: [SSLv2CipherKind] {
    get { shape.fields.sslv2CipherKinds }
    set { change { $0.sslv2CipherKinds = newValue } }
  }

  /// The certificate inside an SSLv2 SERVER-HELLO, DER; nil elsewhere.
  public var sslv2Certificate: [UInt8]? {
    get { shape.fields.sslv2Certificate }
    set { change { $0.sslv2Certificate = newValue } }
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

  /// The negotiated version: `supported_versions`' where present, else `legacy_version`.
  public var version: ProtocolVersion { shape.fields.version }
}
