/// A line's worth of text with emphasis, safe to print: whatever it is made from is escaped on the way in, and escape
/// sequences are added only on the way out.
struct StyledText: Sendable, Hashable, ExpressibleByStringLiteral {
  struct Run: Sendable, Hashable {
    var text: String
    var emphasis: Emphasis
  }

  private(set) var runs: [Run]

  init(_ text: String = "", _ emphasis: Emphasis = []) {
    runs = text.isEmpty ? [] : [Run(text: text.escapedForDisplay, emphasis: emphasis)]
  }

  init(stringLiteral text: String) { self.init(text) }

  init(runs: [Run]) { self.runs = runs }

  /// The text without emphasis.
  var plain: String { runs.map(\.text).joined() }

  var isEmpty: Bool { runs.isEmpty }
  var width: Int { runs.reduce(0) { $0 + $1.text.displayWidth } }

  static func + (left: Self, right: Self) -> Self { Self(runs: left.runs + right.runs) }
  static func += (left: inout Self, right: Self) { left.runs += right.runs }

  /// The text with `emphasis` added to every run.
  func emphasized(_ emphasis: Emphasis) -> Self {
    Self(runs: runs.map { Run(text: $0.text, emphasis: $0.emphasis.union(emphasis)) })
  }

  /// The text as this style can show it.
  func adapted(to style: Style) -> Self {
    if style.usesUnicode { return self }
    return Self(runs: runs.map { Run(text: $0.text.asciiFallback, emphasis: $0.emphasis) })
  }

  /// The text with escape sequences where the style has colour.
  func rendered(in style: Style) -> String {
    var output = ""
    var current: Emphasis = []
    for run in adapted(to: style).runs {
      // On spaces no emphasis shows: they keep whatever is on, which saves sequences between words.
      if style.usesColor, run.emphasis != current, !run.text.allSatisfy({ $0 == " " }) {
        if !current.isEmpty { output += "\u{1b}[0m" }
        if !run.emphasis.isEmpty { output += "\u{1b}[\(run.emphasis.parameters)m" }
        current = run.emphasis
      }
      output += run.text
    }
    return current.isEmpty ? output : output + "\u{1b}[0m"
  }

  /// The text without spaces at its end.
  var trimmed: Self {
    var kept = runs
    while var last = kept.popLast() {
      while last.text.last == " " { last.text.removeLast() }
      if last.text.isEmpty { continue }
      kept.append(last)
      break
    }
    return Self(runs: kept)
  }

  /// The text filled up with spaces to `cells`.
  func padded(to cells: Int) -> Self {
    let missing = cells - width
    guard missing > 0 else { return self }
    return Self(runs: runs + [Run(text: String(repeating: " ", count: missing), emphasis: [])])
  }
}
