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
  /// The server's port.
  public var port: UInt16?
  /// The family that the failing client tried, and the one over which the service answers.
  public var failingFamily: AddressFamily?
  /// The address family over which the working client came.
  public var workingFamily: AddressFamily?
  /// The server's address over which the working client got through.
  public var workingAddress: String?

  /// Versions in the failing client's hello.
  public var offeredVersions: [ProtocolVersion] = []
  /// Cipher suites in the failing client's hello.
  public var offeredSuites: [CipherSuite] = []
  /// Groups in the failing client's hello.
  public var offeredGroups: [NamedGroup] = []
  /// What the failing client's ALPN offers.
  public var offeredProtocols: [String] = []
  /// What the server chose in the working capture.
  public var acceptedVersion: ProtocolVersion?
  /// The suite that the server chose for the working client.
  public var acceptedSuite: CipherSuite?
  /// The group that it used with the working client.
  public var acceptedGroup: NamedGroup?
  /// The scheme with which it signed for the working client.
  public var acceptedSignatureScheme: SignatureScheme?
  /// What it chose from the working client's ALPN.
  public var acceptedProtocol: String?
  /// The names in the server's certificate, where it was seen.
  public var certificateNames: [String] = []
  /// The issuer of the last certificate that the server sent, in RFC 4514 form.
  public var issuer: String?

  /// The protocol that is spoken around TLS; nil where no plaintext shows it.
  public var spoken: PlaintextKind?

  public init() {}
}
