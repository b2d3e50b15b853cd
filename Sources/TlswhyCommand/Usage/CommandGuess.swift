import Diagnosis

/// What somebody meant whose command line does not begin with a command.
struct CommandGuess {
  /// One line, without the program's name.
  let message: String

  /// - Parameters:
  ///   - arguments: the command line behind the program's name.
  ///   - commands: the names of all commands.
  /// - Returns: nil where it does begin with a command, or with an option.
  init?(_ arguments: [String], commands: [String]) {
    guard let first = arguments.first, !first.hasPrefix("-"), !commands.contains(first), first != "help" else {
      return nil
    }
    let word = "'\(first.prefix(80))' is no command"
    if let line = Self.line(meantBy: arguments, first, commands) {
      message = "\(word); did you mean: \(line)"
    } else {
      message = "\(word); commands are \(commands.joined(separator: ", "))"
    }
  }

  private static func line(meantBy arguments: [String], _ first: String, _ commands: [String]) -> String? {
    if isThere(first) { return captures(arguments) }
    if let command = Likeness.nearest(to: first, among: commands) {
      return Self.line([command] + arguments.dropFirst(), otherwise: command)
    }
    if InputFiles.isCapture(first) { return captures(arguments) }
    if CauseExplanation.lookup(first) != nil { return Self.line(["explain", first], otherwise: "explain CODE") }
    return nil
  }

  /// Two captures and nothing else are compared; one, or many, are analyzed.
  private static func captures(_ arguments: [String]) -> String {
    let areTwo = arguments.count == 2 && (isThere(arguments[1]) || InputFiles.isCapture(arguments[1]))
    let command = areTwo ? "diff" : "analyze"
    return line([command] + arguments, otherwise: areTwo ? "diff WORKING FAILING" : "analyze FILE")
  }

  /// The command line to paste; `placeholder` where a word of it could be misread by a shell.
  private static func line(_ words: [String], otherwise placeholder: String) -> String {
    var line = "tlswhy"
    for word in words {
      // An option is written as it is where no shell reads anything into it.
      let isOption =
        word.hasPrefix("-")
        && word.utf8.allSatisfy { byte in
          byte.isLetterOrDigit || [UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ".")].contains(byte)
        }
      let quoted = ShellWord(word, placeholder: "FILE", for: "a file", limit: 1024)
      guard isOption || quoted.gap == nil else { return "tlswhy \(placeholder)" }
      line += " " + (isOption ? word : quoted.text)
    }
    return line
  }

  private static func isThere(_ path: String) -> Bool {
    SystemFile.isRegular(path) || SystemFile.isFolder(path) || SystemFile.isLive(path)
  }

}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
