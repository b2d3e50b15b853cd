public import HandshakeModel
public import NetworkValues
public import TLSProtocol

/// What a server was seen to accept from a client that got through: the material of counterfactuals.
public struct ServerAcceptance: Sendable, Hashable {
  /// Where the server was reached.
  public var endpoint: Endpoint?
  /// The version that it chose.
  public var version: ProtocolVersion?
  /// The suite that it chose.
  public var cipherSuite: CipherSuite?
  /// The group of its key exchange.
  public var group: NamedGroup?
  /// A scheme that the working client offered and that signed the server's key exchange.
  public var signatureScheme: SignatureScheme?
  /// What the working client offered, and what was chosen where that is visible.
  public var offeredProtocols: [String] = []
  /// What it chose by ALPN.
  public var applicationProtocol: String?
  /// The name that the working client sent; nil for a hello without one.
  public var serverName: String?
  /// The names in the certificate that the working client accepted.
  public var certificateNames: [String] = []

  public init() {}

  /// Reads them off a connection that works.
  public init(working connection: Connection) {
    let transcript = connection.transcript
    let hello = transcript.clientHellos.last?.value
    let answer = connection.choice?.value
    endpoint = connection.server
    version = answer?.version
    cipherSuite = answer?.cipherSuite
    group = answer?.selectedGroup ?? transcript.serverKeyExchange?.value.group
    signatureScheme =
      transcript.serverCertificateVerify?.value.signatureScheme
      ?? transcript.serverKeyExchange?.value.signatureScheme
    offeredProtocols = hello?.applicationProtocols ?? []
    applicationProtocol =
      answer?.applicationProtocol ?? transcript.encryptedExtensions?.value.applicationProtocol
    serverName = hello?.serverName
    certificateNames = transcript.serverCertificates?.value.first?.facts.dnsNames ?? []
  }
}
