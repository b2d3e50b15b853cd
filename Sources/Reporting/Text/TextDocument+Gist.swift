import Diagnosis
import HandshakeModel

/// What of a comparison fits on a screen: the verdict, what proves it, where the handshakes part, what helps.
///
/// Whatever is left out stands in the full report. Parts are cut down, the least telling first, until all fits.
struct ComparisonGist {
  /// Lines of a terminal that nobody has enlarged, one of them for the prompt.
  static let height = 23

  /// How much of each part there is room for.
  struct Room {
    var evidence = 5
    var rows = 5
    var details = 2
    var remedies = 2
    var asides = 2

    /// From what one would like to tell to what must be told.
    static let sizes = [
      Room(), Room(evidence: 4, rows: 4, details: 1), Room(evidence: 3, rows: 3, details: 1, asides: 1),
      Room(evidence: 3, rows: 3, details: 0, asides: 1), Room(evidence: 2, rows: 3, details: 0, asides: 1),
      Room(evidence: 2, rows: 2, details: 0, remedies: 1, asides: 1),
      Room(evidence: 2, rows: 2, details: 0, remedies: 1, asides: 0),
      Room(evidence: 2, rows: 0, details: 0, remedies: 1, asides: 0),
      Room(evidence: 1, rows: 0, details: 0, remedies: 1, asides: 0),
    ]
  }

  let comparison: Comparison
  let working: CaptureStory
  let failing: CaptureStory

  /// The remedies for who is at hand: those for a program that was recognised come before those for any other.
  static func remedies(of cause: Cause, _ count: Int) -> [Remedy] {
    let isGeneral = { (remedy: Remedy) in ["client", "server"].contains(remedy.audience) }
    let sorted = cause.remedies.filter { !isGeneral($0) } + cause.remedies.filter(isGeneral)
    // The first says what has to change; the one for the program at hand says how.
    guard count > 1, let first = cause.remedies.first, let named = sorted.first, first != named else {
      return Array(sorted.prefix(count))
    }
    return Array([first, named].prefix(count))
  }

  /// The step that confirms the verdict with the shortest command of some use: the first that is short, else the shortest.
  static func step(of cause: Cause) -> NextStep? {
    let steps = cause.nextSteps.filter { ($0.command?.utf8.count ?? .max) <= longest }
    return steps.first { ($0.command?.utf8.count ?? .max) <= short }
      ?? steps.min { ($0.command?.utf8.count ?? .max) < ($1.command?.utf8.count ?? .max) }
  }

  /// Bytes of a command that is read at a glance, and of one that is offered at all.
  static let (short, longest) = (120, 240)

  /// Places in the rows of the ladder that show where the two part: what both did last, and what came of it.
  static func rows(_ alignment: LadderAlignment, around parting: Int?, _ count: Int) -> Range<Int> {
    let all = alignment.rows.indices
    guard let parting, count > 0 else { return all.startIndex..<all.startIndex }
    let first = max(all.startIndex, min(parting - (count > 2 ? 1 : 0), all.endIndex - count))
    return first..<min(first + count, all.endIndex)
  }
}

extension TextDocument {
  /// The gist of a comparison, in as many lines as fit on a screen.
  mutating func gist(_ gist: ComparisonGist) {
    var shortest = self
    for room in ComparisonGist.Room.sizes {
      shortest = self
      shortest.gist(gist, room)
      if shortest.lineCount <= ComparisonGist.height { break }
    }
    self = shortest
  }

