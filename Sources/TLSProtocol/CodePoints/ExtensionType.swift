/// The type of a hello extension, RFC 8446 §4.2 and the IANA registry "TLS ExtensionType Values".
public struct ExtensionType: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
