/// A ServerHello or HelloRetryRequest, RFC 8446 §4.1.3 and §4.1.4 (RFC 5246 §7.4.1.3; SSLv2's SERVER-HELLO too).
public struct ServerHello: Hashable, Sendable {
  var bytes: HelloBytes
  /// What this hello has in common with others; equal ones are one object where ``HelloCache`` read them.
  public internal(set) var shape: HelloShape<ServerHelloFields>

  public init(
    legacyVersion: ProtocolVersion, random: [UInt8], legacySessionID: [UInt8], cipherSuite: CipherSuite,
    compressionMethod: UInt8, extensions: [HelloExtension]
  ) {
    self.init(
      HelloBytes(random: random, sessionID: legacySessionID),
      shape: HelloShape(
        ServerHelloFields(
          legacyVersion: legacyVersion, cipherSuite: cipherSuite, compressionMethod: compressionMethod)))
    if !extensions.isEmpty { self.extensions = extensions }
  }

  init(_ bytes: HelloBytes, shape: HelloShape<ServerHelloFields>) {
    self.bytes = bytes
    self.shape = shape
  }

  /// Indices need not start at 0.
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
  mutating func change(_ change: (inout ServerHelloFields) -> Void) {
    var fields = shape.fields
    change(&fields)
    shape = HelloShape(fields)
  }

  /// Whether an extension is there.
  public func has(_ type: ExtensionType) -> Bool { shape.fields.extensions.contains { $0.type == type } }
}
