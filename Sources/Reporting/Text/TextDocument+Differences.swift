import Diagnosis

extension TextDocument {
  /// What differs and matters, then in a line or two what differs and does not.
  mutating func differences(_ differences: [Difference], explainsHarmless: Bool = false) {
    guard !differences.isEmpty else { return }
    heading("What differs")
    for relevance in [Relevance.decisive, .related] {
      for difference in differences where difference.relevance == relevance { self.difference(difference) }
    }
    let benign = differences.filter { $0.relevance == .benign }
    guard !benign.isEmpty else { return }
    if explainsHarmless {
      for difference in benign { self.difference(difference) }
    } else {
      paragraph(
        StyledText(DifferenceSummary.fields(benign).clipped(to: 600), .dim),
        lead: StyledText("set aside as harmless: ", .dim), indent: 2, maximum: width)
    }
  }

  private mutating func difference(_ difference: Difference) {
    let emphasis: Emphasis = difference.relevance == .decisive ? [.bold, .yellow] : []
    paragraph(
      StyledText(difference.field), lead: StyledText(difference.relevance.rawValue, emphasis).padded(to: 10), indent: 2)
    for (role, value) in [(CaptureRole.working, difference.working), (.failing, difference.failing)] {
      let shown = value.isEmpty ? StyledText("nothing", .dim) : StyledText(value.escapedForDisplay.clipped(to: 400))
      paragraph(shown, lead: StyledText(role.rawValue, role.emphasis).padded(to: 9), indent: 12)
    }
    if !difference.note.isEmpty { paragraph(StyledText(difference.note, .dim), indent: 12) }
  }
}
