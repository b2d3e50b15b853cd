/// Names as a command line can take them.
enum HostText {
  /// Letters, digits, dots, hyphens and underscores, not starting with a hyphen: safe in any command, quoted or not.
  static func isPlainName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 253, first != UInt8(ascii: "-") else { return false }
    return bytes.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// Hex digits, dots and colons: an address as it stands in a capture's story, without a zone.
  static func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }

  /// `host:port`: a plain name, an IPv4 address or an IPv6 address in brackets, and a port where there is one.
  static func isAuthority(_ text: String) -> Bool {
    var host = text[...]
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
      guard let port = UInt16(text[text.index(after: colon)...]), port > 0 else { return false }
      host = text[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { return isAddress(String(host.dropFirst().dropLast())) }
    return isPlainName(String(host))
  }

  /// An ALPN value as it can stand in a list: `h2`, `http/1.1`.
  static func isPlainProtocol(_ text: String) -> Bool {
    ShellWord.objection(to: text, limit: 64) == nil
      && text.utf8.allSatisfy { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") }
  }

  /// An IPv6 address in brackets, anything else as it is.
  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
