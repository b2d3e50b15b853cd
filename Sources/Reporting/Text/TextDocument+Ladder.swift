import Diagnosis
import HandshakeModel
import NetworkValues
import TLSProtocol

extension TextDocument {
  /// Narrower than this, two handshakes do not fit beside each other.
  static let sideBySideMinimum = 60

  /// Both handshakes, step by step; where they part is marked.
  mutating func ladders(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) {
    let pair = (working: comparison.workingSide.ladder, failing: comparison.failingSide.ladder)
    guard pair.working?.steps.isEmpty == false || pair.failing?.steps.isEmpty == false else { return }
    heading("The two handshakes", remark: "→ from the client, ← from the server, ≠ differs")
    let titles = (
      working: LadderTitle(comparison.workingSide, capture: working.name, clock: clock),
      failing: LadderTitle(comparison.failingSide, capture: failing.name, clock: clock)
    )
    if width >= Self.sideBySideMinimum {
      sideBySide(pair, titles: titles, divergence: comparison.divergence)
    } else {
      stacked(pair.working, title: titles.working, marking: comparison.divergence?.workingFrames ?? [])
      blank()
      stacked(pair.failing, title: titles.failing, marking: comparison.divergence?.failingFrames ?? [])
    }
    if let divergence = comparison.divergence {
      let label = StyledText("first divergence: \(divergence.stage.words)", [.bold, .yellow])
      // The verdict's own sentence need not be read twice.
      let isRepeated = divergence.summary == comparison.causes.first?.title
      paragraph(
        isRepeated ? label : label + ", " + StyledText(divergence.summary),
        lead: StyledText("◆ ", [.bold, .yellow]), indent: width >= Self.sideBySideMinimum ? 2 : 0)
    }
  }

  private mutating func sideBySide(
    _ ladders: (working: Ladder?, failing: Ladder?), titles: (working: LadderTitle, failing: LadderTitle),
    divergence: Divergence?
  ) {
    let column = columnWidth
    let rows = LadderAlignment(ladders.working?.steps ?? [], ladders.failing?.steps ?? [])
    let parting = divergence.flatMap {
      rows.row(of: $0)
    }
    beside(
      titles.working.lines.flatMap { $0.adapted(to: style).wrapped(to: column) },
      titles.failing.lines.flatMap { $0.adapted(to: style).wrapped(to: column) }, column: column)
    let rule = String(repeating: "─", count: column)
    line(StyledText("  \(rule)─┼─\(rule)", .dim))
    let started = (ladders.working?.started, ladders.failing?.started)
    self.rows(rows, rows.rows.indices, marking: parting, started: started)
  }

  /// Two cells of margin, three of gutter; beyond 70 cells a column only gets emptier.
  private var columnWidth: Int { min((width - 5) / 2, 70) }

  /// Some rows of two ladders, under titles of their own, each step with at most so many details, those that differ first.
  mutating func rows(
    _ rows: LadderAlignment, _ range: Range<Int>, marking parting: Int?, started: (Timestamp?, Timestamp?),
    titles: (working: StyledText, failing: StyledText)? = nil, details: Int = .max
  ) {
    let column = columnWidth
    if let titles {
      beside(
        titles.working.adapted(to: style).wrapped(to: column), titles.failing.adapted(to: style).wrapped(to: column),
        column: column)
    }
    for index in range {
      let isParting = index == parting
      let row = LadderAlignment.Row(
        working: rows.rows[index].working?.keeping(details, besides: rows.rows[index].failing),
        failing: rows.rows[index].failing?.keeping(details, besides: rows.rows[index].working))
      beside(
        row.working.map {
          rung(
            $0, since: started.0, cells: column, isMarked: isParting,
            differing: $0.differing(from: rows.rows[index].failing))
        } ?? [],
        row.failing.map {
          rung(
            $0, since: started.1, cells: column, isMarked: isParting,
            differing: $0.differing(from: rows.rows[index].working))
        } ?? [],
        column: column, isMarked: isParting)
    }
  }

  /// Lines of two columns; the first row of a marked pair carries the mark.
  private mutating func beside(
    _ left: [StyledText], _ right: [StyledText], column: Int, isMarked: Bool = false
  ) {
    for index in 0..<max(left.count, right.count) {
      let gutter = isMarked && index == 0 ? StyledText(" ◆ ", [.bold, .yellow]) : StyledText(" │ ", .dim)
      let text = StyledText("  ") + (index < left.count ? left[index] : "").padded(to: column) + gutter
      line(index < right.count ? text + right[index] : text.trimmed)
    }
  }

