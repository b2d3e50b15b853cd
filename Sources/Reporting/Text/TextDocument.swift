/// Collects a report's lines, laid out for one width and style.
struct TextDocument {
  let style: Style
  /// Cells a line may fill.
  let width: Int
  /// Whose time of day is told.
  let clock: Clock
  private(set) var text = ""
  /// Commands too long to stand where they are mentioned.
  private(set) var longCommands: [String] = []

  /// Lines of prose longer than this tire the reader, however wide the terminal.
  static let proseLimit = 100

  init(style: Style, width: Int, clock: Clock) {
    self.style = style
    self.clock = clock
    self.width = min(max(width, 40), 400)
  }

  /// Keeps a command for the end of the report; returns its number there.
  mutating func postpone(_ command: String) -> Int {
    if let index = longCommands.firstIndex(of: command) { return index + 1 }
    longCommands.append(command)
    return longCommands.count
  }

  mutating func blank() { if !text.isEmpty { text += "\n" } }

  /// One line as it is, however long: for commands, which must be copied whole.
  mutating func line(_ line: StyledText) { text += line.rendered(in: style) + "\n" }

  /// A section's title; the remark beside it only where there is room.
  mutating func heading(_ title: String, remark: String = "") {
    blank()
    let text = StyledText(title, .bold)
    let aside = StyledText("  " + remark, .dim).adapted(to: style)
    line(remark.isEmpty || text.width + aside.width > width ? text : text + aside)
  }

  /// Text wrapped behind `lead`, which stands once, before the first line.
  mutating func paragraph(
    _ body: StyledText, lead: StyledText = "", indent: Int = 0, maximum: Int = proseLimit, hanging: Int? = nil
  ) {
    let margin = StyledText(String(repeating: " ", count: indent))
    let lead = (margin + lead).adapted(to: style)
    let following = StyledText(String(repeating: " ", count: hanging ?? lead.width))
    let room = min(width, maximum) - max(lead.width, hanging ?? 0)
    for (index, part) in body.adapted(to: style).wrapped(to: room).enumerated() {
      line((index == 0 ? lead : following) + part)
    }
  }

  /// Text with each value's label in a column of `labelWidth`.
  mutating func entry(_ label: StyledText, _ body: StyledText, labelWidth: Int, indent: Int = 2) {
    paragraph(body, lead: label.adapted(to: style).padded(to: labelWidth), indent: indent)
  }
}
