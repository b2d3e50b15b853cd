public import Diagnosis
public import HandshakeModel

/// Results as Markdown that pastes well into an issue: verdict, evidence as a table, ladder as a code block, remedies.
public struct MarkdownReport: Sendable {
  /// Columns of the ladder's code block: what a forge shows without scrolling.
  static let ladderWidth = 92

  let style: Style
  let clock: Clock

  /// - Parameters:
  ///   - unicode: whether arrows and signs outside ASCII may be used; ASCII takes their place where not.
  ///   - clock: whose time of day is told.
  public init(unicode: Bool = true, clock: Clock = .utc) { (style, self.clock) = (Style(unicode: unicode), clock) }

  private func adapted(_ text: String) -> String { style.usesUnicode ? text : text.asciiFallback }

  /// A working and a failing capture compared.
  public func render(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    let cause = comparison.causes.first
    let asides = comparison.asides.map { "- \(MarkdownText.escape($0))\n" }.joined()
    let swap = comparison.swapRemark.map { "## ! \(MarkdownText.escape($0))\n" } ?? ""
    var blocks = [swap, verdict(cause, heading: swap.isEmpty ? "##" : "###"), asides, evidence(cause)]
    let sides = [comparison.failingSide, comparison.workingSide]
    blocks.append(
      sides.compactMap { side in side.connection.map { place($0.started, DisplayFilter.text($0), of: side.role) } }
        .joined())
    var ladder = TextDocument(style: style, width: Self.ladderWidth, clock: clock)
    ladder.ladders(comparison, working: working, failing: failing)
    blocks.append(section(ladder))
    blocks += advice(of: cause)
    blocks.append(others(comparison.causes.dropFirst()))
    blocks.append(differences(comparison.differences))
    let notes = comparison.notes + [working.damage, failing.damage].compactMap { $0 }
    if !notes.isEmpty { blocks.append("### Notes\n\n" + notes.map { "- \(MarkdownText.escape($0))\n" }.joined()) }
    return adapted(blocks.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  /// One connection: a list item where all went well, else a section.
  public func render(_ connection: Connection, causes: [Cause], detail: TextReport.Detail = .brief) -> String {
    let parts = ConnectionLine.parts(connection).map(\.plainText)
    let line = "\(connection.outcome.sign.text) \(connection.outcome.rawValue): " + parts.joined(separator: " · ")
    let isFailure = connection.outcome != .established || causes.first?.code.isFailure == true
    guard isFailure || detail == .full else { return adapted("- \(MarkdownText.escape(line))\n") }
    var blocks = [
      "\n\(MarkdownText.escape(line))\n", verdict(causes.first, heading: "###"), evidence(causes.first),
      place(connection.started, DisplayFilter.text(connection)),
    ]
    if detail == .full {
      var ladder = TextDocument(style: style, width: Self.ladderWidth, clock: clock)
      ladder.stacked(Ladder(connection), title: nil)
      blocks.append("### The handshake\n\n" + MarkdownText.codeBlock(Self.trimmed(ladder.text), language: "text"))
      blocks.append(fields("Connection \(connection.index)", ConnectionFields.overview(of: connection, clock: clock)))
      for section in ConnectionFields.sections(of: connection) { blocks.append(fields(section.title, section.fields)) }
    }
    blocks += advice(of: causes.first)
    blocks.append(others(causes.dropFirst()))
    return adapted(blocks.filter { !$0.isEmpty }.joined(separator: "\n") + "\n")
  }

  /// A capture's counts.
  public func summary(_ story: CaptureStory, causes: [CauseCode: Int]) -> String {
    let counts = story.statistics
    let total = counts.established + counts.failed + counts.incomplete
    var text =
      "\n**\(Measures.count(total, "connection"))**: \(Measures.grouped(counts.established)) established, "
      + "\(Measures.grouped(counts.failed)) failed, \(Measures.grouped(counts.incomplete)) incomplete\n\n"
    for (code, count) in SummaryFacts.ranked(causes) { text += "- \(Measures.grouped(count)) × `\(code.rawValue)`\n" }
    if let begin = SummaryFacts.begin(of: story, clock: clock) { text += "- \(MarkdownText.escape(begin))\n" }
    text += "- \(MarkdownText.escape(SummaryFacts.traffic(of: story)))\n"
    for remark in SummaryFacts.remarks(on: story) { text += "- \(MarkdownText.escape(remark))\n" }
    return adapted(text)
  }

  /// The name of one of several captures, above its connections.
  public func heading(ofCapture name: String) -> String { adapted("## \(MarkdownText.code(name))\n\n") }

  /// What several captures hold together, by cause and by server.
  public func grandTotal(_ total: GrandTotal) -> String {
    let counts = total.counts
    var text =
      "\n## \(total.title)\n\n\(Measures.grouped(counts.established)) established, "
      + "\(Measures.grouped(counts.failed)) failed, \(Measures.grouped(counts.incomplete)) incomplete\n\n"
    for (code, count) in SummaryFacts.ranked(total.causes) {
      text += "- \(Measures.grouped(count)) × `\(code.rawValue)`\n"
    }
    let servers = total.serverLines
    if !servers.isEmpty { text += "\nBy server:\n\n" + servers.map { "- \(MarkdownText.escape($0))\n" }.joined() }
    return adapted(text)
  }

  /// What a code or an alert means.
  public func render(_ explanation: Explanation) -> String {
    var blocks = ["## \(MarkdownText.code(explanation.name)): \(MarkdownText.escape(explanation.title))\n"]
    blocks += explanation.paragraphs.map { MarkdownText.escape($0) + "\n" }
    for list in explanation.lists {
      let items = list.items.map { "- \(MarkdownText.escape($0))\n" }.joined()
      blocks.append("### \(MarkdownText.escape(list.title))\n\n\(items)")
    }
    blocks += advice(of: explanation.cause)
    return adapted(blocks.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    while text.first == "\n" { text.removeFirst() }
    return String(text)
  }
}
