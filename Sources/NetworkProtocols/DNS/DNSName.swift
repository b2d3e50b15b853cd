internal import Bytes

/// Domain names in their wire form, RFC 1035 §3.1 and §4.1.4.
enum DNSName {
  /// A name takes at most 255 bytes.
  static let lengthLimit = 255

  /// Moves behind a name, wherever its pointer leads: a record's cost is that of its own bytes.
  static func skip(_ cursor: inout ByteCursor) throws(ParseError) {
    while true {
      let at = cursor.offset
      let head = try cursor.read(UInt8.self)
      switch head >> 6 {
      case 0:
        guard head > 0 else { return }
        try cursor.skip(Int(head))
      case 3: return try cursor.skip(1)
      default: throw ParseError(.invalid("label type \(head >> 6)"), at: at, field: "name")
      }
    }
  }

  /// Refuses a name that is cut, too long, or points forward.
  static func check(at offset: Int, in message: RawSpan) throws(ParseError) {
    try forEachLabel(at: offset, in: message) { _ in }
  }

  /// The presentation form without the final dot: dots and backslashes within a label escaped by a backslash, bytes
  /// outside printable ASCII as `\ddd` (RFC 4343 §2.1).
  static func text(at offset: Int, in message: RawSpan) throws(ParseError) -> String {
    var text: [UInt8] = []
    var bytes: [UInt8] = []
    try forEachLabel(at: offset, in: message) { label in
      var label = label
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      label.append(to: &bytes)
      for byte in bytes { append(byte, to: &text) }
      bytes.removeAll(keepingCapacity: true)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Gives each label of a name that begins at `offset` to `body`.
  private static func forEachLabel(
    at offset: Int, in message: RawSpan, _ body: (ByteCursor) -> Void
  ) throws(ParseError) {
    var length = 0
    // Each pointer has to point before all that was read of this name so far: nobody can walk in circles.
    var lowest = offset
    var reader = ByteCursor(message)
    try reader.skip(offset)
    while true {
      let at = reader.offset
      let head = try reader.read(UInt8.self)
      switch head >> 6 {
      case 0:
        length &+= Int(head) &+ 1
        guard length <= lengthLimit else { throw ParseError(.invalid("longer than 255 bytes"), at: at, field: "name") }
        let label = try reader.slice(Int(head))
        guard head > 0 else { return }
        body(label)
      case 3:
        let target = Int(head & 0x3F) << 8 | Int(try reader.read(UInt8.self))
        guard target < lowest else { throw ParseError(.invalid("a pointer forward"), at: at, field: "name") }
        lowest = target
        reader = ByteCursor(message)
        try reader.skip(target)
      default: throw ParseError(.invalid("label type \(head >> 6)"), at: at, field: "name")
      }
    }
  }

  private static func append(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "\\"):
      text.append(UInt8(ascii: "\\"))
      text.append(byte)
    case 0x21...0x7E: text.append(byte)
    default:
      text.append(UInt8(ascii: "\\"))
      for digit in [byte / 100, byte / 10 % 10, byte % 10] { text.append(UInt8(ascii: "0") &+ digit) }
    }
  }
}
