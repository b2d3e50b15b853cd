/// The decimal digits of a number that has at most eight, all found at once: the number is halved into pairs of four, two
/// and one digits, side by side in one word.
struct DecimalDigits {
  /// A byte each, the first one lowest.
  private let ones: UInt64

  @inline(__always)
  init(_ value: UInt32) {
    let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
    let fours = UInt64(high) | UInt64(low) << 32
    // 10486 / 2^20 and 103 / 2^10 divide by 100 and by 10 what is small enough.
    let hundreds = (fours &* 10486) &>> 20 & 0x7F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = (twos &* 103) &>> 10 & 0x000F_000F_000F_000F
    ones = tens | (twos &- tens &* 10) &<< 8
  }

  /// Zeros in front; at most seven where the number is none itself.
  @inline(__always)
  var leadingZeros: Int { ones.trailingZeroBitCount / 8 }

  /// As text in memory, without the zeros in front.
  @inline(__always)
  var withoutZeros: UInt64 {
    ((ones | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: leadingZeros &* 8)).littleEndian
  }
}

/// Lower-case hexadecimal digits.
enum HexDigits {
  /// The digits of sixteen bytes, both as they stand in memory.
  @inline(__always)
  static func of(_ bytes: SIMD16<UInt8>) -> SIMD32<UInt8> {
    var digits = SIMD32<UInt8>()
    digits.evenHalf = text(bytes &>> 4)
    digits.oddHalf = text(bytes & 0xF)
    return digits
  }

  /// From ten on, letters: "a" lies 39 behind where an eleventh digit would stand.
  @inline(__always)
  private static func text(_ digits: SIMD16<UInt8>) -> SIMD16<UInt8> {
    let letters = (digits &+ 0x76) &>> 7
    return digits &+ 0x30 &+ letters &* 39
  }
}
