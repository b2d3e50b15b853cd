/// Makes any text one word of a shell command, whatever it holds.
public enum ShellQuoting {
  /// The text as one word: bare where every character is harmless, else in single quotes; in `$'…'` (bash, zsh, ksh,
  /// POSIX 2024) with escapes where it holds anything outside printable ASCII, so that neither a terminal nor an eye is
  /// misled. A NUL cannot be passed to a program and is left out.
  public static func quote(_ text: String) -> String {
    let bytes = Array(text.utf8)
    if bytes.allSatisfy(isHarmless), let first = bytes.first, first != UInt8(ascii: "=") {
      return text
    }
    if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    return "$'" + bytes.filter { $0 != 0 }.map(escape).joined() + "'"
  }

  /// Whether the text can be passed to a program unchanged.
  public static func canPass(_ text: String) -> Bool { !text.utf8.contains(0) && !text.contains("\u{fffd}") }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
      UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "-"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(byte))
    case 0x20...0x7e: String(UnicodeScalar(byte))
    // Three octal digits: unlike `\x`, no shell reads a following digit as part of the escape.
    default: "\\" + octal(byte >> 6) + octal(byte >> 3 & 7) + octal(byte & 7)
    }
  }

  private static func octal(_ digit: UInt8) -> String { String(digit, radix: 8) }
}

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

  /// Hex digits, dots and colons (and a zone): an address as it stands in a capture's story.
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

  /// An IPv6 address in brackets, anything else as it is.
  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
