/// A command to paste into a shell, written as a string literal. Only what ``ShellWord`` made safe, and numbers, can be put
/// into it: a string from a packet does not compile.
public struct ShellCommand: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The line, every value in it quoted for a POSIX shell.
  public private(set) var text: String
  /// What each placeholder stands for and why, in words.
  public private(set) var gaps: [String] = []

  public init(stringLiteral text: String) { self.text = text }

  public init(stringInterpolation parts: StringInterpolation) {
    (text, gaps) = (parts.text, parts.gaps)
  }

  /// A sentence that goes with the command, and behind it what the reader has to fill in.
  func explaining(_ sentence: String) -> String {
    gaps.isEmpty ? sentence : "\(sentence) (\(gaps.joined(separator: "; ")))"
  }

  /// The same with more options behind a beginning that it has; unchanged where it begins otherwise.
  func inserting(_ options: ShellCommand, behind beginning: StaticString) -> Self {
    guard text.hasPrefix("\(beginning)") else { return self }
    var changed = self
    changed.text = "\(beginning)" + options.text + " " + text.dropFirst("\(beginning)".count)
    changed.gaps = options.gaps + gaps
    return changed
  }

  static func + (left: Self, right: Self) -> Self { "\(left)\(right)" }

  /// Quotes what is put into a command.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var gaps: [String] = []

    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    /// What the code itself writes stays as it is.
    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// A value becomes one word of the shell.
    public mutating func appendInterpolation(_ word: ShellWord) {
      text += word.text
      note(word.gap)
    }

    /// A command that is quoted already stays as it is.
    public mutating func appendInterpolation(_ command: ShellCommand) {
      text += command.text
      for gap in command.gaps { note(gap) }
    }

    /// Digits need no quotes.
    public mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }

    /// Each is told once.
    mutating func note(_ gap: String?) {
      if let gap, !gaps.contains(gap) { gaps.append(gap) }
    }
  }
}

extension [ShellCommand] {
  /// With a space between each two.
  func joined() -> ShellCommand {
    guard let first else { return "" }
    return dropFirst().reduce(first) { "\($0) \($1)" }
  }
}
