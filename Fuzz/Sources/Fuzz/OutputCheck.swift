/// What reports must never hold, whatever stood in the packets.
enum OutputCheck {
  /// No character that acts on a terminal, and none that reorders a line.
  static func text(_ output: String) {
    for scalar in output.unicodeScalars where scalar.value < 0x20 || scalar.value >= 0x7f {
      guard scalar != "\n" else { continue }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
        claim(false, "U+\(String(scalar.value, radix: 16)) in a report")
      default: break
      }
    }
  }

  static func html(_ output: String) {
    text(output)
    claim(!output.contains("<script") && !output.contains("<img"), "no markup comes from packets")
  }

  /// One line that is one JSON value.
  static func json(_ output: String) {
    text(output)
    var reader = JSONChecker(Array(output.utf8))
    claim(reader.isOneLine(), "a line of JSON: \(output)")
  }
}

/// Whether bytes are one JSON value (RFC 8259) and a newline.
private struct JSONChecker {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func isOneLine() -> Bool { value(depth: 0) && take("\n") && position == bytes.count }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func blanks() { while next == 0x20 { position += 1 } }

  private mutating func value(depth: Int) -> Bool {
    guard depth < 32 else { return false }
    blanks()
    defer { blanks() }
    switch next {
    case UInt8(ascii: "{"): return list(closedBy: "}", depth: depth, hasKeys: true)
    case UInt8(ascii: "["): return list(closedBy: "]", depth: depth, hasKeys: false)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func list(closedBy end: Unicode.Scalar, depth: Int, hasKeys: Bool) -> Bool {
    position += 1
    blanks()
    if take(end) { return true }
    while true {
      if hasKeys {
        blanks()
        guard string() else { return false }
        blanks()
        guard take(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
      if take(end) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard "\"\\/bfnrtu".utf8.contains(next) else { return false }
        let isHex = next == UInt8(ascii: "u")
        position += 1
        guard isHex else { continue }
        for _ in 0..<4 {
          guard "0123456789abcdefABCDEF".utf8.contains(next) else { return false }
          position += 1
        }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func word(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func number() -> Bool {
    _ = take("-")
    let start = position
    while "0123456789".utf8.contains(next) { position += 1 }
    guard position > start, position == start + 1 || bytes[start] != UInt8(ascii: "0") else { return false }
    guard take(".") else { return true }
    let fraction = position
    while "0123456789".utf8.contains(next) { position += 1 }
    return position > fraction
  }
}
