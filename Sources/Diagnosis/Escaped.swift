import TLSProtocol

/// Text from packets made harmless for sentences: nothing unprintable, no bidirectional overrides, bounded length.
enum Escaped {
  static func text(_ text: String, limit: Int = 120) -> String {
    // Nearly all is plain ASCII, and looking characters up is slow.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      if count > limit { return result + "…" }
      if isHarmless(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return result
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }

  /// Names in a row, shortened in the middle of nowhere but at the end.
  static func list(_ names: [String], limit: Int = 6) -> String {
    if names.isEmpty { return "none" }
    let shown = names.prefix(limit).map { text($0, limit: 64) }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
  }

  static func list<Point: CodePoint>(_ points: [Point], limit: Int = 6) -> String {
    list(points.filter { !$0.isGREASE }.map(\.name), limit: limit)
  }

  static func versions(_ versions: [ProtocolVersion]) -> String {
    list(versions.filter { !$0.isGREASE }.map(\.displayName))
  }
}
