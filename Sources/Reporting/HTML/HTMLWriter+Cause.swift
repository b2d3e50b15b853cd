import Diagnosis
import HandshakeModel

extension HTMLWriter {
  mutating func comparison(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) {
    let cause = comparison.causes.first
    if let remark = comparison.swapRemark {
      element("div", class: "verdict warn") { page in page.element("h1", "! \(remark)") }
    }
    verdict(cause, level: comparison.isSwapped ? .section : .page)
    if !comparison.asides.isEmpty { list(comparison.asides) }
    evidence(cause, namesCaptures: true)
    ladders(comparison, working: working, failing: failing)
    remedies(cause)
    otherCauses(comparison.causes.dropFirst())
    differences(comparison.differences)
    let notes = comparison.notes + [working.damage, failing.damage].compactMap { $0 }
    if !notes.isEmpty {
      element("h2", "Notes")
      list(notes)
    }
  }

  enum Level { case page, section }

  /// The sentence first, then how sure it is and what it is called.
  mutating func verdict(_ cause: Cause?, level: Level) {
    guard let cause else { return }
    switch cause.code {
    case .none: open("div", class: "verdict good")
    case .captureIncomplete: open("div", class: "verdict warn")
    default: open("div", class: "verdict bad")
    }
    let sentence = "\(cause.code.sign.text) \(cause.title)"
    if level == .page { element("h1", sentence) } else { element("h3", sentence) }
    element("p", class: "soft") { page in
      page.escaped("confidence: \(cause.confidence.rawValue) · code: ")
      page.element("code", cause.code.rawValue)
    }
    close("div")
  }

  mutating func evidence(_ cause: Cause?, namesCaptures: Bool = false) {
    guard let cause, !cause.evidence.isEmpty else { return }
    element("h2", "Evidence")
    element("table") { page in
      for item in cause.evidence {
        page.element("tr") { page in
          if namesCaptures {
            page.element("td", class: item.capture == .working ? "role good" : "role bad", item.capture.rawValue)
          }
          page.element("td", class: "number", FrameCitation.text(item.frames))
          page.element("td", item.text)
        }
      }
    }
  }

  mutating func remedies(_ cause: Cause?) {
    guard let cause else { return }
    if !cause.remedies.isEmpty {
      element("h2", "What to do")
      for (audience, remedies) in cause.remediesByAudience {
        element("h3", audience)
        for remedy in remedies { advice(remedy.text, command: remedy.command) }
      }
    }
    if !cause.nextSteps.isEmpty {
      element("h2", cause.confidence == .certain ? "To confirm" : "To be certain")
      for step in cause.nextSteps { advice(step.text, command: step.command) }
    }
  }

  mutating func advice(_ text: String, command: String?) {
    element("p", text)
    guard let command else { return }
    element("pre") { page in page.escaped(command) }
  }

  mutating func otherCauses(_ causes: some Collection<Cause>) {
    guard !causes.isEmpty else { return }
    element("h2", "Other explanations")
    element("table") { page in
      for cause in causes {
        page.element("tr") { page in
          page.element("td", class: "role soft", cause.confidence.rawValue)
          page.element("td") { page in
            page.escaped(cause.title + " ")
            page.element("code", class: "soft", cause.code.rawValue)
          }
          page.element("td", class: "number", FrameCitation.text(cause.evidence.flatMap(\.frames)))
        }
      }
    }
  }

  mutating func differences(_ differences: [Difference]) {
    guard !differences.isEmpty else { return }
    element("h2", "What differs")
    let telling = differences.filter { $0.relevance != .benign }
    if !telling.isEmpty { table(of: telling.sorted { $0.relevance == .decisive && $1.relevance != .decisive }) }
    let benign = differences.filter { $0.relevance == .benign }
    guard !benign.isEmpty else { return }
    element("details") { page in
      page.element("summary", "set aside as harmless: \(Measures.count(benign.count, "difference"))")
      page.table(of: benign)
    }
  }

  private mutating func table(of differences: [Difference]) {
    element("table") { page in
      page.element("tr") { page in
        for title in ["", "field", "working", "failing", "why"] { page.element("th", title) }
      }
      for difference in differences {
        page.element("tr") { page in
          page.element(
            "td", class: difference.relevance == .decisive ? "role warn" : "role soft", difference.relevance.rawValue)
          page.element("td") { page in page.element("code", difference.field) }
          let values = DifferenceSummary.values(of: difference)
          page.element("td", values.working.isEmpty ? "nothing" : values.working.clipped(to: 400))
          page.element("td", values.failing.isEmpty ? "nothing" : values.failing.clipped(to: 400))
          page.element("td", class: "soft", difference.note)
        }
      }
    }
  }

  mutating func list(_ items: [String]) {
    element("ul") { page in for item in items { page.element("li", item) } }
  }
}
