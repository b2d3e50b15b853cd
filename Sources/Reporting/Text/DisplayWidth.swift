extension String {
  /// How many terminal cells the text fills: East Asian wide characters and emoji two, combining marks none.
  var displayWidth: Int {
    if isPrintableASCII { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The longest prefix that fits into `cells`, with an ellipsis for what was cut off.
  func clipped(to cells: Int, ellipsis: String = "…") -> String {
    guard displayWidth > cells else { return self }
    let room = cells - ellipsis.displayWidth
    guard room > 0 else { return "" }
    return String(prefix(cells: room)) + ellipsis
  }

  /// The longest prefix that fits into `cells`.
  func prefix(cells: Int) -> Substring.UnicodeScalarView {
    var used = 0
    var end = unicodeScalars.startIndex
    while end < unicodeScalars.endIndex {
      used += unicodeScalars[end].displayWidth
      if used > cells { break }
      end = unicodeScalars.index(after: end)
    }
    return unicodeScalars[..<end]
  }
}

extension Unicode.Scalar {
  /// Cells that the character fills, by Unicode Standard Annex #11's wide and fullwidth ranges.
  var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
    }
  }

  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x231a...0x231b, 0x2329...0x232a, 0x23e9...0x23ec, 0x2614...0x2615, 0x26a1...0x26a1,
    0x2705...0x2705, 0x274c...0x274c, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
    0xa000...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f,
    0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18cff, 0x1b000...0x1b2ff, 0x1f004...0x1f004, 0x1f0cf...0x1f0cf,
    0x1f18e...0x1f18e, 0x1f191...0x1f19a, 0x1f200...0x1f320, 0x1f32d...0x1f64f, 0x1f680...0x1f6ff,
    0x1f7e0...0x1f7eb, 0x1f90c...0x1f9ff, 0x1fa70...0x1faff, 0x20000...0x3fffd,
  ]
}
