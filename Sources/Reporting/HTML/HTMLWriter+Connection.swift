import Diagnosis
import HandshakeModel
import TLSProtocol

extension HTMLWriter {
  mutating func connection(_ connection: Connection, causes: [Cause], isFull: Bool) {
    open("section", class: "connection")
    let parts = ConnectionLine.parts(connection).map(\.plainText)
    let sign = connection.outcome.sign.text
    element("p") { page in
      page.element("strong", "\(sign) \(connection.outcome.rawValue)")
      page.escaped("  " + parts.joined(separator: " · "))
      page.element("span", class: "soft", " · " + FrameCitation.span(connection.firstFrame, connection.lastFrame))
    }
    let isFailure = connection.outcome != .established || causes.first?.code.isFailure == true
    if isFailure || isFull {
      verdict(causes.first, level: .section)
      place(connection)
      evidence(causes.first, namesCaptures: false)
    }
    if isFull {
      fields("Connection \(connection.index)", ConnectionFields.overview(of: connection, clock: clock))
      element("h2", "The handshake")
      ladder(Ladder(connection))
      for section in ConnectionFields.sections(of: connection) { fields(section.title, section.fields) }
    }
    if isFailure || isFull {
      remedies(causes.first)
      otherCauses(causes.dropFirst())
    }
    close("section")
  }

  /// When it began, and what to type into Wireshark to see it.
  mutating func place(_ connection: Connection) {
    element("p", class: "soft") { page in
      page.escaped("\(page.clock.text(connection.started)) · Wireshark: ")
      page.element("code", DisplayFilter.text(connection))
    }
  }

  private mutating func fields(_ title: String, _ fields: [ConnectionFields.Field]) {
    element("h2", title)
    element("dl") { page in
      for field in fields {
        page.element("dt", String(repeating: "\u{2003}", count: field.depth) + field.label)
        page.element("dd", field.value)
      }
    }
  }

  mutating func summary(_ story: CaptureStory, causes: [CauseCode: Int]) {
    let counts = story.statistics
    element("h2", "Summary")
    let outcomes = [
      (counts.established, "established"), (counts.failed, "failed"), (counts.incomplete, "incomplete"),
    ].filter { $0.0 > 0 }.map { "\(Measures.grouped($0.0)) \($0.1)" }
    let total = counts.established + counts.failed + counts.incomplete
    element("p") { page in
      page.element("strong", Measures.count(total, "connection"))
      page.escaped(outcomes.isEmpty ? "" : ": " + outcomes.joined(separator: ", "))
    }
    let ranked = SummaryFacts.ranked(causes)
    if !ranked.isEmpty { list(ranked.map { "\(Measures.grouped($0.count)) × \($0.code.rawValue)" }) }
    if let begin = SummaryFacts.begin(of: story, clock: clock) { element("p", class: "soft", begin) }
    element("p", class: "soft", SummaryFacts.traffic(of: story))
    let remarks = SummaryFacts.remarks(on: story)
    if !remarks.isEmpty { list(remarks) }
  }

  mutating func explanation(_ explanation: Explanation) {
    element("p", class: "soft") { page in page.element("code", explanation.name) }
    element("h1", explanation.title)
    for paragraph in explanation.paragraphs { element("p", paragraph) }
    for list in explanation.lists {
      element("h2", list.title)
      self.list(list.items)
    }
    remedies(explanation.cause)
  }
}
