import Diagnosis
import HandshakeModel
import Reporting

/// Some connections as output, and what was counted on the way.
struct RenderedPortion: Sendable {
  var bytes: [UInt8] = []
  var failures = 0
  var codes: [CauseCode: Int] = [:]
  /// Of its connections alone.
  var counts = CaptureStatistics()
}

/// Diagnoses connections and writes them in one format. Each thread has its own: it remembers what it wrote before.
struct PortionRenderer: Sendable {
  private let choice: AnalysisChoice
  private var json = JSONReport()
  private var memory = DiagnosisMemory()

  init(_ choice: AnalysisChoice) { self.choice = choice }

  /// Writes connections into `buffer`, whose memory is used again.
  mutating func render(
    _ connections: inout [Connection], capture: String, into buffer: consuming [UInt8]
  ) -> RenderedPortion {
    var result = RenderedPortion()
    var writer = JSONWriter(reusing: buffer)
    for index in connections.indices {
      connections[index].judge()
      let connection = connections[index]
      guard connection.isReported || choice.includesAll else { continue }
      result.counts.count(connection)
      guard let causes = causes(of: connection, &result) else { continue }
      if choice.format == .json {
        json.append(connection, causes: causes, capture: choice.namesCapture ? capture : nil, to: &writer)
      } else {
        writer.verbatim(text(connection, causes))
      }
    }
    result.bytes = writer.bytes
    return result
  }

  /// What to say of a connection; nil where it is to be left out.
  private mutating func causes(of connection: Connection, _ result: inout RenderedPortion) -> [Cause]? {
    // Of what never spoke TLS nobody can say that it failed.
    if connection.outcome == .failed, connection.isReported { result.failures += 1 }
    if choice.failuresOnly, connection.outcome == .established { return nil }
    let causes = memory.diagnose(connection, logs: choice.logs)
    if let code = causes.first?.code, code != CauseCode.none { result.codes[code, default: 0] += 1 }
    return causes
  }

  private func text(_ connection: Connection, _ causes: [Cause]) -> String {
    switch choice.format {
    case .html: HTMLReport().render(connection, causes: causes, detail: choice.detail)
    case .markdown:
      MarkdownReport(unicode: choice.text.style.usesUnicode).render(connection, causes: causes, detail: choice.detail)
    case .text, .json: choice.text.render(connection, causes: causes, detail: choice.detail)
    }
  }
}

/// What of an analysis is wanted, and how.
struct AnalysisChoice: Sendable {
  var format: ReportFormat
  var detail: TextReport.Detail
  var text: TextReport
  var logs: LogEvidence
  /// Connections that never spoke TLS are told of too.
  var includesAll: Bool
  var failuresOnly: Bool
  /// Several captures are read: each connection says which it is from.
  var namesCapture: Bool
  /// In JSON each capture ends with an object about itself; the other formats always tell it.
  var writesSummary = false
}
