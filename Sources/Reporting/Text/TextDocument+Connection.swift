import Diagnosis
import HandshakeModel
import TLSProtocol

extension TextDocument {
  /// One connection among many: a line where all went well, else a block.
  mutating func brief(_ connection: Connection, causes: [Cause]) {
    let sign = connection.outcome.sign
    let head = StyledText(sign.text + " ", [.bold, sign.emphasis])
    guard connection.outcome != .established || causes.first?.code.isFailure == true else {
      line(head + fitted(ConnectionLine.parts(connection), to: width - 2))
      // A handshake that completed leaves doubts only where something shows.
      for cause in causes.dropFirst().prefix(1) { alternative(cause) }
      return
    }
    line(head + fitted(ConnectionLine.heading(connection), to: width - 2))
    for (index, cause) in causes.prefix(2).enumerated() {
      if index == 0 {
        verdict(cause, indent: 2, isSigned: false)
        place(connection.started, DisplayFilter.text(connection), indent: 2)
        let evidence = cause.evidence.prefix(6).map { (FrameCitation.text($0.frames), $0.text) }
        let citationWidth = min(evidence.map(\.0.displayWidth).max() ?? 0, 18)
        for (citation, text) in evidence {
          paragraph(StyledText(text), lead: StyledText(citation, .dim).padded(to: citationWidth) + "  ", indent: 4)
        }
        for remedy in cause.remedies.prefix(3) {
          advice("\(remedy.audience): \(remedy.text)", command: remedy.command, indent: 4, mayPostpone: false)
        }
      } else {
        alternative(cause)
      }
    }
  }

  private mutating func alternative(_ cause: Cause) {
    let label = StyledText("or, \(cause.confidence.rawValue): ", .dim)
    paragraph(StyledText(cause.title) + StyledText(" · \(cause.code.rawValue)", .dim), lead: label, indent: 4)
  }

  /// As many parts as fit, the least important dropped first, in their order.
  func fitted(_ parts: [ConnectionLine.Part], to cells: Int) -> StyledText {
    var kept = parts
    func joined() -> StyledText {
      var text = StyledText()
      for part in kept { text += (text.isEmpty ? "" : StyledText("  ")) + part.text }
      return text.adapted(to: style)
    }
    while kept.count > 1, joined().width > cells {
      guard let index = kept.indices.max(by: { kept[$0].priority < kept[$1].priority }) else { break }
      kept.remove(at: index)
    }
    return joined()
  }
}

extension Outcome {
  /// A sign that says the same as its colour.
  var sign: (text: String, emphasis: Emphasis) {
    switch self {
    case .established: ("✓", .green)
    case .failed: ("✗", .red)
    case .incomplete: ("?", .yellow)
    }
  }
}

extension CauseCode {
  /// Names something that went wrong, rather than its absence or a gap in the capture.
  var isFailure: Bool { self != .none && self != .captureIncomplete }
}
