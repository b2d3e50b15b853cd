internal import Bytes

/// What a client repeats in hello after hello: everything but what is random or names the server or a session.
///
/// A capture's thousands of hellos come from a handful of clients. Those that ``HelloMemory`` has seen before share one
/// shape, and copying a hello copies a reference.
public final class ClientHelloShape: Sendable {
  let fields: ClientHelloFields

  init(_ fields: ClientHelloFields) { self.fields = fields }
}

extension ClientHelloShape: Hashable {
  public static func == (left: ClientHelloShape, right: ClientHelloShape) -> Bool {
    left === right || left.fields == right.fields
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}

/// The fields of a shape; ``ClientHello`` says what each means.
struct ClientHelloFields: Hashable, Sendable {
  var legacyVersion: ProtocolVersion
  var cipherSuites: [CipherSuite]
  var compressionMethods: [UInt8]
  var extensions: [ExtensionPlace] = []
  var supportedVersions: [ProtocolVersion] = []
  var supportedGroups: [NamedGroup] = []
  var ecPointFormats: [UInt8] = []
  var signatureSchemes: [SignatureScheme] = []
  var certificateSignatureSchemes: [SignatureScheme] = []
  var applicationProtocols: [String] = []
  var keyShareGroups: [NamedGroup] = []
  var pskKeyExchangeModes: [PSKKeyExchangeMode] = []
  var certificateCompressionAlgorithms: [CertificateCompressionAlgorithm] = []
  var sessionTicketLength: Int?
  var recordSizeLimit: UInt16?
  var hasOuterEncryptedClientHello = false
  var isSSLv2Format = false
  var sslv2CipherKinds: [SSLv2CipherKind] = []
  var messageLength = 0
  var malformedExtensions: [MalformedExtension] = []
  var structureError: ParseError?
}
