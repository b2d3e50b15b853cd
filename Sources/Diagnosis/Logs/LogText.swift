/// A log line's text, made harmless.
enum LogText {
  /// The line in words: at most `limit` characters, starting a little before `focus` where the line is longer, with
  /// control characters and those that change the direction or place of text escaped.
  static func excerpt(_ line: [UInt8], focus: Int, limit: Int = LogFinding.excerptLimit) -> String {
    var start = 0
    while start < line.count, line[start] <= 0x20 { start += 1 }
    if line.count - start > limit { start = max(start, min(focus - limit / 4, line.count - limit)) }
    // Begin with a whole word, where one begins soon.
    if start > 0, line[start - 1] > 0x20, let space = line[start...].prefix(24).firstIndex(of: 0x20) {
      start = space + 1
    }
    var text = start > 0 && line.prefix(start).contains { $0 > 0x20 } ? "…" : ""
    var length = text.unicodeScalars.count
    for scalar in String(decoding: line[start...].prefix(limit * 4), as: UTF8.self).unicodeScalars {
      let piece = escaped(scalar)
      // Scalars are at least as many as characters, and cheap to count.
      length += piece.unicodeScalars.count
      if length > limit - 1 { return text + "…" }
      text += piece
    }
    return text
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      scalar == "\t" ? " " : "\\u{" + String(scalar.value, radix: 16) + "}"
    default: String(scalar)
    }
  }

  /// Where `text` begins in `line`, compared as the matcher does; nil where it does not occur.
  static func find(_ text: String, in line: [UInt8], from start: Int = 0) -> Int? {
    let needle = text.utf8.map(PatternMatcher.fold)
    guard let first = needle.first, line.count >= needle.count, start >= 0 else { return nil }
    var position = start
    while position <= line.count - needle.count {
      if PatternMatcher.fold(line[position]) == first {
        var length = 1
        while length < needle.count, PatternMatcher.fold(line[position + length]) == needle[length] { length += 1 }
        if length == needle.count { return position }
      }
      position += 1
    }
    return nil
  }

  /// The bytes from `start` up to the first of `stops`, at most `limit`, as text.
  static func word(_ line: [UInt8], from start: Int, stops: String, limit: Int = 96) -> String {
    guard start >= 0, start < line.count else { return "" }
    return String(decoding: line[start...].prefix(limit).prefix { !stops.utf8.contains($0) }, as: UTF8.self)
  }

  /// The decimal number at `start`, behind spaces; nil where there is none, or one above 99,999.
  static func number(_ line: [UInt8], from start: Int) -> Int? {
    var position = start
    while position < line.count, line[position] == 0x20 { position += 1 }
    var value = 0
    var digits = 0
    while position < line.count, (0x30...0x39).contains(line[position]), digits < 6 {
      value = value * 10 + Int(line[position] - 0x30)
      position += 1
      digits += 1
    }
    return digits > 0 && digits < 6 ? value : nil
  }
}
