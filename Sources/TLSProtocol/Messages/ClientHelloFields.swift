internal import Bytes

/// What clients repeat; ``ClientHello`` says what each field means.
public struct ClientHelloFields: Hashable, Sendable {
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
