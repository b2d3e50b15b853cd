internal import Bytes

/// Reads domain names in their wire form, RFC 1035 §3.1 and §4.1.4.
enum DNSName {
  /// A name takes at most 255 bytes.
  static let lengthLimit = 255

  /// Reads a name and leaves the cursor behind it. Returns the presentation form without the final dot: dots and
  /// backslashes within a label escaped by a backslash, bytes outside printable ASCII as `\ddd` (RFC 4343 §2.1).
  static func read(_ cursor: inout ByteCursor, in message: RawSpan) throws(ParseError) -> String {
    var text = ""
    var length = 0
    // Each pointer has to point before all that was read of this name so far: nobody can walk in circles.
    var lowest = cursor.offset
    var isInPlace = true
    var reader = cursor
    while true {
      let at = reader.offset
      let head = try reader.read(UInt8.self)
      switch head >> 6 {
      case 0:
        length &+= Int(head) &+ 1
        guard length <= lengthLimit else { throw ParseError(.invalid("longer than 255 bytes"), at: at, field: "name") }
        var label = try reader.slice(Int(head))
        if isInPlace { try cursor.skip(Int(head) &+ 1) }
        guard head > 0 else { return text }
        if !text.isEmpty { text.append(".") }
        while !label.isAtEnd { append(try label.read(), to: &text) }
      case 3:
        let target = Int(head & 0x3F) << 8 | Int(try reader.read(UInt8.self))
        if isInPlace { try cursor.skip(2) }
        isInPlace = false
        guard target < lowest else { throw ParseError(.invalid("a pointer forward"), at: at, field: "name") }
        lowest = target
        reader = ByteCursor(message)
        try reader.skip(target)
      default: throw ParseError(.invalid("label type \(head >> 6)"), at: at, field: "name")
      }
    }
  }

  private static func append(_ byte: UInt8, to text: inout String) {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "\\"):
      text.append("\\")
      text.unicodeScalars.append(Unicode.Scalar(byte))
    case 0x21...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte)
      text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
  }
}
