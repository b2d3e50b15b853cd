import Crypto

/// The text of a fingerprint while it is put together: ASCII in one buffer, so that a list of 40 numbers does not cost
/// 40 strings.
struct FingerprintText {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func append(_ character: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: character.value)) }

  mutating func append(_ text: FingerprintText) { bytes.append(contentsOf: text.bytes) }

  /// In decimal, without leading zeros.
  mutating func append(decimal number: UInt16) {
    if number >= 10 { append(decimal: number / 10) }
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
  }

  /// In decimal, two digits; 99 where there are more.
  mutating func append(count: Int) {
    let number = UInt8(truncatingIfNeeded: min(max(count, 0), 99))
    bytes.append(UInt8(ascii: "0") &+ number / 10)
    bytes.append(UInt8(ascii: "0") &+ number % 10)
  }

  /// In hex, two digits.
  mutating func append(hexadecimal byte: UInt8) {
    bytes.append(Self.digit(byte >> 4))
    bytes.append(Self.digit(byte & 0x0f))
  }

  /// The numbers in decimal, with dashes between them: how JA3 writes a list.
  mutating func append(decimals numbers: some Sequence<UInt16>) {
    var isFirst = true
    for number in numbers {
      if !isFirst { append("-") }
      append(decimal: number)
      isFirst = false
    }
  }

  /// The numbers in four hex digits each, with commas between them: how JA4 writes a list.
  mutating func append(hexadecimals numbers: some Sequence<UInt16>) {
    var isFirst = true
    for number in numbers {
      if !isFirst { append(",") }
      append(hexadecimal: UInt8(truncatingIfNeeded: number >> 8))
      append(hexadecimal: UInt8(truncatingIfNeeded: number))
      isFirst = false
    }
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The MD5 hash of the text, in hex.
  var md5: String {
    var text = FingerprintText(capacity: 32)
    for byte in Insecure.MD5.hash(data: bytes) { text.append(hexadecimal: byte) }
    return text.string
  }

  /// The first six bytes of the text's SHA-256 hash, in hex; zeros for an empty text, as JA4 wants it.
  var truncatedSHA256: FingerprintText {
    var text = FingerprintText(capacity: 12)
    if bytes.isEmpty {
      for _ in 0..<6 { text.append(hexadecimal: 0) }
    } else {
      for byte in SHA256.hash(data: bytes).prefix(6) { text.append(hexadecimal: byte) }
    }
    return text
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") &+ (nibble &- 10)
  }
}
