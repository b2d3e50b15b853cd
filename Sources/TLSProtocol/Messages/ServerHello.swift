/// A ServerHello or HelloRetryRequest, RFC 8446 §4.1.3 and §4.1.4 (RFC 5246 §7.4.1.3; SSLv2's SERVER-HELLO too).
public struct ServerHello: Hashable, Sendable {
  public var random: [UInt8]
  public var legacySessionID: [UInt8]
  /// What this hello has in common with others; equal ones are one object where ``HelloMemory`` read them.
  public internal(set) var shape: HelloShape<ServerHelloFields>
  /// The bodies of all extensions, with what stands between them.
  var extensionBytes: [UInt8] = []

  public init(
    legacyVersion: ProtocolVersion, random: [UInt8], legacySessionID: [UInt8], cipherSuite: CipherSuite,
    compressionMethod: UInt8, extensions: [HelloExtension]
  ) {
    self.init(
      random: random, legacySessionID: legacySessionID,
      shape: HelloShape(
        ServerHelloFields(
          legacyVersion: legacyVersion, cipherSuite: cipherSuite, compressionMethod: compressionMethod)))
    if !extensions.isEmpty { self.extensions = extensions }
  }

  init(random: [UInt8], legacySessionID: [UInt8], shape: HelloShape<ServerHelloFields>) {
    self.random = random
    self.legacySessionID = legacySessionID
    self.shape = shape
  }

  /// In wire order, each with its undecoded body.
  public var extensions: [HelloExtension] {
    get { shape.fields.extensions.cut(from: extensionBytes) }
    set {
      let (places, bytes) = newValue.joined()
      extensionBytes = bytes
      change { $0.extensions = places }
    }
  }

  /// Gives this hello a shape of its own.
  mutating func change(_ change: (inout ServerHelloFields) -> Void) {
    var fields = shape.fields
    change(&fields)
    shape = HelloShape(fields)
  }

  public func has(_ type: ExtensionType) -> Bool { shape.fields.extensions.contains { $0.type == type } }
}
