/// A value as one word of a shell command: as it is where every shell reads it back as it is, else a placeholder.
///
/// Single quotes are all that is used, since `$'…'` runs what is in it in a shell that does not know it (dash). In them
/// every printable ASCII character means itself, in sh, bash, zsh, ksh, busybox and fish, but for three that are never
/// written: the quote, the backslash (fish) and the exclamation mark (csh).
public struct ShellWord: Sendable, Hashable {
  /// What stands in the command.
  public let text: String
  /// What the placeholder stands for and why, in words; nil where the value itself stands there.
  public let gap: String?

  /// - Parameters:
  ///   - value: what a packet may have held.
  ///   - placeholder: a word in capitals, for a value that no command may carry.
  ///   - what: what the value is, as in `the server name`.
  ///   - limit: the longest value that is written out, in bytes.
  public init(_ value: String, placeholder: StaticString, for what: StaticString, limit: Int = 255) {
    if let objection = Self.objection(to: value, limit: limit) {
      self.init(text: "\(placeholder)", gap: Self.gap(placeholder, what, objection))
    } else {
      self.init(text: Self.quoted(value), gap: nil)
    }
  }

  private init(text: String, gap: String?) { (self.text, self.gap) = (text, gap) }

  /// A word of this program's own making: a port, an address, names from a table, an option.
  init(known value: String) {
    if value.utf8.first == UInt8(ascii: "-"), value.utf8.allSatisfy(Self.isHarmless) {
      self.init(text: value, gap: nil)
    } else {
      self.init(value, placeholder: "VALUE", for: "a value", limit: 1 << 16)
    }
  }

  /// A name where programs take only host names: `placeholder` for any other.
  init(host name: String, placeholder: StaticString = "SERVER_NAME") {
    let gap = HostText.isPlainName(name) ? nil : Self.gap(placeholder, "the server name", "is no host name")
    self.init(text: gap == nil ? name : "\(placeholder)", gap: gap)
  }

  /// `scheme://name:port/`.
  init(scheme: StaticString, name: String, port: UInt16) {
    let host = Self(host: name)
    self.init(text: "\(scheme)://\(host.text):\(port)/", gap: host.gap)
  }

  /// `scheme://authority/`, where `authority` is a host and, where one is named, a port.
  init(scheme: StaticString, authority: String, for what: StaticString) {
    if HostText.isAuthority(authority) {
      self.init(known: "\(scheme)://\(authority)/")
    } else {
      self.init(text: "\(scheme)://HOST:PORT/", gap: Self.gap("HOST:PORT", what, "is no host and port"))
    }
  }

  private static func gap(_ placeholder: StaticString, _ what: StaticString, _ objection: String) -> String {
    "\(placeholder) stands for \(what), which \(objection)"
  }

  /// Why a command may not carry a value, as in `is empty`; nil where it may.
  static func objection(to value: String, limit: Int = 255) -> String? {
    guard let first = value.utf8.first else { return "is empty" }
    guard value.utf8.count <= limit else { return "is too long" }
    guard value.utf8.allSatisfy(isQuotable) else { return "holds characters that are not safe in every shell" }
    return first == UInt8(ascii: "-") ? "begins with a hyphen, as options do" : nil
  }

  /// Bare where every character is harmless, else in single quotes.
  private static func quoted(_ value: String) -> String {
    let isBare = value.utf8.allSatisfy(isHarmless) && value.utf8.first != UInt8(ascii: "=")
    return isBare ? value : "'\(value)'"
  }

  private static func isQuotable(_ byte: UInt8) -> Bool {
    (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "!")
  }

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
}
