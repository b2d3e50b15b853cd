/// The hash half of a TLS 1.2 signature algorithm pair, RFC 5246 §7.4.1.4.1 and the IANA registry "TLS HashAlgorithm".
public struct HashAlgorithm: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
