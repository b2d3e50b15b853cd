/// A remedy before it knows whom it is for: text and command hold `{key}` or `{key|default}`, filled from a
/// ``RemedyContext``. In commands every value is quoted for the shell; a value that is not known, or could mislead,
/// becomes the default or the key in capitals.
struct RemedyTemplate: Sendable {
  var text: String
  var command: String?

  init(_ text: String, _ command: String? = nil) { (self.text, self.command) = (text, command) }

  func remedy(for audience: String, _ context: RemedyContext) -> Remedy {
    Remedy(for: audience, Self.fill(text, context) { $0 }, command: fillCommand(context))
  }

  func step(_ context: RemedyContext) -> NextStep {
    NextStep(Self.fill(text, context) { $0 }, command: fillCommand(context))
  }

  private func fillCommand(_ context: RemedyContext) -> String? {
    command.map { Self.fill($0, context, quoting: ShellQuoting.quote) }
  }

  /// Replaces every `{key|default}`; text outside braces, and a brace that never closes, stays as it is.
  private static func fill(_ template: String, _ context: RemedyContext, quoting: (String) -> String) -> String {
    guard template.contains("{") else { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let field = rest[rest.index(after: open)..<close].split(
        separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      let key = field.first.map(String.init) ?? ""
      if let value = RemedyValue.value(key, context) {
        result += quoting(value)
      } else {
        result += field.count > 1 ? String(field[1]) : key.uppercased()
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
