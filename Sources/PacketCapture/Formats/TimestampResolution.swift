/// What one unit of an interface's timestamps is worth: `if_tsresol` of pcapng, a power of 10 or of 2.
struct TimestampResolution: Hashable, Sendable {
  private enum Conversion: Hashable, Sendable {
    case multiply(UInt64)
    case divide(UInt64)
    /// Fractions of a second in powers of two: this many bits.
    case binary(UInt8)
  }

  private let conversion: Conversion

  static let microseconds = Self(rawValue: 6)

  /// The option's byte: its lowest seven bits are the negative exponent, the highest says base 2 rather than 10.
  init(rawValue: UInt8) {
    let exponent = rawValue & 0x7f
    if rawValue & 0x80 != 0 {
      conversion = .binary(exponent)
    } else if exponent <= 9 {
      conversion = .multiply(Self.powerOfTen(9 &- exponent))
    } else if exponent < 29 {
      conversion = .divide(Self.powerOfTen(exponent &- 9))
    } else {
      // 2^64 of these units are less than a nanosecond.
      conversion = .multiply(0)
    }
  }

  /// Nanoseconds since the epoch of a raw timestamp and an offset in seconds; the nearest representable where it
  /// would overflow.
  @inline(__always)
  func nanoseconds(_ units: UInt64, offsetSeconds: Int64) -> Int64 {
    if case .multiply(let factor) = conversion, offsetSeconds == 0 {
      let (product, overflow) = units.multipliedReportingOverflow(by: factor)
      return overflow ? .max : Int64(clamping: product)
    }
    return slowNanoseconds(units, offsetSeconds: offsetSeconds)
  }

  @inline(never)
  private func slowNanoseconds(_ units: UInt64, offsetSeconds: Int64) -> Int64 {
    let wide: Int128 =
      switch conversion {
      case .multiply(let factor): Int128(units) &* Int128(factor)
      case .divide(let divisor): Int128(units / divisor)
      // 2^64 * 10^9 < 2^94: no overflow.
      case .binary(let bits): (Int128(units) &* 1_000_000_000) >> Int128(bits)
      }
    return Int64(clamping: wide &+ Int128(offsetSeconds) &* 1_000_000_000)
  }

  /// 10 to a power of up to 19.
  private static func powerOfTen(_ exponent: UInt8) -> UInt64 {
    var value: UInt64 = 1
    for _ in 0..<exponent { value &*= 10 }
    return value
  }
}
