/// What has to be escaped in a string, and how.
enum JSONEscape {
  /// Eight bytes a time.
  static func needsEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // The highest bit of a byte tells: of one that is below 0x20 or equal to one of three, or has that bit itself.
      let isFound =
        (word &- repeated(0x20)) | word | isZero(word ^ repeated(0x7f)) | isZero(word ^ repeated(UInt8(ascii: "\"")))
        | isZero(word ^ repeated(UInt8(ascii: "\\")))
      if isFound & repeated(0x80) != 0 { return true }
      offset &+= 8
    }
    while offset < bytes.count {
      if unsafe needsEscape(bytes[offset]) { return true }
      offset &+= 1
    }
    return false
  }

  @inline(__always)
  static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of the lowest byte that is zero, and perhaps of some above it; nothing where none is.
  @inline(__always)
  static func isZero(_ word: UInt64) -> UInt64 { (word &- repeated(1)) & ~word }

  @inline(__always)
  static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// The character that begins at a place of valid UTF-8.
  static func scalar(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Unicode.Scalar {
    let longest = unsafe UnsafeBufferPointer(rebasing: text[place..<min(place + 4, text.count)])
    return unsafe String(decoding: longest, as: UTF8.self).unicodeScalars.first ?? "\u{fffd}"
  }

  /// Characters that JSON does not demand to escape are escaped too where printing them could act on a terminal or break
  /// a line in a program that reads the output as JavaScript (U+2028).
  static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes.append(contentsOf: #"\""#.utf8)
    case "\\": bytes.append(contentsOf: #"\\"#.utf8)
    case "\n": bytes.append(contentsOf: #"\n"#.utf8)
    case "\r": bytes.append(contentsOf: #"\r"#.utf8)
    case "\t": bytes.append(contentsOf: #"\t"#.utf8)
    case _ where scalar.isHostile:
      for unit in Character(scalar).utf16 {
        bytes.append(contentsOf: #"\u"#.utf8)
        bytes.append(JSONText.hexDigit(UInt8(truncatingIfNeeded: unit >> 12)))
        bytes.append(JSONText.hexDigit(UInt8(truncatingIfNeeded: unit >> 8 & 0xf)))
        bytes.append(JSONText.hexDigit(UInt8(truncatingIfNeeded: unit >> 4 & 0xf)))
        bytes.append(JSONText.hexDigit(UInt8(truncatingIfNeeded: unit & 0xf)))
      }
    default: bytes.append(contentsOf: Character(scalar).utf8)
    }
  }
}
