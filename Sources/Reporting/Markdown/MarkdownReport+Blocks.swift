import Diagnosis
import HandshakeModel
import NetworkValues

extension MarkdownReport {
  func verdict(_ cause: Cause?, heading: String) -> String {
    guard let cause else { return "" }
    let sentence = MarkdownText.escape("\(cause.code.sign.text) \(cause.title)")
    return "\(heading) \(sentence)\n\nconfidence: **\(cause.confidence.rawValue)** · code: `\(cause.code.rawValue)`\n"
  }

  func evidence(_ cause: Cause?) -> String {
    guard let cause, !cause.evidence.isEmpty else { return "" }
    var text = "| capture | frames | evidence |\n|---|---|---|\n"
    for item in cause.evidence {
      let frames = FrameCitation.numbers(item.frames)
      text += "| \(item.capture.rawValue) | \(frames) | \(MarkdownText.escape(item.text)) |\n"
    }
    return text
  }

  /// When it happened, and what to type into Wireshark to see it.
  func place(_ time: Timestamp, _ filter: String, of role: CaptureRole? = nil) -> String {
    let lead = role.map { "\($0.rawValue): " } ?? ""
    return "- \(lead)\(MarkdownText.escape(clock.text(time))), in Wireshark \(MarkdownText.code(filter))\n"
  }

  /// A text section as a heading and a code block.
  func section(_ document: TextDocument) -> String {
    let lines = Self.trimmed(document.text).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return "" }
    return "### The two handshakes\n\n"
      + MarkdownText.codeBlock(lines.dropFirst().joined(separator: "\n"), language: "text")
  }

  func advice(of cause: Cause?) -> [String] {
    guard let cause else { return [] }
    var blocks: [String] = []
    if !cause.remedies.isEmpty {
      var text = "### What to do\n"
      for (audience, remedies) in cause.remediesByAudience {
        text += "\n**\(MarkdownText.escape(audience))**\n\n"
        for remedy in remedies { text += item(remedy.text, command: remedy.command) }
      }
      blocks.append(text)
    }
    if !cause.nextSteps.isEmpty {
      let title = cause.confidence == .certain ? "To confirm" : "To be certain"
      blocks.append("### \(title)\n\n" + cause.nextSteps.map { item($0.text, command: $0.command) }.joined())
    }
    return blocks
  }

  private func item(_ text: String, command: String?) -> String {
    let line = "- \(MarkdownText.escape(text))\n"
    guard let command else { return line }
    return line + MarkdownText.codeBlock(command.escapedForDisplay, indent: "  ")
  }

  func others(_ causes: some Collection<Cause>) -> String {
    guard !causes.isEmpty else { return "" }
    let items = causes.map { cause in
      let frames = FrameCitation.text(cause.evidence.flatMap(\.frames))
      return "- \(cause.confidence.rawValue): \(MarkdownText.escape(cause.title)) (`\(cause.code.rawValue)`"
        + (frames.isEmpty ? ")\n" : ", \(frames))\n")
    }
    return "### Other explanations\n\n" + items.joined()
  }

  func differences(_ differences: [Difference]) -> String {
    guard !differences.isEmpty else { return "" }
    var text = "### What differs\n\n"
    let telling = differences.filter { $0.relevance != .benign }
    if !telling.isEmpty {
      text += "| | field | working | failing | why |\n|---|---|---|---|---|\n"
      for difference in telling.sorted(by: { $0.relevance == .decisive && $1.relevance != .decisive }) {
        let values = DifferenceSummary.values(of: difference)
        let cells = [
          difference.relevance.rawValue, MarkdownText.code(difference.field, inTable: true),
          MarkdownText.code(values.working.clipped(to: 400), inTable: true),
          MarkdownText.code(values.failing.clipped(to: 400), inTable: true),
          MarkdownText.escape(difference.note),
        ]
        text += "| " + cells.joined(separator: " | ") + " |\n"
      }
    }
    let benign = differences.filter { $0.relevance == .benign }
    if !benign.isEmpty {
      text +=
        (telling.isEmpty ? "" : "\n") + "Set aside as harmless: "
        + MarkdownText.escape(DifferenceSummary.fields(benign)) + "\n"
    }
    return text
  }

  func fields(_ title: String, _ fields: [ConnectionFields.Field]) -> String {
    var text = "### \(MarkdownText.escape(title))\n\n| field | value |\n|---|---|\n"
    for field in fields {
      let label = String(repeating: "&emsp;", count: field.depth) + MarkdownText.escape(field.label)
      text += "| \(label) | \(MarkdownText.code(field.value, inTable: true)) |\n"
    }
    return text
  }
}
