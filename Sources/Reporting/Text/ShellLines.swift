/// A shell command over several lines, each but the last ending in a backslash: pasted, it is the same command.
enum ShellLines {
  static func split(_ command: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for argument in units(of: arguments(of: command)) {
      if !line.isEmpty, line.displayWidth + 1 + argument.displayWidth > width - 2 {
        lines.append(line + " \\")
        line = "  " + argument
      } else {
        line += line.isEmpty ? argument : " " + argument
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// An option stays with its value.
  private static func units(of arguments: [String]) -> [String] {
    var units: [String] = []
    var takesValue = false
    for argument in arguments {
      let isOption = argument.hasPrefix("-") && argument.utf8.count > 1
      if takesValue, !isOption, argument.first.map({ !"<>|;&".contains($0) }) == true, let last = units.popLast() {
        units.append(last + " " + argument)
        takesValue = false
      } else {
        units.append(argument)
        takesValue = isOption
      }
    }
    return units
  }

  /// What stands between spaces outside quotes, quotes and all.
  private static func arguments(of command: String) -> [String] {
    var arguments: [String] = []
    var argument = ""
    var quote: Character?
    var isEscaped = false
    for character in command {
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == " " {
        if !argument.isEmpty { arguments.append(argument) }
        argument = ""
        continue
      }
      argument.append(character)
    }
    if !argument.isEmpty { arguments.append(argument) }
    return arguments
  }
}
