import Diagnosis

extension TextDocument {
  /// What differs and matters, each with its values; then by name alone what follows from it, and what cannot matter.
  mutating func differences(_ differences: [Difference], explainsHarmless: Bool = false) {
    guard !differences.isEmpty else { return }
    heading("What differs")
    for difference in differences where difference.relevance == .decisive { self.difference(difference) }
    let related = differences.filter { $0.relevance == .related }
    let repeated = DifferenceSummary.repeatedNotes(related)
    for difference in related where explainsHarmless || !repeated.contains(difference.note) {
      self.difference(difference)
    }
    if !explainsHarmless {
      for note in repeated {
        names(related.filter { $0.note == note }, label: "\(note): ", lead: "related   ")
      }
    }
    let benign = differences.filter { $0.relevance == .benign }
    guard !benign.isEmpty else { return }
    if explainsHarmless {
      for difference in benign { self.difference(difference) }
    } else {
      names(benign, label: "set aside as harmless: ")
    }
  }

  private mutating func names(_ differences: [Difference], label: String, lead: StyledText = "") {
    paragraph(
      StyledText(label + DifferenceSummary.fields(differences).clipped(to: 600), .dim), lead: lead, indent: 2,
      maximum: width, hanging: 12)
  }

  private mutating func difference(_ difference: Difference) {
    let emphasis: Emphasis = difference.relevance == .decisive ? [.bold, .yellow] : []
    paragraph(
      StyledText(difference.field), lead: StyledText(difference.relevance.rawValue, emphasis).padded(to: 10), indent: 2)
    let values = DifferenceSummary.values(of: difference)
    for (role, value) in [(CaptureRole.working, values.working), (.failing, values.failing)] {
      let shown = value.isEmpty ? StyledText("nothing", .dim) : StyledText(value.escapedForDisplay.clipped(to: 320))
      paragraph(shown, lead: StyledText(role.rawValue, role.emphasis).padded(to: 9), indent: 12)
    }
    if !difference.note.isEmpty { paragraph(StyledText(difference.note, .dim), indent: 12) }
  }
}
