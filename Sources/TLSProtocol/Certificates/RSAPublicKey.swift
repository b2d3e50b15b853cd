internal import Bytes

/// Raw RSA with a public key, RFC 8017 §5.2.2, for signatures that the crypto library refuses to look at: of keys below
/// 1024 bits, and over MD5 and SHA-1 at once (TLS 1.1 and earlier). Handles nothing secret.
struct RSAPublicKey {
  /// Little-endian limbs; the highest is not zero.
  private let modulus: [UInt64]
  private let exponent: UInt64
  let byteCount: Int

  /// Larger keys cost more than the answer is worth; the crypto library takes up to 8192 bits.
  private static let longestModulus = 512

  /// Reads an RSAPublicKey, RFC 8017 §A.1.1; nil for what cannot be one.
  init?(der: [UInt8]) {
    let span = der.span
    var numbers: (modulus: [UInt8], exponent: [UInt8])?
    do {
      var reader = DERReader(span)
      let key = try reader.next(.sequence, "RSAPublicKey")
      var fields = reader.inside(key)
      let modulus = try fields.next(.integer, "modulus")
      let exponent = try fields.next(.integer, "publicExponent")
      numbers = (fields.contentBytes(modulus), fields.contentBytes(exponent))
    } catch {
      return nil
    }
    guard let numbers else { return nil }
    let digits = Array(numbers.modulus.drop { $0 == 0 })
    let power = Array(numbers.exponent.drop { $0 == 0 })
    guard (32...Self.longestModulus).contains(digits.count), digits[digits.count - 1] & 1 == 1,
      (1...8).contains(power.count)
    else { return nil }
    modulus = Self.limbs(digits, count: (digits.count + 7) / 8)
    exponent = power.reduce(0) { $0 << 8 | UInt64($1) }
    byteCount = digits.count
    guard exponent & 1 == 1, exponent > 1 else { return nil }
  }

  /// The signature raised to the public exponent, as `byteCount` bytes; nil where it is no number below the modulus.
  func recover(_ signature: [UInt8]) -> [UInt8]? {
    guard signature.count == byteCount else { return nil }
    let base = Self.limbs(signature, count: modulus.count)
    guard Self.isLess(base, modulus) else { return nil }
    // Montgomery's form: numbers times 2^(64 n) modulo the modulus, so that reduction needs no division.
    var factor = [UInt64](repeating: 0, count: modulus.count)
    factor[0] = 1
    for _ in 0..<128 * modulus.count { factor = doubled(factor) }
    var one = [UInt64](repeating: 0, count: modulus.count)
    one[0] = 1
    let converted = multiplied(base, factor)
    var result = converted
    for bit in stride(from: 62 - exponent.leadingZeroBitCount, through: 0, by: -1) {
      result = multiplied(result, result)
      if exponent >> UInt64(bit) & 1 == 1 { result = multiplied(result, converted) }
    }
    result = multiplied(result, one)
    return (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: result[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }

  /// a · b / 2^(64 n) modulo the modulus.
  private func multiplied(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    let count = modulus.count
    var sum = [UInt64](repeating: 0, count: count + 2)
    let inverse = negativeInverse
    for limb in a {
      Self.addProduct(limb, b, to: &sum)
      // What makes the lowest limb vanish may be added: it is a multiple of the modulus.
      Self.addProduct(sum[0] &* inverse, modulus, to: &sum)
      sum.removeFirst()
      sum.append(0)
    }
    if sum[count] != 0 || !Self.isLess(Array(sum[..<count]), modulus) { Self.subtract(modulus, from: &sum) }
    return Array(sum[..<count])
  }

  /// -1 / modulus modulo 2^64, by Newton's method: each step doubles the correct bits.
  private var negativeInverse: UInt64 {
    var inverse: UInt64 = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- modulus[0] &* inverse) }
    return 0 &- inverse
  }

  private func doubled(_ number: [UInt64]) -> [UInt64] {
    var result = number + [0]
    for index in stride(from: number.count, through: 1, by: -1) {
      result[index] = result[index] << 1 | result[index - 1] >> 63
    }
    result[0] <<= 1
    if result[number.count] != 0 || !Self.isLess(Array(result[..<number.count]), modulus) {
      Self.subtract(modulus, from: &result)
    }
    return Array(result[..<number.count])
  }

  private static func addProduct(_ factor: UInt64, _ number: [UInt64], to sum: inout [UInt64]) {
    var carry: UInt64 = 0
    for (index, limb) in number.enumerated() {
      let (high, low) = factor.multipliedFullWidth(by: limb)
      let (first, overflow) = sum[index].addingReportingOverflow(low)
      let (second, again) = first.addingReportingOverflow(carry)
      sum[index] = second
      carry = high &+ (overflow ? 1 : 0) &+ (again ? 1 : 0)
    }
    for index in number.count..<sum.count where carry != 0 {
      let (total, overflow) = sum[index].addingReportingOverflow(carry)
      sum[index] = total
      carry = overflow ? 1 : 0
    }
  }

  private static func subtract(_ number: [UInt64], from value: inout [UInt64]) {
    var borrow: UInt64 = 0
    for index in value.indices {
      let (first, under) = value[index].subtractingReportingOverflow(index < number.count ? number[index] : 0)
      let (second, again) = first.subtractingReportingOverflow(borrow)
      value[index] = second
      borrow = under || again ? 1 : 0
    }
  }

  private static func isLess(_ a: [UInt64], _ b: [UInt64]) -> Bool {
    for index in b.indices.reversed() where a[index] != b[index] { return a[index] < b[index] }
    return false
  }

  private static func limbs(_ bytes: [UInt8], count: Int) -> [UInt64] {
    var limbs = [UInt64](repeating: 0, count: count)
    for (place, byte) in bytes.reversed().enumerated() { limbs[place / 8] |= UInt64(byte) << UInt64(place % 8 * 8) }
    return limbs
  }
}

extension RSAPublicKey {
  /// Whether the signature holds exactly this content in PKCS #1 v1.5's padding, RFC 8017 §9.2.
  func verifies(_ signature: [UInt8], content: [UInt8]) -> Bool {
    let padding = byteCount - content.count - 3
    guard padding >= 8, let recovered = recover(signature) else { return false }
    return recovered == [0, 1] + [UInt8](repeating: 0xff, count: padding) + [0] + content
  }
}
