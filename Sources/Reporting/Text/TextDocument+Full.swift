import Diagnosis
import HandshakeModel
import TLSProtocol

extension TextDocument {
  /// One connection with everything that is known of it.
  mutating func full(_ connection: Connection, causes: [Cause]) {
    verdict(causes.first)
    evidence(causes.first, namesCaptures: false)
    heading("Connection \(connection.index)")
    fields(ConnectionFields.overview(of: connection, clock: clock))
    heading("The handshake")
    stacked(Ladder(connection), title: nil)
    for section in ConnectionFields.sections(of: connection) {
      heading(section.title)
      fields(section.fields)
    }
    remedies(causes.first)
    nextSteps(causes.first)
    otherCauses(causes.dropFirst())
    commandsInFull()
  }

  private mutating func fields(_ fields: [ConnectionFields.Field]) {
    let labels = fields.filter { !$0.value.isEmpty }.map(\.label.displayWidth)
    let labelWidth = min((labels.max() ?? 0) + 2, width / 3)
    for field in fields {
      let label = StyledText(field.label, .dim)
      let indent = 2 + field.depth * 2
      if field.value.isEmpty {
        paragraph(label, indent: indent)
      } else if field.isCopied {
        let margin = StyledText(String(repeating: " ", count: indent))
        line(margin + label.padded(to: labelWidth) + StyledText(field.value))
      } else if label.width + 2 > labelWidth {
        // A label too long for its column stands above its value.
        paragraph(label, indent: indent)
        paragraph(StyledText(field.value), indent: indent + labelWidth, maximum: 140)
      } else {
        paragraph(StyledText(field.value), lead: label.padded(to: labelWidth), indent: indent, maximum: 140)
      }
    }
  }
}
