/// The type of a record, RFC 8446 §5.1 and the IANA registry "TLS ContentType".
public struct ContentType: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
