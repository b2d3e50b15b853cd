public import Bytes

/// A ClientHello, RFC 8446 §4.1.2 (and RFC 5246 §7.4.1.2, RFC 6101 §5.6.1.2; an SSLv2-format hello, RFC 5246 §E.2, is
/// read into the same value). Fields stand in wire order.
///
/// The lists of the extensions that a diagnosis compares are decoded once, when the hello is read; the body of every
/// extension stays reachable through `extensions`. A list is empty where its extension is absent or malformed.
public struct ClientHello: Hashable, Sendable {
  var bytes: HelloBytes
  /// `server_name`, RFC 6066 §3: the first host_name, bytes outside UTF-8 replaced; nil where absent.
  public var serverName: String?
  /// The identities of `pre_shared_key`, RFC 8446 §4.2.11.
  public var preSharedKeyIdentities: [[UInt8]] = []
  /// What this hello has in common with others; equal ones are one object where ``HelloCache`` read them.
  public internal(set) var shape: HelloShape<ClientHelloFields>

  public init(
    legacyVersion: ProtocolVersion, random: [UInt8], legacySessionID: [UInt8], cipherSuites: [CipherSuite],
    compressionMethods: [UInt8], extensions: [HelloExtension]
  ) {
    self.init(
      HelloBytes(random: random, sessionID: legacySessionID),
      shape: HelloShape(
        ClientHelloFields(
          legacyVersion: legacyVersion, cipherSuites: cipherSuites, compressionMethods: compressionMethods)))
    if !extensions.isEmpty { self.extensions = extensions }
  }

  init(_ bytes: HelloBytes, shape: HelloShape<ClientHelloFields>) {
    self.bytes = bytes
    self.shape = shape
  }

  /// 32 bytes; an SSLv2-format hello's challenge, left-padded with zeros. Indices need not start at 0.
  public var random: ArraySlice<UInt8> { bytes.random }
  /// Indices need not start at 0.
  public var legacySessionID: ArraySlice<UInt8> { bytes.sessionID }

  /// In wire order, each with its undecoded body.
  public var extensions: [HelloExtension] {
    get { shape.fields.extensions.cut(from: bytes.extensions) }
    set {
      let (places, joined) = newValue.joined()
      bytes.extensions = joined[...]
      change { $0.extensions = places }
    }
  }

  /// The types alone of ``extensions``: quick, also where there are thousands.
  public var extensionTypes: [ExtensionType] { shape.fields.extensions.map(\.type) }

  /// Gives this hello a shape of its own.
  mutating func change(_ change: (inout ClientHelloFields) -> Void) {
    var fields = shape.fields
    change(&fields)
    shape = HelloShape(fields)
  }

  /// Bytes of a hello that a client may repeat: post-quantum shares and tickets make it two thousand bytes long.
  static let longestUsual = 16_384

  /// Whether what was said of the hello is worth remembering. One that is longer than any client's comes from somebody
  /// who may send thousands of others, each of which would stay in memory.
  public var isOfUsualLength: Bool { messageLength <= Self.longestUsual }

  /// Whether the hello carries an extension of this type, decodable or not.
  public func has(_ type: ExtensionType) -> Bool { shape.fields.extensions.contains { $0.type == type } }

  /// What the client would speak: `supported_versions` without GREASE, else `legacy_version` and, by the old rule that a
  /// client accepts every version up to its own, nothing is claimed of lower ones.
  public var offeredVersions: [ProtocolVersion] {
    let versions = supportedVersions.filter { !$0.isGREASE }
    return versions.isEmpty ? [legacyVersion] : versions
  }
}

/// One extension of a hello or certificate entry: its type and its undecoded body.
public struct HelloExtension: Hashable, Sendable {
  /// The extension's type.
  public var type: ExtensionType
  /// The extensions of one list share their memory: indices need not start at 0.
  public var body: ArraySlice<UInt8>
  public init(type: ExtensionType, body: ArraySlice<UInt8>) { (self.type, self.body) = (type, body) }
  public init(type: ExtensionType, body: [UInt8]) { self.init(type: type, body: body[...]) }
}

/// An extension whose body broke its own format.
public struct MalformedExtension: Hashable, Sendable {
  /// The extension's type.
  public var type: ExtensionType
  /// What is wrong with it.
  public var error: ParseError
  public init(type: ExtensionType, error: ParseError) { (self.type, self.error) = (type, error) }
}
