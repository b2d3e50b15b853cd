/// An IP address as certificates hold it: 4 or 16 octets, and its textual form.
struct IPLiteral: Hashable, Sendable {
  let octets: [UInt8]

  /// Reads dotted IPv4 or RFC 4291 §2.2 IPv6, brackets and a zone identifier allowed.
  init?(_ text: String) {
    guard text.utf8.count <= 66 else { return nil }
    var text = Substring(text)
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let octets = Self.sixteen(text.prefix { $0 != "%" }) else { return nil }
      self.octets = octets
    } else {
      guard let octets = Self.four(text) else { return nil }
      self.octets = octets
    }
  }

  private static func four(_ text: Substring) -> [UInt8]? {
    var octets: [UInt8] = []
    var value = 0
    var digits = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, octets.count < 3 else { return nil }
        octets.append(UInt8(truncatingIfNeeded: value))
        (value, digits) = (0, 0)
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 3 else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
        guard value <= 255 else { return nil }
      }
    }
    guard digits > 0, octets.count == 3 else { return nil }
    octets.append(UInt8(truncatingIfNeeded: value))
    return octets
  }

  private static func sixteen(_ text: Substring) -> [UInt8]? {
    guard text.hasPrefix("::") || !text.hasPrefix(":"), text.hasSuffix("::") || !text.hasSuffix(":") else { return nil }
    var groups: [UInt8] = []
    var gap: Int?
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    guard parts.count >= 3, parts.count <= 9 else { return nil }
    // A leading or trailing "::" splits into two empty parts where one stands for the gap.
    if parts.first == "", parts.dropFirst().first == "" { parts = parts.dropFirst() }
    if parts.last == "", parts.dropLast().last == "", parts.count > 1 { parts = parts.dropLast() }
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if part.contains(".") {
        guard index == parts.count - 1, let octets = four(part) else { return nil }
        groups += octets
      } else {
        guard part.utf8.count <= 4, part.utf8.first != 43, let group = UInt16(part, radix: 16) else { return nil }
        groups += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
      }
    }
    guard let gap else { return groups.count == 16 ? groups : nil }
    guard groups.count <= 14 else { return nil }
    groups.insert(contentsOf: [UInt8](repeating: 0, count: 16 - groups.count), at: gap)
    return groups
  }

  /// Dotted IPv4 or RFC 5952; nil for any other count of octets.
  static func text(_ octets: Span<UInt8>) -> String? {
    if octets.count == 4 { return "\(octets[0]).\(octets[1]).\(octets[2]).\(octets[3])" }
    guard octets.count == 16 else { return nil }
    var groups: [UInt16] = []
    for index in 0..<8 { groups.append(UInt16(octets[2 * index]) << 8 | UInt16(octets[2 * index + 1])) }
    if groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xffff {
      return "::ffff:\(octets[12]).\(octets[13]).\(octets[14]).\(octets[15])"
    }
    // The longest run of two or more zero groups is shortened; the first of equals (RFC 5952 §4.2.3).
    var longest = 0..<1
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > longest.count { longest = start..<end }
      start = max(end, start + 1)
    }
    func joined(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard longest.count >= 2 else { return joined(0..<8) }
    return joined(0..<longest.lowerBound) + "::" + joined(longest.upperBound..<8)
  }
}
