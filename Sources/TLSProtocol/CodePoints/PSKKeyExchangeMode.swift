/// How a pre-shared key may be used, RFC 8446 §4.2.9.
public struct PSKKeyExchangeMode: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// One of the values that RFC 8701 §2 reserves for this field: 0x0b, 0x2a, … 0xe4.
  public var isGREASE: Bool { rawValue % 0x1f == 0x0b }
}
