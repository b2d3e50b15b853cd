public import HandshakeModel
public import NetworkValues
public import TLSProtocol

/// IPv4 or IPv6.
public enum AddressFamily: String, Sendable, Hashable {
  case ipv4 = "IPv4"
  case ipv6 = "IPv6"

  /// The family of an address.
  public init(_ address: IPAddress) { self = address.isIPv4 ? .ipv4 : .ipv6 }

  /// The other one.
  public var other: AddressFamily { self == .ipv4 ? .ipv6 : .ipv4 }
}

/// What is known of the failing connection (and, in a diff, of what the server accepts): makes remedies concrete.
/// Every field may stay empty.
public struct RemedyContext: Sendable, Hashable {
  /// The name that the client asked for (SNI), as sent; hostile bytes are dealt with here.
  public var serverName: String?
  /// The server's address in textual form, without brackets.
  public var address: String?
  public var port: UInt16?
  /// The family that the failing client tried, and the one over which the service answers.
  public var failingFamily: AddressFamily?
  public var workingFamily: AddressFamily?
  /// The server's address over which the working client got through.
  public var workingAddress: String?

  public var offeredVersions: [ProtocolVersion] = []
  public var offeredSuites: [CipherSuite] = []
  public var offeredGroups: [NamedGroup] = []
  public var offeredProtocols: [String] = []
  /// What the server chose in the working capture.
  public var acceptedVersion: ProtocolVersion?
  public var acceptedSuite: CipherSuite?
  public var acceptedGroup: NamedGroup?
  public var acceptedSignatureScheme: SignatureScheme?
  public var acceptedProtocol: String?
  /// The names in the server's certificate, where it was seen.
  public var certificateNames: [String] = []
  /// The issuer of the last certificate that the server sent, in RFC 4514 form.
  public var issuer: String?

  /// The protocol that is spoken around TLS; nil where no plaintext shows it.
  public var spoken: PlaintextKind?

  public init() {}
}
