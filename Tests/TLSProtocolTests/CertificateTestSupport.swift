/// Bytes of hex text; blanks and line breaks between digits are skipped.
func bytes(_ hex: String) -> [UInt8] {
  var result: [UInt8] = []
  var high: UInt8?
  for character in hex {
    guard let digit = character.hexDigitValue else { continue }
    if let pending = high {
      result.append(pending << 4 | UInt8(digit))
      high = nil
    } else {
      high = UInt8(digit)
    }
  }
  return result
}

/// Writes DER, so that a test can say what is odd about a certificate.
enum DER {
  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    var rest = content.count
    if rest < 128 { return [tag, UInt8(rest)] + content }
    while rest > 0 {
      length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    return [tag, 0x80 | UInt8(length.count)] + length + content
  }
  static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }
  static func set(_ parts: [UInt8]...) -> [UInt8] { element(0x31, parts.flatMap { $0 }) }
  static func utcTime(_ text: String) -> [UInt8] { element(0x17, Array(text.utf8)) }
  static func generalizedTime(_ text: String) -> [UInt8] { element(0x18, Array(text.utf8)) }
  static let commonName = bytes("0603550403")
  static func name(_ commonName: String) -> [UInt8] {
    sequence(set(sequence(self.commonName, element(0x0c, Array(commonName.utf8)))))
  }
  static let ecdsaWithSHA256 = bytes("300a06082a8648ce3d040302")
  /// An EC key on P-256 whose point is all zeros: enough for a reader, useless to anyone else.
  static let key = sequence(
    bytes("301306072a8648ce3d020106082a8648ce3d030107"), element(0x03, [UInt8](repeating: 0, count: 66)))

  static func extensionEntry(_ oid: String, critical: Bool = false, _ value: [UInt8]) -> [UInt8] {
    sequence(element(0x06, bytes(oid)), critical ? [0x01, 0x01, 0xff] : [], element(0x04, value))
  }

  /// A version 3 certificate with a meaningless signature.
  static func certificate(
    subject: [UInt8] = name("subject"), issuer: [UInt8] = name("issuer"), notBefore: [UInt8] = utcTime("250101000000Z"),
    notAfter: [UInt8] = utcTime("350101000000Z"), key: [UInt8] = key, algorithm: [UInt8] = ecdsaWithSHA256,
    extensions: [[UInt8]] = []
  ) -> [UInt8] {
    let tagged = extensions.isEmpty ? [] : element(0xa3, element(0x30, extensions.flatMap { $0 }))
    let signed = sequence(
      [0xa0, 0x03, 0x02, 0x01, 0x02], [0x02, 0x01, 0x07], algorithm, issuer, sequence(notBefore, notAfter), subject,
      key,
      tagged)
    return sequence(signed, algorithm, element(0x03, [0, 1, 2, 3, 4]))
  }
}
