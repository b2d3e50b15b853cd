extension String {
  /// The text in ASCII: the reports' own signs by their nearest look-alikes, every other character by its number.
  var asciiFallback: String {
    if isPrintableASCII { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isASCII {
        text.unicodeScalars.append(scalar)
      } else if let replacement = Self.asciiReplacements[scalar] {
        text += replacement
      } else {
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return text
  }

  private static let asciiReplacements: [Unicode.Scalar: String] = [
    "→": "->", "←": "<-", "⇄": "<>", "✓": "+", "✗": "x", "≠": "!=", "◆": "*", "≤": "<=", "≥": ">=", "×": "x", "•": "*",
    "·": "-", "–": "-", "—": "-", "…": "...", "│": "|", "─": "-", "═": "=", "┼": "+", "┬": "+", "┴": "+", "╌": "-",
    "▸": ">",
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "µ": "u", "§": "section ",
  ]
}
