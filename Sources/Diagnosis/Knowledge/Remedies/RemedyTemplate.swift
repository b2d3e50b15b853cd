/// A remedy before it knows whom it is for: text and command hold `{key}` or `{key|default}`, filled from a
/// ``RemedyContext``. A value that is not known, or could mislead, becomes the default or the key in capitals. In commands
/// every value is one word of a shell's; only a `bare-` one, for lines of a configuration, is never quoted.
struct RemedyTemplate: Sendable {
  var text: String
  var command: String?

  init(_ text: String, _ command: String? = nil) { (self.text, self.command) = (text, command) }

  func remedy(for audience: String, _ context: RemedyContext) -> Remedy {
    Remedy(for: audience, sentence(context), command: fillCommand(context))
  }

  func step(_ context: RemedyContext) -> NextStep { NextStep(sentence(context), command: fillCommand(context)) }

  /// The command is one of HTTP's: it tells nothing about a service that is known to speak something else.
  func isBeside(_ context: RemedyContext) -> Bool {
    guard let command, context.spoken?.isOtherThanHTTP == true else { return false }
    return command.hasPrefix("curl ") && (command.contains("{url}") || command.contains("http"))
  }

  private func sentence(_ context: RemedyContext) -> String {
    var result = ""
    Self.read(
      text, literal: { result += $0 },
      place: { key, fallback in result += RemedyValue.value(key, context) ?? fallback })
    return result
  }

  private func fillCommand(_ context: RemedyContext) -> ShellCommand? {
    guard let command else { return nil }
    var result = ShellCommand.StringInterpolation(literalCapacity: command.utf8.count, interpolationCount: 0)
    Self.read(
      command, literal: { result.appendLiteral($0) },
      place: { key, fallback in
        let value = RemedyValue.value(key, context)
        if let value, !key.hasPrefix("bare-") {
          result.appendInterpolation(ShellWord(known: value))
        } else {
          result.appendLiteral(value ?? fallback)
        }
        result.note(RemedyValue.gap(key, context, isFilled: value != nil))
      })
    let filled = ShellCommand(stringInterpolation: result)
    // TLS begins in the protocol's own words: what leaves them out would be refused for that alone.
    guard command.hasPrefix("openssl s_client -connect {endpoint}"), !command.contains("-starttls"),
      !command.contains(" ; "),
      let name = context.spoken?.startTLSName
    else { return filled }
    return filled.inserting("-starttls \(name)", behind: "openssl s_client ")
  }

  /// A character of a key: lower case, digits, hyphens.
  private static func isOfKey(_ character: Character) -> Bool {
    character.isASCII && (character.isLowercase || character.isNumber || character == "-")
  }

  /// Takes a template apart at every `{key|default}`; what is outside braces, and a brace that never closes, is literal.
  private static func read(
    _ template: String, literal: (String) -> Void, place: (_ key: String, _ fallback: String) -> Void
  ) {
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      literal(String(rest[..<open]))
      // A brace of a program's own, as in `tls.Config{…}`, opens no field.
      guard rest[rest.index(after: open)...].prefix(while: Self.isOfKey).count > 0,
        let next = rest[rest.index(after: open)...].first(where: { !Self.isOfKey($0) }), next == "}" || next == "|"
      else {
        literal("{")
        rest = rest[rest.index(after: open)...]
        continue
      }
      let field = rest[rest.index(after: open)..<close].split(
        separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      let key = field.first.map(String.init) ?? ""
      place(key, field.count > 1 ? String(field[1]) : key.replacing("bare-", with: "").uppercased())
      rest = rest[rest.index(after: close)...]
    }
    literal(String(rest))
  }
}
