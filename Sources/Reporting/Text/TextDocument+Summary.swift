import Diagnosis
import HandshakeModel
import NetworkValues

extension TextDocument {
  /// The counts of a capture in a few lines.
  mutating func summary(_ story: CaptureStory, causes: [CauseCode: Int]) {
    line(StyledText(String(repeating: "─", count: min(width, 40)), .dim))
    self.counts(story.statistics, causes: causes)
    if let begin = SummaryFacts.begin(of: story, clock: clock) { paragraph(StyledText(begin, .dim)) }
    paragraph(StyledText(SummaryFacts.traffic(of: story), .dim))
    for remark in SummaryFacts.remarks(on: story) {
      paragraph(StyledText(remark), lead: StyledText("! ", [.bold, .yellow]))
    }
  }

  /// What several captures hold together, by cause and by server.
  mutating func grandTotal(_ total: GrandTotal) {
    line(StyledText(String(repeating: "═", count: min(width, 40)), .dim))
    counts(total.counts, causes: total.causes, lead: "\(total.title), ")
    let servers = total.serverLines
    guard !servers.isEmpty else { return }
    paragraph(StyledText("by server"), indent: 2)
    for line in servers { paragraph(StyledText(line), indent: 4, hanging: 6) }
  }

  private mutating func counts(_ counts: CaptureStatistics, causes: [CauseCode: Int], lead: String = "") {
    var outcomes: [StyledText] = []
    if counts.established > 0 {
      outcomes.append(StyledText("\(Measures.grouped(counts.established)) established", .green))
    }
    if counts.failed > 0 { outcomes.append(StyledText("\(Measures.grouped(counts.failed)) failed", .red)) }
    if counts.incomplete > 0 {
      outcomes.append(StyledText("\(Measures.grouped(counts.incomplete)) incomplete", .yellow))
    }
    let total = counts.established + counts.failed + counts.incomplete
    var head = StyledText(lead + Measures.count(total, "connection"), .bold)
    for (index, outcome) in outcomes.enumerated() { head += StyledText(index == 0 ? ": " : ", ") + outcome }
    paragraph(head)
    for (code, count) in SummaryFacts.ranked(causes) {
      paragraph(StyledText("\(Measures.grouped(count)) × \(code.rawValue)"), indent: 2)
    }
  }
}

/// A capture's counts in words.
enum SummaryFacts {
  /// What failed, the commonest first.
  static func ranked(_ causes: [CauseCode: Int]) -> [(code: CauseCode, count: Int)] {
    causes.filter { $0.key.isFailure && $0.value > 0 }.map { (code: $0.key, count: $0.value) }.sorted { left, right in
      left.count != right.count ? left.count > right.count : left.code.rawValue < right.code.rawValue
    }
  }

  /// When the capture's first frame came.
  static func begin(of story: CaptureStory, clock: Clock) -> String? {
    story.statistics.firstTime.map { "from \(clock.text($0))" }
  }

  /// `bad.pcap: 1,204 frames, 1.2 MB, 12.4 s`.
  static func traffic(of story: CaptureStory) -> String {
    let counts = story.statistics
    var parts = [Measures.count(counts.frames, "frame"), Measures.bytes(counts.bytes)]
    if let first = counts.firstTime, let last = counts.lastTime {
      parts.append(Measures.duration(nanoseconds: last.nanoseconds &- first.nanoseconds))
    }
    if counts.tcpConnections > 0 { parts.append(Measures.count(counts.tcpConnections, "TCP connection")) }
    if counts.datagramFlows > 0 { parts.append(Measures.count(counts.datagramFlows, "QUIC or DTLS flow")) }
    return "\(story.name): " + parts.joined(separator: ", ")
  }

  /// What the reader must know before trusting the rest.
  static func remarks(on story: CaptureStory) -> [String] {
    let counts = story.statistics
    var remarks: [String] = []
    if let damage = story.damage { remarks.append(damage) }
    if counts.truncatedFrames > 0 {
      remarks.append("\(Measures.count(counts.truncatedFrames, "frame")) cut short by the capture's snap length")
    }
    for (what, count) in counts.undecoded.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(8) {
      remarks.append("\(Measures.count(count, "frame")) not decoded: \(what)")
    }
    for attempts in counts.countedAttempts.prefix(8) {
      remarks.append(
        "\(Measures.count(attempts.connections, "more attempt")) to connect to \(attempts.server?.description ?? "further servers") had no answer either; "
          + "only the first \(Measures.grouped(UnansweredAttempts.toldLimit)) are told one by one")
    }
    if counts.countedAttempts.count > 8 {
      remarks.append("the same for \(Measures.count(counts.countedAttempts.count - 8, "other server"))")
    }
    if counts.droppedBytes > 0 {
      remarks.append("\(Measures.bytes(counts.droppedBytes)) of stream data not kept: the memory limit was reached")
    }
    if counts.droppedConnections > 0 {
      remarks.append(
        "\(Measures.count(counts.droppedConnections, "connection")) not followed to the end: the memory limit was reached"
      )
    }
    if counts.droppedSecrets > 0 {
      remarks.append("\(Measures.count(counts.droppedSecrets, "TLS secret")) not kept: the memory limit was reached")
    }
    if counts.droppedLookups > 0 {
      remarks.append(
        "\(Measures.count(counts.droppedLookups, "message")) about name lookups not kept: the memory limit was reached")
    }
    if counts.droppedTextBytes > 0 {
      remarks.append(
        "\(Measures.bytes(counts.droppedTextBytes)) of names, descriptions and comments not kept: the memory limit was reached"
      )
    }
    return remarks
  }
}
