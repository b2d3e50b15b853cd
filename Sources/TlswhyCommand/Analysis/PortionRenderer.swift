import Diagnosis
import HandshakeModel
import Reporting

/// Some connections as output, and what was counted on the way.
struct RenderedPortion: Sendable {
  var bytes: [UInt8] = []
  var failures = 0
  var codes: [CauseCode: Int] = [:]
}

/// Diagnoses connections and writes them in one format. Each thread has its own: it remembers what it wrote before.
struct PortionRenderer: Sendable {
  private let choice: AnalysisChoice
  private var json = JSONReport()
  private var writer = JSONWriter(reservingCapacity: 128 * 1024)

  init(_ choice: AnalysisChoice) { self.choice = choice }

  mutating func render(_ connections: [Connection], capture: String) -> RenderedPortion {
    var result = RenderedPortion()
    for index in connections.indices {
      let connection = connections[index]
      guard connection.isReported || choice.includesAll else { continue }
      if connection.outcome == .failed { result.failures += 1 }
      if choice.failuresOnly, connection.outcome == .established { continue }
      let causes = Diagnosis.diagnose(connection, logs: choice.logs)
      if let code = causes.first?.code, code != CauseCode.none { result.codes[code, default: 0] += 1 }
      append(connection, causes, capture, to: &result.bytes)
    }
    if choice.format == .json {
      result.bytes = writer.bytes
      writer.removeAll()
    }
    return result
  }

  private mutating func append(
    _ connection: Connection, _ causes: [Cause], _ capture: String, to bytes: inout [UInt8]
  ) {
    switch choice.format {
    case .json: json.append(connection, causes: causes, capture: choice.namesCapture ? capture : nil, to: &writer)
    case .text: bytes += choice.text.render(connection, causes: causes, detail: choice.detail).utf8
    case .html: bytes += HTMLReport().render(connection, causes: causes, detail: choice.detail).utf8
    case .markdown: bytes += MarkdownReport().render(connection, causes: causes, detail: choice.detail).utf8
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
}
