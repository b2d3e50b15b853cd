/// How a point of an elliptic curve is written, RFC 8422 §5.1.2 and the IANA registry "TLS EC Point Formats".
public struct ECPointFormat: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
