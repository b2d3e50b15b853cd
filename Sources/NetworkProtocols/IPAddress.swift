/// An IPv4 or IPv6 address, held as two 64-bit words in host order.
public struct IPAddress: Hashable, Sendable {
  /// The first eight bytes of an IPv6 address; zero for IPv4.
  public let high: UInt64
  /// The last eight bytes of an IPv6 address; an IPv4 address in the low 32 bits.
  public let low: UInt64
  public let isIPv4: Bool

  @inlinable
  public init(ipv4 address: UInt32) {
    (high, low, isIPv4) = (0, UInt64(address), true)
  }

  @inlinable
  public init(ipv6High high: UInt64, low: UInt64) {
    (self.high, self.low, isIPv4) = (high, low, false)
  }
}
