import Diagnosis
import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension TextDocument {
  /// One connection with everything that is known of it.
  mutating func full(_ connection: Connection, causes: [Cause]) {
    verdict(causes.first)
    evidence(causes.first, namesCaptures: false)
    heading("Connection \(connection.index)")
    fields(ConnectionFields.overview(of: connection))
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
    let labelWidth = min((fields.map(\.label.displayWidth).max() ?? 0) + 2, width / 3)
    for field in fields {
      if field.value.isEmpty {
        line(StyledText(String(repeating: " ", count: 2 + field.depth * 2)) + StyledText(field.label, .dim))
        continue
      }
      paragraph(
        StyledText(field.value), lead: StyledText(field.label, .dim).padded(to: labelWidth),
        indent: 2 + field.depth * 2,
        maximum: 140)
    }
  }
}
