/// Renders bytes that a peer sent so that they are safe on any terminal and in any report: printable ASCII only.
enum DisplayText {
  /// Bytes that are written out in hex before the rest is counted.
  static let hexLimit = 64
  static let textLimit = 1024

  /// Lowercase hex; of long values the start, and the length.
  static func hex(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "empty" }
    var text = ""
    for byte in bytes.prefix(hexLimit) {
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
    return bytes.count > hexLimit ? "\(text)... (\(bytes.count) bytes)" : text
  }

  /// Printable ASCII as it is; backslashes doubled and every other byte as `\xNN`, so that nothing is lost.
  static func escaped(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes.prefix(textLimit) {
      switch byte {
      case UInt8(ascii: "\\"): text += "\\\\"
      case 0x20...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += byte < 16 ? "\\x0\(String(byte, radix: 16))" : "\\x\(String(byte, radix: 16))"
      }
    }
    return bytes.count > textLimit ? "\(text)... (\(bytes.count) bytes)" : text
  }

  /// The number in hex at its full width, as in `0x0a0a`.
  static func hexadecimal<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, Number.bitWidth / 4 - digits.count)) + digits
  }
}
