/// What a terminal can show: colour or none, UTF-8 or ASCII only.
public struct Style: Sendable, Hashable {
  /// Emphasis by ANSI escape sequences. Never the only carrier of a meaning: every colour goes with a word or a sign.
  public var usesColor: Bool
  /// Arrows, rules and signs outside ASCII; without it each is replaced by ASCII characters.
  public var usesUnicode: Bool

  public init(color usesColor: Bool = false, unicode usesUnicode: Bool = true) {
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
  }
}

/// How a piece of text stands out.
struct Emphasis: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let bold = Emphasis(rawValue: 1)
  static let dim = Emphasis(rawValue: 2)
  static let red = Emphasis(rawValue: 4)
  static let green = Emphasis(rawValue: 8)
  static let yellow = Emphasis(rawValue: 16)

  /// The parameters of the escape sequence that turns it on (ECMA-48 §8.3.117).
  var parameters: String {
    var codes: [String] = []
    if contains(.bold) { codes.append("1") }
    if contains(.dim) { codes.append("2") }
    if contains(.red) { codes.append("31") }
    if contains(.green) { codes.append("32") }
    if contains(.yellow) { codes.append("33") }
    return codes.joined(separator: ";")
  }
}
