import Diagnosis
import NetworkValues

extension TextDocument {
  /// The sentence that a hurried reader needs, then how sure it is and what it is called.
  mutating func verdict(_ cause: Cause?, indent: Int = 0, isSigned: Bool = true) {
    guard let cause else {
      paragraph(StyledText("No verdict", .bold), indent: indent)
      return
    }
    let sign = cause.code.sign
    paragraph(
      StyledText(cause.title, [.bold]), lead: isSigned ? StyledText(sign.text + " ", [.bold, sign.emphasis]) : "",
      indent: indent)
    paragraph(
      StyledText("confidence: ", .dim) + StyledText(cause.confidence.rawValue, cause.confidence.emphasis)
        + StyledText(" · code: ", .dim) + StyledText(cause.code.rawValue),
      indent: indent + (isSigned ? 2 : 0))
  }

  /// What the verdict leaves unexplained, and what the working capture rules out.
  mutating func besides(_ comparison: Comparison) {
    for sentence in comparison.asides { paragraph(StyledText(sentence), indent: 2) }
  }

  /// What proves a cause, frame by frame; where two captures are compared each line names its own.
  mutating func evidence(
    _ cause: Cause?, namesCaptures: Bool = false, limit: Int = .max, title: String? = "Evidence"
  ) {
    guard let cause, !cause.evidence.isEmpty else { return }
    if let title { heading(title) } else { blank() }
    let evidence = cause.evidence.prefix(limit)
    let citations = evidence.map { FrameCitation.text($0.frames) }
    let citationWidth = min(citations.map(\.displayWidth).max() ?? 0, 18)
    for (item, citation) in zip(evidence, citations) {
      let role = namesCaptures ? StyledText(item.capture.rawValue, item.capture.emphasis) : ""
      if width < Self.sideBySideMinimum {
        // No room for columns.
        let between = namesCaptures && !citation.isEmpty ? ", " : ""
        let place = role + StyledText(between + citation)
        paragraph((place.isEmpty ? place : place + ": ") + StyledText(item.text), indent: 2, hanging: 4)
      } else {
        let lead = (namesCaptures ? role + "  " : role) + StyledText(citation).padded(to: citationWidth)
        paragraph(StyledText(item.text), lead: lead + StyledText(citationWidth > 0 ? "  " : ""), indent: 2)
      }
    }
  }

  /// When it happened, and what to type into Wireshark to see it.
  mutating func place(_ time: Timestamp, _ filter: String, indent: Int) {
    let margin = StyledText(String(repeating: " ", count: indent))
    let (when, place) = (StyledText(clock.text(time), .dim), StyledText("Wireshark: \(filter)", .dim))
    let whole = (margin + when + StyledText(" · ", .dim) + place).adapted(to: style)
    // A filter is copied whole.
    if whole.width <= width { return line(whole) }
    line(margin + when)
    line(margin + place)
  }

  /// What to type into Wireshark to see either connection, each in its own capture.
  mutating func displayFilters(_ comparison: Comparison) {
    let sides = [comparison.failingSide, comparison.workingSide].compactMap { side in
      side.connection.map { (side.role, DisplayFilter.text($0)) }
    }
    guard !sides.isEmpty else { return }
    heading("In Wireshark")
    for (role, filter) in sides {
      line(StyledText("  ") + StyledText(role.rawValue, role.emphasis) + StyledText("  ") + StyledText(filter, .green))
    }
  }

  /// What each side should change, grouped by who must do it.
  mutating func remedies(_ cause: Cause?, title: String = "What to do") {
    guard let cause, !cause.remedies.isEmpty else { return }
    heading(title)
    for (audience, remedies) in cause.remediesByAudience {
      paragraph(StyledText(audience, .bold), indent: 2)
      for remedy in remedies { advice(remedy.text, command: remedy.command, indent: 4) }
    }
  }

  mutating func nextSteps(_ cause: Cause?) {
    guard let cause, !cause.nextSteps.isEmpty else { return }
    heading(cause.confidence == .certain ? "To confirm" : "To be certain")
    for step in cause.nextSteps { advice(step.text, command: step.command, indent: 2) }
  }

  /// A sentence, and the command or setting that goes with it on a line of its own, whole, so that it can be copied. One
  /// that would fill many lines is left for the report's end.
  mutating func advice(_ text: String, command: String?, indent: Int, mayPostpone: Bool = true) {
    var body = StyledText(text)
    guard let command else {
      paragraph(body, lead: StyledText("• ", .dim), indent: indent)
      return
    }
    if mayPostpone, command.utf8.count > Self.longCommand {
      body += StyledText(" (command \(postpone(command)), below)", .dim)
      paragraph(body, lead: StyledText("• ", .dim), indent: indent)
      return
    }
    paragraph(body, lead: StyledText("• ", .dim), indent: indent)
    line(StyledText(String(repeating: " ", count: indent + 4)) + StyledText(command, .green))
  }

  /// Bytes of a command that is still read where it stands.
  private static let longCommand = 240

  /// The long commands, over several lines that a shell joins again.
  mutating func commandsInFull() {
    for (index, command) in longCommands.enumerated() {
      heading("Command \(index + 1)")
      for part in ShellLines.split(command.escapedForDisplay, width: min(width, Self.proseLimit) - 6) {
        line(StyledText("  ") + StyledText(part, .green))
      }
    }
  }

  /// The causes that the evidence does not rule out.
  mutating func otherCauses(_ causes: some Collection<Cause>) {
    guard !causes.isEmpty else { return }
    heading("Other explanations")
    for cause in causes {
      let frames = FrameCitation.text(cause.evidence.flatMap(\.frames))
      var body = StyledText(cause.title) + StyledText(" · ", .dim) + StyledText(cause.code.rawValue, .dim)
      if !frames.isEmpty { body += StyledText(" · \(frames)", .dim) }
      paragraph(body, lead: StyledText(cause.confidence.rawValue, cause.confidence.emphasis).padded(to: 10), indent: 2)
    }
  }

  mutating func notes(_ notes: [String]) {
    guard !notes.isEmpty else { return }
    heading("Notes")
    for note in notes { paragraph(StyledText(note), lead: StyledText("• ", .dim), indent: 2) }
  }
}

extension CauseCode {
  /// A sign that says the same as its colour.
  var sign: (text: String, emphasis: Emphasis) {
    switch self {
    case .none: ("✓", .green)
    case .captureIncomplete: ("?", .yellow)
    default: ("✗", .red)
    }
  }
}

extension Confidence {
  var emphasis: Emphasis { self == .certain ? .bold : self == .likely ? [] : .dim }
}

extension CaptureRole {
  var emphasis: Emphasis { self == .working ? .green : .red }
}

extension Cause {
  /// Remedies by audience, in order of first mention.
  var remediesByAudience: [(audience: String, remedies: [Remedy])] {
    var groups: [(audience: String, remedies: [Remedy])] = []
    for remedy in remedies {
      if let index = groups.firstIndex(where: { $0.audience == remedy.audience }) {
        groups[index].remedies.append(remedy)
      } else {
        groups.append((remedy.audience, [remedy]))
      }
    }
    return groups
  }
}
