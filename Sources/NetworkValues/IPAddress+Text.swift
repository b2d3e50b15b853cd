extension IPAddress: LosslessStringConvertible {
  /// Dotted decimal, or the recommended text form of IPv6 (RFC 5952 §4).
  public var description: String {
    if isIPv4 { return Self.dotted(UInt32(truncatingIfNeeded: low)) }
    // RFC 5952 §5: a known prefix allows dotted decimal at the end.
    if let ipv4 { return "::ffff:" + Self.dotted(ipv4) }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - $0 % 4 * 16)) }
    let zeros = Self.longestZeros(groups)
    func text(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !zeros.isEmpty else { return text(groups[...]) }
    return text(groups[..<zeros.lowerBound]) + "::" + text(groups[zeros.upperBound...])
  }

  private static func dotted(_ address: UInt32) -> String {
    "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
  }

  /// The longest run of at least two zero groups, the first of several (RFC 5952 §4.2); empty where there is none.
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 {
        start = index + 1
      } else if index + 1 - start > max(best.count, 1) {
        best = start..<index + 1
      }
    }
    return best
  }

  /// Reads dotted decimal (no leading zeros) or any IPv6 form of RFC 4291 §2.2, without brackets or a zone.
  public init?(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      self.init(ipv6Text: text[...])
    } else {
      guard let address = Self.parseDotted(text[...]) else { return nil }
      self.init(ipv4: address)
    }
  }

  /// Reads an address as people write it for a host: also in brackets, and with a zone identifier (RFC 4007 §11), which is
  /// left out.
  public init?(host text: String) {
    guard text.utf8.count <= 66 else { return nil }
    var text = Substring(text)
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
    self.init(text.utf8.contains(UInt8(ascii: ":")) ? String(text.prefix { $0 != "%" }) : String(text))
  }

  private init?(ipv6Text text: Substring) {
    var before: [UInt16] = []
    var after: [UInt16]?
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    // A leading or trailing "::" leaves two empty parts; one stands for the gap, the other goes.
    guard text.hasPrefix("::") == text.hasPrefix(":"), text.hasSuffix("::") == text.hasSuffix(":") else { return nil }
    if text.hasPrefix("::") { parts.removeFirst() }
    if text.hasSuffix("::"), parts.count > 1 { parts.removeLast() }
    while let part = parts.popFirst() {
      var groups: [UInt16]
      if part.isEmpty {
        guard after == nil else { return nil }
        after = []
        continue
      } else if parts.isEmpty, part.utf8.contains(UInt8(ascii: ".")) {
        guard let address = Self.parseDotted(part) else { return nil }
        groups = [UInt16(address >> 16), UInt16(address & 0xFFFF)]
      } else {
        guard part.utf8.count <= 4, part.utf8.allSatisfy(\.isHexadecimalDigit), let group = UInt16(part, radix: 16)
        else { return nil }
        groups = [group]
      }
      if after == nil { before += groups } else { after?.append(contentsOf: groups) }
    }
    let missing = 8 - before.count - (after?.count ?? 0)
    guard after == nil ? missing == 0 : missing >= 1 else { return nil }
    let groups = before + Array(repeating: 0, count: missing) + (after ?? [])
    func word(_ part: ArraySlice<UInt16>) -> UInt64 { part.reduce(0) { $0 << 16 | UInt64($1) } }
    self.init(ipv6High: word(groups[..<4]), low: word(groups[4...]))
  }

  private static func parseDotted(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt32 = 0
    for part in parts {
      // Leading zeros are refused: some read them as octal.
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(\.isDecimalDigit), let byte = UInt8(part),
        part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0")
      else { return nil }
      address = address << 8 | UInt32(byte)
    }
    return address
  }
}

extension UInt8 {
  fileprivate var isDecimalDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexadecimalDigit: Bool { isDecimalDigit || (0x61...0x66).contains(self | 0x20) }
}
