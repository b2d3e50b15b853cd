/// Appends HTML; text goes through one escaping function, tags are the report's own.
struct HTMLWriter {
  /// Whose time of day is told.
  let clock: Clock
  private(set) var text = ""

  init(clock: Clock) { self.clock = clock }

  /// Markup as it is: never anything that came from packets.
  mutating func markup(_ markup: StaticString) { text += "\(markup)" }

  /// Text, escaped.
  mutating func escaped(_ value: String) { text += Self.escape(value) }

  /// An element that holds text only.
  mutating func element(_ name: StaticString, class className: StaticString? = nil, _ content: String) {
    open(name, class: className)
    escaped(content)
    close(name)
  }

  mutating func open(_ name: StaticString, class className: StaticString? = nil) {
    text += "<\(name)"
    if let className { text += " class=\"\(className)\"" }
    text += ">"
  }

  mutating func close(_ name: StaticString) { text += "</\(name)>\n" }

  /// An element around what `content` writes.
  mutating func element(
    _ name: StaticString, class className: StaticString? = nil, _ content: (inout HTMLWriter) -> Void
  ) {
    open(name, class: className)
    content(&self)
    close(name)
  }

  /// Characters that mean something to HTML become references, those that act on a display are spelled out.
  static func escape(_ value: String) -> String {
    var output = ""
    for scalar in value.escapedForDisplay.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
