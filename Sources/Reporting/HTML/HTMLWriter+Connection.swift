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
    element("h2", "Summary")
    self.counts(story.statistics, causes: causes)
    if let begin = SummaryFacts.begin(of: story, clock: clock) { element("p", class: "soft", begin) }
    element("p", class: "soft", SummaryFacts.traffic(of: story))
    let remarks = SummaryFacts.remarks(on: story)
    if !remarks.isEmpty { list(remarks) }
  }

  /// What several captures hold together, by cause and by server.
  mutating func grandTotal(_ total: GrandTotal) {
    element("h2", total.title)
    counts(total.counts, causes: total.causes)
    let servers = total.serverLines
    guard !servers.isEmpty else { return }
    element("h3", "By server")
    list(servers)
  }

  private mutating func counts(_ counts: CaptureStatistics, causes: [CauseCode: Int]) {
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
