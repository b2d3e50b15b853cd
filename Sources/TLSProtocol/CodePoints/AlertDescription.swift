/// What an alert says, RFC 8446 §6 and the IANA registry "TLS Alerts".
public struct AlertDescription: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
