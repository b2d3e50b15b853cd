import Diagnosis
import HandshakeModel
import NetworkValues
import TLSProtocol

extension HTMLWriter {
  mutating func ladders(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) {
    let pair = (working: comparison.workingSide.ladder, failing: comparison.failingSide.ladder)
    let alignment = LadderAlignment(pair.working?.steps ?? [], pair.failing?.steps ?? [])
    guard !alignment.rows.isEmpty else { return }
    let parting = comparison.divergence.flatMap {
      alignment.row(of: $0)
    }
    element("h2", "The two handshakes")
    if let divergence = comparison.divergence {
      element("p") { page in
        page.element("strong", "First divergence: \(divergence.stage.words)")
        if divergence.summary != comparison.causes.first?.title { page.escaped(", " + divergence.summary) }
      }
    }
    element("table", class: "ladder") { page in
      page.element("tr") { page in
        page.heading(comparison.workingSide, capture: working.name)
        page.heading(comparison.failingSide, capture: failing.name)
      }
      for (index, row) in alignment.rows.enumerated() {
        page.open("tr", class: index == parting ? "parting" : "row")
        page.rung(row.working, since: pair.working?.started, beside: row.failing, isSecond: false)
        page.rung(row.failing, since: pair.failing?.started, beside: row.working, isSecond: true)
        page.close("tr")
      }
    }
  }

  /// One handshake by itself.
  mutating func ladder(_ ladder: Ladder) {
    element("table", class: "ladder") { page in
      for step in ladder.steps {
        page.element("tr") { page in page.rung(step, since: ladder.started, beside: nil, isSecond: false) }
      }
    }
  }

  private mutating func heading(_ side: ComparedSide, capture: String) {
    markup(side.role == .working ? "<th colspan=\"4\" class=\"good\">" : "<th colspan=\"4\" class=\"bad gap\">")
    escaped("\(side.role.rawValue): \(capture)")
    if let connection = side.connection {
      element("small") { page in
        page.escaped("connection \(connection.index), \(connection.outcome.rawValue), ")
        page.escaped("\(connection.client) → \(connection.server)")
      }
      element("small") { page in
        page.escaped("\(page.clock.text(connection.started)) · Wireshark: ")
        page.element("code", DisplayFilter.text(connection))
      }
      if let name = StackNames.client(connection) { element("small", "client: \(name)") }
      if let name = StackNames.server(connection) { element("small", "server: \(name)") }
    } else {
      element("small", "no connection")
    }
    close("th")
  }

  private mutating func rung(_ step: LadderStep?, since started: Timestamp?, beside other: LadderStep?, isSecond: Bool)
  {
    guard let step else {
      markup(isSecond ? "<td colspan=\"4\" class=\"gap\"></td>\n" : "<td colspan=\"4\"></td>\n")
      return
    }
    let time = started.map { Measures.duration(nanoseconds: step.time.nanoseconds &- $0.nanoseconds) } ?? ""
    element("td", class: isSecond ? "time gap" : "time", time)
    let arrow = step.sender.map { $0 == .client ? "→" : "←" } ?? "·"
    element("td", arrow)
    let differing = step.differing(from: other)
    element("td") { page in
      page.element("span", class: step.tone == .bad ? "bad" : step.tone == .quiet ? "soft" : nil, step.title)
      if !step.remark.isEmpty { page.element("span", class: "soft", " " + step.remark) }
      for detail in step.details {
        let isDifferent = differing.contains(detail)
        page.element("small", class: isDifferent ? "differs" : nil, (isDifferent ? "≠ " : "") + detail.text)
      }
    }
    element("td", class: "number", step.frameNumbers)
  }
}
