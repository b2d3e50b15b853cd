/// How a pre-shared key may be used, RFC 8446 §4.2.9.
public struct PSKKeyExchangeMode: CodePoint {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
