/// The help of swift-argument-parser, laid out for the width that there is.
///
/// It is taken in lines of any length, each a paragraph, and wrapped here: in a narrow terminal the parser would leave
/// fourteen cells for what an option does.
struct HelpLayout {
  /// Longer lines tire the reader, however wide the terminal.
  private static let widest = 100
  /// Where the parser begins to say what an option does.
  private static let column = 26
  /// Below it two columns do not fit beside each other.
  private static let narrow = 60
  /// So wide that the parser breaks no line.
  static let unwrapped = 1 << 20

  private let width: Int
  private(set) var text = ""

  /// Whether a message of the parser's is help, and not a version or a script.
  static func isHelp(_ message: String) -> Bool { message.hasPrefix("OVERVIEW: ") }

  init(_ help: String, width: Int) {
    self.width = min(max(width, 20), Self.widest)
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var index = 0
    var isList = false
    while index < lines.count {
      let line = lines[index]
      index += 1
      if line.isEmpty || !line.hasPrefix("  ") { isList = Self.isTitle(line) }
      let margin = String(repeating: " ", count: Self.column)
      if isList, line.hasPrefix("  ") {
        if index < lines.count, lines[index].hasPrefix(margin) {
          entry(String(line.dropFirst(2)), String(lines[index].dropFirst(Self.column)))
          index += 1
        } else {
          let label = String(line.prefix(Self.column).dropFirst(2))
          entry(String(label.reversed().drop { $0 == " " }.reversed()), String(line.dropFirst(Self.column)))
        }
      } else {
        prose(line)
      }
    }
  }

  /// `OPTIONS:` and the like.
  private static func isTitle(_ line: String) -> Bool {
    line.last == ":" && line.allSatisfy { $0.isUppercase || $0 == " " || $0 == ":" }
  }

  private mutating func entry(_ label: String, _ body: String) {
    guard width >= Self.narrow else {
      add("  " + label)
      return wrap(body, first: "      ", following: 6)
    }
    if label.count + 3 > Self.column {
      add("  " + label)
      wrap(body, first: String(repeating: " ", count: Self.column), following: Self.column)
    } else {
      let padding = String(repeating: " ", count: Self.column - 2 - label.count)
      wrap(body, first: "  " + label + padding, following: Self.column)
    }
  }

  /// A paragraph; an indented command, which is copied whole; or a command behind words that say what it is for.
  private mutating func prose(_ line: String) {
    if line.hasPrefix("  ") || line.count <= width { return add(line) }
    guard let gap = line.firstRange(of: "   ") else {
      return wrap(line, first: "", following: line.hasPrefix("USAGE: ") ? 7 : 0)
    }
    add(String(line[..<gap.lowerBound]))
    add("  " + String(line[gap.upperBound...].drop { $0 == " " }))
  }

  private mutating func wrap(_ body: String, first: String, following: Int) {
    var line = first
    var isEmpty = true
    for word in body.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        add(line)
        line = String(repeating: " ", count: following)
        isEmpty = true
      }
      line += isEmpty ? "\(word)" : " \(word)"
      isEmpty = false
    }
    add(line)
  }

  private mutating func add(_ line: String) {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    text += line + "\n"
  }
}
