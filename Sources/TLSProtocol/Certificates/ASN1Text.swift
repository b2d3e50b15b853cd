/// Decodes ASN.1's string types and makes hostile text harmless.
enum ASN1Text {
  /// Appends an ASN.1 string's text as UTF-8; false for a type that is no string.
  ///
  /// Undecodable octets become U+FFFD, so that a broken name still shows what is sound about it. TeletexString is read
  /// as Latin-1, as every implementation does in practice.
  static func appendUTF8(_ content: Span<UInt8>, tag: DERTag, to text: inout [UInt8]) -> Bool {
    switch tag.octet & 0x1f {
    case 12, 18, 19, 22, 26:
      appendRepaired(content, to: &text)
    case 20, 21, 25, 27:
      for index in content.indices { append(Unicode.Scalar(content[index]), to: &text) }
    case 30:
      var units: [UInt16] = []
      units.reserveCapacity(content.count / 2)
      var index = 0
      while index &+ 1 < content.count {
        units.append(UInt16(content[index]) << 8 | UInt16(content[index &+ 1]))
        index &+= 2
      }
      text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    case 28:
      var index = 0
      while index &+ 3 < content.count {
        var value: UInt32 = 0
        for offset in 0..<4 { value = value << 8 | UInt32(content[index &+ offset]) }
        append(Unicode.Scalar(value) ?? "\u{fffd}", to: &text)
        index &+= 4
      }
    default:
      return false
    }
    return true
  }

  /// Text with control characters, and those that reorder or hide what stands around them, as `\` and the hex of each
  /// UTF-8 octet: nothing that a terminal, a log or a reader could mistake.
  static func harmless(_ content: Span<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(content.count)
    var isPlain = true
    for index in content.indices {
      let octet = content[index]
      if octet < 0x20 || octet >= 0x7f { isPlain = false }
      text.append(octet)
    }
    guard !isPlain else { return String(decoding: text, as: UTF8.self) }
    var escaped: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if isHazardous(scalar) {
        for octet in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { appendEscape(octet, to: &escaped) }
      } else {
        append(scalar, to: &escaped)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// Controls, line breaks, joiners, bidirectional overrides, tags and private use: characters that act on a display
  /// instead of standing in it.
  static func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) { return true }
    guard scalar.value > 0x2ff else { return scalar.value == 0xad }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
    default: return false
    }
  }

  static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Appends `\` and two hex digits, RFC 4514 §2.4.
  static func appendEscape(_ octet: UInt8, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\\"))
    for nibble in [octet >> 4, octet & 0x0f] { text.append(nibble &+ (nibble < 10 ? 48 : 55)) }
  }

  private static func appendRepaired(_ content: Span<UInt8>, to text: inout [UInt8]) {
    var isASCII = true
    let start = text.count
    for index in content.indices {
      if content[index] >= 0x80 { isASCII = false }
      text.append(content[index])
    }
    guard !isASCII else { return }
    let repaired = String(decoding: text[start...], as: UTF8.self)
    text.removeSubrange(start...)
    text.append(contentsOf: repaired.utf8)
  }
}