  /// One ladder over the whole width.
  mutating func stacked(_ ladder: Ladder?, title: LadderTitle?, marking frames: [Int] = []) {
    for part in title?.lines ?? [] { paragraph(part, indent: 2) }
    guard let ladder, !ladder.steps.isEmpty else {
      paragraph(StyledText("nothing in this capture", .dim), indent: 2)
      return
    }
    let marked = Set(frames)
    let parting = ladder.steps.firstIndex { !marked.isDisjoint(with: $0.frames) }
    for (index, step) in ladder.steps.enumerated() {
      let mark = index == parting ? StyledText("◆ ", [.bold, .yellow]) : StyledText("  ")
      let lines = rung(step, since: ladder.started, cells: min(width - 2, 98), isMarked: index == parting)
      for (number, text) in lines.enumerated() { line((number == 0 ? mark : StyledText("  ")) + text) }
    }
  }

  /// A step's lines: when, which way, what, and at the right edge where to look it up.
  private func rung(
    _ step: LadderStep, since started: Timestamp?, cells: Int, isMarked: Bool, differing: Set<LadderStep.Detail> = []
  ) -> [StyledText] {
    let time = started.map { Measures.duration(nanoseconds: step.time.nanoseconds &- $0.nanoseconds) } ?? ""
    let arrow = step.sender == nil ? "·" : step.sender == .client ? "→" : "←"
    let lead =
      StyledText(time.leftPadded(to: 7) + " ", .dim)
      + StyledText(arrow + " ", step.sender == .client ? [] : .bold).adapted(to: style).padded(to: style.arrowWidth + 1)
    let frames = StyledText(step.frameNumbers.clipped(to: 12), .dim).adapted(to: style)
    let emphasis: Emphasis = isMarked ? [.bold, step.tone.emphasis] : step.tone.emphasis
    let room = cells - lead.width - frames.width - 1
    var titles = (StyledText(step.title, emphasis) + StyledText(step.remark.isEmpty ? "" : " " + step.remark, .dim))
      .adapted(to: style).wrapped(to: room)
    guard !titles.isEmpty else { return [] }
    var lines = [(lead + titles.removeFirst()).padded(to: cells - frames.width) + frames]
    let hanging = StyledText(String(repeating: " ", count: lead.width))
    lines += titles.map { hanging + $0 }
    for detail in step.details {
      let isDifferent = differing.contains(detail)
      let tone: Emphasis = step.tone == .bad ? .red : isDifferent ? .yellow : .dim
      let text = StyledText(detail.text.escapedForDisplay.clipped(to: 160), tone).adapted(to: style)
      // A narrow column has no room for a deep indent.
      let indent = cells < 34 ? 4 : lead.width
      let mark = StyledText(isDifferent ? "≠ " : "  ", .yellow).adapted(to: style)
      let first = StyledText(String(repeating: " ", count: max(0, indent - mark.width))) + mark
      for (index, part) in text.wrapped(to: cells - first.width).enumerated() {
        lines.append((index == 0 ? first : StyledText(String(repeating: " ", count: first.width))) + part)
      }
    }
    return lines
  }
}

/// What stands above a ladder: which capture, which connection, between whom.
struct LadderTitle {
  let lines: [StyledText]

  init(_ side: ComparedSide, capture: String, clock: Clock) {
    var lines = [
      StyledText(side.role.rawValue, [.bold, side.role.emphasis]) + StyledText("  " + capture.clipped(to: 60))
    ]
    if let connection = side.connection {
      lines.append(StyledText("\(connection.client) → \(connection.server)", .dim))
      let outcome = connection.outcome.rawValue
      lines.append(StyledText("connection \(connection.index), \(outcome)", .dim))
      lines.append(StyledText(clock.text(connection.started), .dim))
      if let name = StackNames.client(connection) { lines.append(StyledText("client: \(name)", .dim)) }
      if let name = StackNames.server(connection) { lines.append(StyledText("server: \(name)", .dim)) }
    } else {
      lines.append(StyledText("no connection", .dim))
    }
    self.lines = lines
  }
}

extension LadderStep.Tone {
  fileprivate var emphasis: Emphasis { self == .bad ? .red : self == .quiet ? .dim : [] }
}

extension Style {
  fileprivate var arrowWidth: Int { usesUnicode ? 1 : 2 }
}

extension Stage {
  /// The stage's name in running text.
  var words: String {
    switch self {
    case .resolution: "name resolution"
    case .address: "address"
    case .tcp: "TCP"
    case .firstBytes: "first bytes"
    case .clientHello: "ClientHello"
    case .serverHello: "ServerHello"
    case .certificate: "certificate"
    case .keyExchange: "key exchange"
    case .finished: "Finished"
    case .data: "data"
    }
  }
}

extension String {
  func leftPadded(to cells: Int) -> String {
    String(repeating: " ", count: max(0, cells - displayWidth)) + self
  }
}
