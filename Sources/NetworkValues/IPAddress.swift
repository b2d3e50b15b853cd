/// An IPv4 or IPv6 address, held as two 64-bit words in host order.
public struct IPAddress: Hashable, Sendable {
  /// The first eight bytes of an IPv6 address; zero for IPv4.
  public let high: UInt64
  /// The last eight bytes of an IPv6 address; an IPv4 address in the low 32 bits.
  public let low: UInt64
  /// Whether it is IPv4; IPv6 otherwise.
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

extension IPAddress {
  /// Four octets (IPv4) or sixteen (IPv6), in network byte order; nil for any other number.
  public init?(octets: Span<UInt8>) {
    func word(_ range: Range<Int>) -> UInt64 { range.reduce(0) { $0 << 8 | UInt64(octets[$1]) } }
    switch octets.count {
    case 4: self.init(ipv4: UInt32(truncatingIfNeeded: word(0..<4)))
    case 16: self.init(ipv6High: word(0..<8), low: word(8..<16))
    default: return nil
    }
  }

  /// Four octets (IPv4) or sixteen (IPv6), in network byte order.
  public var octets: [UInt8] {
    let places = isIPv4 ? 12..<16 : 0..<16
    return places.map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> UInt64(56 - $0 % 8 * 8)) }
  }

  /// The IPv4 address itself or the one that an IPv4-mapped IPv6 address holds (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2).
  public var ipv4: UInt32? {
    isIPv4 || high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
  }

  /// 127.0.0.0/8 (RFC 1122 §3.2.1.3), in IPv6 clothes too, or ::1 (RFC 4291 §2.5.3).
  public var isLoopback: Bool {
    if let ipv4 { return ipv4 >> 24 == 127 }
    return high == 0 && low == 1
  }

  /// 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 §2.5.6).
  public var isLinkLocal: Bool {
    if let ipv4 { return ipv4 >> 16 == 0xA9FE }
    return high >> 54 == 0xFE80 >> 6
  }
}

extension IPAddress: Comparable {
  /// IPv4 before IPv6, then by number.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    if left.isIPv4 != right.isIPv4 { return left.isIPv4 }
    return left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
