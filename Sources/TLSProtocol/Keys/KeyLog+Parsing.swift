extension KeyLog {
  /// Reads a key log.
  public init(text: String) {
    self.init()
    append(lines: Array(text.utf8))
  }

  /// Reads more lines; the last one needs no line break. For files that other programs are still writing.
  public mutating func append(lines: String) { append(lines: Array(lines.utf8)) }

  /// Reads more lines, as bytes of UTF-8.
  public mutating func append(lines: [UInt8]) {
    let bytes = lines.span
    var start = 0
    // A byte order mark, as editors on Windows write it.
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end &+= 1 }
      appendLine(bytes.extracting(start..<end))
      start = end &+ 1
    }
  }

  /// No line of any key log is longer: a label, 32 and at most 64 bytes of hex.
  private static let longestLine = 512

  private mutating func appendLine(_ line: Span<UInt8>) {
    var position = 0
    let label = Self.word(line, &position)
    if label.isEmpty || line[label.lowerBound] == UInt8(ascii: "#") { return }
    let random = Self.word(line, &position)
    let secret = Self.word(line, &position)
    guard line.count <= Self.longestLine, Self.word(line, &position).isEmpty,
      let name = Self.label(line.extracting(label)), let randomBytes = Self.bytes(line.extracting(random)),
      let secretBytes = Self.bytes(line.extracting(secret)), !secretBytes.isEmpty,
      randomBytes.count == (name == "RSA" ? 8 : 32)
    else {
      ignoredLines += 1
      return
    }
    insert(secretBytes, label: name, clientRandom: randomBytes)
  }

  /// The next run of bytes that are no blanks.
  private static func word(_ line: Span<UInt8>, _ position: inout Int) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    while position < line.count, isBlank(line[position]) { position &+= 1 }
    let start = position
    while position < line.count, !isBlank(line[position]) { position &+= 1 }
    return start..<position
  }

  /// A label: capitals, digits and underscores.
  private static func label(_ word: Span<UInt8>) -> String? {
    guard word.count <= 64 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(word.count)
    for index in word.indices {
      switch word[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        text.append(word[index])
      default: return nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func bytes(_ hex: Span<UInt8>) -> [UInt8]? {
    guard hex.count & 1 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hex.count / 2)
    var index = 0
    while index &+ 1 < hex.count {
      guard let high = digit(hex[index]), let low = digit(hex[index &+ 1]) else { return nil }
      bytes.append(high << 4 | low)
      index &+= 2
    }
    return bytes
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character &- 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character &- 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character &- 55
    default: nil
    }
  }
}
