import Diagnosis

extension TextReport {
  /// What a code or an alert means and what to do about it.
  public func render(_ explanation: Explanation) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    document.paragraph(
      StyledText(explanation.title, .bold), lead: StyledText(explanation.name, [.bold, .yellow]) + StyledText("  "))
    for paragraph in explanation.paragraphs {
      document.blank()
      document.paragraph(StyledText(paragraph))
    }
    for list in explanation.lists {
      document.heading(list.title)
      for item in list.items { document.paragraph(StyledText(item), lead: StyledText("• ", .dim), indent: 2) }
    }
    document.remedies(explanation.cause)
    document.nextSteps(explanation.cause)
    document.commandsInFull()
    return document.text
  }
}
