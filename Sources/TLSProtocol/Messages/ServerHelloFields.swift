internal import Bytes

/// What servers repeat; ``ServerHello`` says what each field means.
public struct ServerHelloFields: Hashable, Sendable {
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
