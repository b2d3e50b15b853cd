/// A key exchange group, RFC 8446 §4.2.7 and the IANA registry "TLS Supported Groups".
public struct NamedGroup: CodePoint {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
