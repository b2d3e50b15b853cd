/// A kind of client certificate that a TLS 1.2 CertificateRequest accepts, RFC 5246 §7.4.4 and the IANA registry "TLS
/// ClientCertificateType Identifiers".
public struct ClientCertificateType: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
