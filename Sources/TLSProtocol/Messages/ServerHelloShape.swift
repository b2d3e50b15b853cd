internal import Bytes

/// What a server repeats in hello after hello: everything but what is random or belongs to one session; see
/// ``ClientHelloShape``.
public final class ServerHelloShape: Sendable {
  let fields: ServerHelloFields

  init(_ fields: ServerHelloFields) { self.fields = fields }
}

extension ServerHelloShape: Hashable {
  public static func == (left: ServerHelloShape, right: ServerHelloShape) -> Bool {
    left === right || left.fields == right.fields
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}

/// The fields of a shape; ``ServerHello`` says what each means.
struct ServerHelloFields: Hashable, Sendable {
  var legacyVersion: ProtocolVersion
  var cipherSuite: CipherSuite
  var compressionMethod: UInt8
  var extensions: [ExtensionPlace] = []
  var selectedVersion: ProtocolVersion?
  var selectedGroup: NamedGroup?
  var applicationProtocol: String?
  var selectedIdentity: UInt16?
  var isHelloRetryRequest = false
  var isSSLv2Format = false
  var sslv2CipherKinds: [SSLv2CipherKind] = []
  var sslv2Certificate: [UInt8]?
  var messageLength = 0
  var malformedExtensions: [MalformedExtension] = []
  var structureError: ParseError?

  /// The negotiated version: `supported_versions`' where present, else `legacy_version`.
  var version: ProtocolVersion { selectedVersion ?? legacyVersion }
}
