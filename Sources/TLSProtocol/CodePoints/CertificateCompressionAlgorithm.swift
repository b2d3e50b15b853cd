/// How a certificate message is compressed, RFC 8879 §7.3.
public struct CertificateCompressionAlgorithm: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
