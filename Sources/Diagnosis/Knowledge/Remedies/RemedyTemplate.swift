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
    guard let name = context.spoken?.startTLSName,
      command.hasPrefix("openssl s_client -connect {endpoint}"), !command.contains("-starttls"),
      !command.contains(" ; ")
    else { return filled }
    return filled.inserting("-starttls \(name)", behind: "openssl s_client ")
  }

  /// A byte of a key: lower case, digits, hyphens.
  private static func isOfKey(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      || byte == UInt8(ascii: "-")
  }

  /// Takes a template apart at every `{key|default}`; what is outside braces, and a brace that never closes, is literal.
  /// By bytes: a capture full of failures asks for millions, and what parts a template is ASCII.
  private static func read(
    _ template: String, literal: (String) -> Void, place: (_ key: String, _ fallback: String) -> Void
  ) {
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      literal(String(Substring(rest[..<open])))
      let inside = rest[rest.index(after: open)...]
      let end = inside.firstIndex { !isOfKey($0) } ?? inside.endIndex
      // A brace of a program's own, as in `tls.Config{…}`, opens no field.
      guard end > inside.startIndex, end == close || inside[end] == UInt8(ascii: "|") else {
        literal("{")
        rest = inside
        continue
      }
      let key = String(Substring(inside[..<end]))
      let fallback =
        end < close
        ? String(Substring(inside[inside.index(after: end)..<close])) : key.replacing("bare-", with: "").uppercased()
      place(key, fallback)
      rest = rest[rest.index(after: close)...]
    }
    literal(String(Substring(rest)))
  }
}
