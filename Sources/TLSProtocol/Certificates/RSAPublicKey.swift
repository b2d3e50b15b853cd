internal import Bytes

/// Raw RSA with a public key, RFC 8017 §5.2.2, for signatures that the crypto library refuses to look at: of keys below
/// 1024 bits, and over MD5 and SHA-1 at once (TLS 1.1 and earlier). Handles nothing secret.
struct RSAPublicKey {
  /// Little-endian limbs; the highest is not zero.
  private let modulus: [UInt64]
  private let exponent: UInt64
  /// -1 / modulus modulo 2^64.
  private let negativeInverse: UInt64
  let byteCount: Int

  /// Larger keys cost more than the answer is worth; the crypto library takes up to 8192 bits.
  private static let longestModulus = 512
  /// The crypto library takes no exponent of more than 33 bits either: each bit costs a multiplication or two.
  private static let largestExponent: UInt64 = 1 << 33

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
    guard exponent & 1 == 1, exponent > 1, exponent < Self.largestExponent else { return nil }
    // By Newton's method: each step doubles the correct bits.
    var inverse: UInt64 = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- modulus[0] &* inverse) }
    negativeInverse = 0 &- inverse
  }

  /// The signature raised to the public exponent, as `byteCount` bytes; nil where it is no number below the modulus.
  func recover(_ signature: [UInt8]) -> [UInt8]? {
    guard signature.count == byteCount else { return nil }
    let base = Self.limbs(signature, count: modulus.count)
    guard Self.isLess(base, modulus) else { return nil }
    var one = [UInt64](repeating: 0, count: modulus.count)
    one[0] = 1
    let converted = multiplied(base, conversionFactor)
    var result = converted
    for bit in stride(from: 62 - exponent.leadingZeroBitCount, through: 0, by: -1) {
      result = multiplied(result, result)
      if exponent >> UInt64(bit) & 1 == 1 { result = multiplied(result, converted) }
    }
    result = multiplied(result, one)
    return (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: result[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }

  /// 2^(128 n) modulo the modulus, for n limbs: it turns numbers into Montgomery's form, which is the number times 2^(64 n)
  /// modulo the modulus, so that reduction needs no division.
  private var conversionFactor: [UInt64] {
    let count = modulus.count
    let bits = 64 * count - modulus[count - 1].leadingZeroBitCount
    // Of the powers of two the largest below the modulus, doubled until it is 2 in Montgomery's form.
    var power = [UInt64](repeating: 0, count: count)
    power[(bits - 1) / 64] = 1 << UInt64((bits - 1) % 64)
    for _ in 0..<64 * count - bits + 2 { double(&power) }
    // Raised to the power of 64 n.
    let exponent = 64 * count
    for bit in stride(from: Int.bitWidth - 2 - exponent.leadingZeroBitCount, through: 0, by: -1) {
      power = multiplied(power, power)
      if exponent >> bit & 1 == 1 { double(&power) }
    }
    return power
  }

  /// a · b / 2^(64 n) modulo the modulus.
  private func multiplied(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    let count = modulus.count
    var sum = [UInt64](repeating: 0, count: count + 1)
    for limb in a {
      var carry: UInt64 = 0
      for index in 0..<count { sum[index] = Self.add(limb, b[index], sum[index], &carry) }
      let (high, isLarge) = sum[count].addingReportingOverflow(carry)
      // What makes the lowest limb vanish may be added: it is a multiple of the modulus.
      let factor = sum[0] &* negativeInverse
      carry = 0
      _ = Self.add(factor, modulus[0], sum[0], &carry)
      for index in 1..<count { sum[index - 1] = Self.add(factor, modulus[index], sum[index], &carry) }
      let (top, isLarger) = high.addingReportingOverflow(carry)
      sum[count - 1] = top
      sum[count] = (isLarge ? 1 : 0) &+ (isLarger ? 1 : 0)
    }
    reduce(&sum)
    return sum
  }

  /// Doubles a number modulo the modulus.
  private func double(_ number: inout [UInt64]) {
    var carry: UInt64 = 0
    for index in number.indices {
      let limb = number[index]
      number[index] = limb << 1 | carry
      carry = limb >> 63
    }
    number.append(carry)
    reduce(&number)
  }

  /// Takes the modulus off a number of one limb more, below twice the modulus, and the limb.
  private func reduce(_ number: inout [UInt64]) {
    if number[modulus.count] != 0 || !Self.isLess(number, modulus) { Self.subtract(modulus, from: &number) }
    number.removeLast()
  }

  /// The lower half of a · b + addend + carry; the upper one becomes the carry.
  @inline(__always)
  private static func add(_ a: UInt64, _ b: UInt64, _ addend: UInt64, _ carry: inout UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    let (first, overflow) = low.addingReportingOverflow(addend)
    let (second, again) = first.addingReportingOverflow(carry)
    carry = high &+ (overflow ? 1 : 0) &+ (again ? 1 : 0)
    return second
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
