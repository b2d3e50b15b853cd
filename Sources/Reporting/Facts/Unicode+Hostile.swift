extension Unicode.Scalar {
  /// Whether printing the character could change what is around it: control characters (C0, DEL, C1), format characters
  /// (bidirectional overrides, zero-width marks, tags) and line or paragraph separators.
  var isHostile: Bool {
    if value < 0x7f { return value < 0x20 }
    if value < 0xa0 { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return false
    }
  }
}

extension String {
  /// Whether every character is printable ASCII, by far the commonest case.
  var isPrintableASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } }

  /// The text with every character that could act on a terminal or reorder a line spelled out: `\x1b`, `\u{202e}`.
  ///
  /// All text that may come from packets passes through here before it is printed.
  public var escapedForDisplay: String {
    if isPrintableASCII { return self }
    var escaped = ""
    for scalar in unicodeScalars {
      guard scalar.isHostile else {
        escaped.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      if scalar.value < 0x80 {
        escaped += digits.utf8.count < 2 ? "\\x0" + digits : "\\x" + digits
      } else {
        escaped += "\\u{" + digits + "}"
      }
    }
    return escaped
  }
}
