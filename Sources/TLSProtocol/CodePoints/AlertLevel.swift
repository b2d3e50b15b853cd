/// How severe an alert calls itself: 1 warning, 2 fatal (RFC 8446 §6).
public struct AlertLevel: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