  /// Lines of a terminal: one that is longer than it is wide takes several.
  private var lineCount: Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) { count, line in
      count + max(1, (String(line).withoutEscapeSequences.displayWidth + width - 1) / width)
    }
  }

  private mutating func gist(_ gist: ComparisonGist, _ room: ComparisonGist.Room) {
    let comparison = gist.comparison
    let cause = comparison.causes.first
    headline(comparison)
    for note in comparison.notes.prefix(room.asides) {
      paragraph(StyledText(note), lead: StyledText("! ", [.bold, .yellow]), indent: 2)
    }
    if let observation = comparison.unexplained.first, room.asides > 0 {
      paragraph(
        StyledText("also seen: \(observation.text) (\(FrameCitation.text(observation.frames)))", .dim), indent: 2)
    }
    // What is certain leaves little to others.
    for other in comparison.causes.dropFirst().prefix(cause?.confidence == .certain ? 0 : room.asides) {
      paragraph(
        StyledText(other.title) + StyledText(" · \(other.code.rawValue)", .dim),
        lead: StyledText("or, \(other.confidence.rawValue): ", .dim), indent: 2)
    }
    evidence(cause, namesCaptures: true, limit: room.evidence, title: nil)
    if width >= Self.sideBySideMinimum { parting(gist, room) }
    if let cause { advice(on: cause, room) }
    more(comparison)
  }

  /// What was given as working fails: nothing below means what its reader takes it for.
  mutating func swapped(_ comparison: Comparison) {
    guard let remark = comparison.swapRemark else { return }
    paragraph(StyledText(remark, .bold), lead: StyledText("! ", [.bold, .yellow]))
  }

  /// The verdict and, on one line, how sure it is, its code, and when it was.
  mutating func headline(_ comparison: Comparison, unbroken: Bool = false) {
    if let remark = comparison.swapRemark {
      if unbroken {
        line(StyledText("! ", [.bold, .yellow]) + StyledText(remark, .bold))
        return line("  exchange the two and compare again")
      }
      swapped(comparison)
    }
    guard let cause = comparison.causes.first else { return verdict(nil) }
    let sign = cause.code.sign
    let (lead, title) = (StyledText(sign.text + " ", [.bold, sign.emphasis]), StyledText(cause.title, [.bold]))
    if unbroken { line(lead + title) } else { paragraph(title, lead: lead) }
    var facts =
      StyledText(cause.confidence.rawValue, cause.confidence.emphasis) + StyledText(" · ", .dim)
      + StyledText(cause.code.rawValue)
    if let connection = comparison.failingSide.connection {
      facts += StyledText(" · \(clock.text(connection.started))", .dim)
    }
    if unbroken { line(StyledText("  ") + facts) } else { paragraph(facts, indent: 2) }
  }

  /// Where the two handshakes part.
  private mutating func parting(_ gist: ComparisonGist, _ room: ComparisonGist.Room) {
    let comparison = gist.comparison
    guard let divergence = comparison.divergence, room.rows > 0 else { return }
    let ladders = (working: comparison.workingSide.ladder, failing: comparison.failingSide.ladder)
    let alignment = LadderAlignment(ladders.working?.steps ?? [], ladders.failing?.steps ?? [])
    guard let place = alignment.row(of: divergence) else { return }
    blank()
    rows(
      alignment, ComparisonGist.rows(alignment, around: place, room.rows), marking: place,
      started: (ladders.working?.started, ladders.failing?.started),
      titles: (ends(comparison.workingSide), ends(comparison.failingSide)), details: room.details)
  }

  private func ends(_ side: ComparedSide) -> StyledText {
    let ends = side.connection.map { "to \($0.server)" } ?? "no connection"
    return StyledText(side.role.rawValue, [.bold, side.role.emphasis]) + StyledText(", " + ends, .dim)
  }

  private mutating func advice(on cause: Cause, _ room: ComparisonGist.Room) {
    let remedies = ComparisonGist.remedies(of: cause, room.remedies)
    if !remedies.isEmpty { blank() }
    for remedy in remedies {
      paragraph(StyledText(remedy.text), lead: StyledText("• \(remedy.audience): ", .bold), indent: 2, hanging: 4)
      guard let command = remedy.command, command.utf8.count <= ComparisonGist.short else { continue }
      line(StyledText("      ") + StyledText(command, .green))
    }
    guard let step = ComparisonGist.step(of: cause), let command = step.command else { return }
    let title = cause.confidence == .certain ? "To confirm: " : "To be certain: "
    paragraph(StyledText(step.text), lead: StyledText(title, .bold), indent: 2, hanging: 4)
    line(StyledText("      ") + StyledText(command, .green))
  }

  /// What to type into Wireshark, and how to see the rest.
  private mutating func more(_ comparison: Comparison) {
    blank()
    let filters = [comparison.failingSide, comparison.workingSide].compactMap { side in
      side.connection.map { StyledText("\(side.role.rawValue): ", .dim) + StyledText(DisplayFilter.text($0)) }
    }
    let lead = StyledText("  Wireshark, ", .dim)
    let together = filters.dropFirst().reduce(filters.first ?? "") { $0 + StyledText(" · ", .dim) + $1 }
    let isShort = lead.width + together.width <= width
    for filter in isShort && !filters.isEmpty ? [together] : filters { line(lead + filter) }
    paragraph(StyledText("-v tells all: both handshakes, every remedy and difference", .dim), indent: 2)
  }
}

extension String {
  /// Without the sequences that this program writes for emphasis.
  fileprivate var withoutEscapeSequences: String {
    guard utf8.contains(0x1b) else { return self }
    var text = ""
    var isSequence = false
    for scalar in unicodeScalars {
      if scalar.value == 0x1b { isSequence = true }
      if !isSequence { text.unicodeScalars.append(scalar) }
      if isSequence, scalar == "m" { isSequence = false }
    }
    return text
  }
}
