/// Text for Markdown (CommonMark with GitHub's tables), in which nothing from packets can act as markup.
enum MarkdownText {
  /// Running text.
  static func escape(_ text: String) -> String {
    var output = ""
    var previous: Unicode.Scalar = " "
    let scalars = Array(text.escapedForDisplay.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "[", "]", "|", "~", "$": output += "\\" + String(scalar)
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "&": output += "&amp;"
      // The empty comment keeps a forge from notifying somebody of that name.
      case "@": output += "@<!-- -->"
      case "_":
        // Within a word, as in protocol_version, an underscore is no markup.
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        output += isWordPart(previous) && isWordPart(next) ? "_" : "\\_"
      case "#", "+", "-", "=": output += index == 0 ? "\\" + String(scalar) : String(scalar)
      case ".", ")": output += isNumber(scalars[..<index]) ? "\\" + String(scalar) : String(scalar)
      default: output.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return output
  }

  /// Text as a code span; the fence is longer than any run of backticks in it.
  static func code(_ text: String, inTable: Bool = false) -> String {
    var content = text.escapedForDisplay
    if content.isEmpty { return "" }
    // In a table a pipe ends the cell even within a code span.
    if inTable { content = content.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
    let fence = String(repeating: "`", count: longestBacktickRun(in: content) + 1)
    let needsSpace = content.first == "`" || content.last == "`"
    return needsSpace ? "\(fence) \(content) \(fence)" : "\(fence)\(content)\(fence)"
  }

  /// Lines as a code block. The lines must be escaped for display already; `indent` sets it under a list item.
  static func codeBlock(_ text: String, language: String = "", indent: String = "") -> String {
    let fence = String(repeating: "`", count: max(3, longestBacktickRun(in: text) + 1))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
    return "\(indent)\(fence)\(language)\n\(body)\n\(indent)\(fence)\n"
  }

  private static func longestBacktickRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || isDigit(scalar) }
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// A number at the start of a line would begin a list.
  private static func isNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    !scalars.isEmpty && scalars.count < 10 && scalars.allSatisfy(isDigit)
  }
}
