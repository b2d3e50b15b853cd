import ConnectionTracking
import Diagnosis
import HandshakeModel
import NetworkValues
import Reporting

/// Some connections as output, and what was counted on the way.
struct RenderedPortion: Sendable {
  var writer: JSONWriter
  /// Where in the output each connection ends.
  var pieces: [Piece] = []
  /// The stage that the next portion begins with: of those before it nothing more comes from this reader. All readers of
  /// a capture pass the same stages, and what one of them has for a stage comes before what another has for the next.
  var nextStage = 0
  var failures = 0
  var codes: [CauseCode: Int] = [:]
  /// With whom.
  var servers = ServerFailures()
  /// What stands beside frames in the capture that is written again.
  var annotations = CaptureAnnotations()
  /// Of its connections alone.
  var counts = CaptureStatistics()
  /// Attempts that are not told one by one, by server.
  var attempts: [Endpoint?: UnansweredAttempts] = [:]

  init(reservingCapacity capacity: Int = 0) { writer = JSONWriter(reservingCapacity: capacity) }

  /// Forgets what it holds but for its stage, and keeps the memory.
  mutating func removeAll() {
    writer.removeAll()
    pieces.removeAll(keepingCapacity: true)
    failures = 0
    codes.removeAll(keepingCapacity: true)
    if !servers.isEmpty { servers.removeAll() }
    if !annotations.isEmpty { annotations.removeAll() }
    counts = CaptureStatistics()
    attempts.removeAll(keepingCapacity: true)
  }

  /// One connection, ordered by stage, then as ``FinishedConnections`` are.
  struct Piece: Comparable {
    var stage: Int
    var toldBy: Int
    var index: Int
    /// Behind its last byte.
    var end: Int
    /// Set where it is told only while there are few of its kind.
    var attempt: UnansweredAttempts?

    static func < (left: Self, right: Self) -> Bool {
      if left.stage != right.stage { return left.stage < right.stage }
      return left.toldBy != right.toldBy ? left.toldBy < right.toldBy : left.index < right.index
    }
  }
}

/// Diagnoses connections and writes them in one format. Each thread has its own: it remembers what it wrote before.
struct PortionRenderer: Sendable {
  private let choice: AnalysisChoice
  private var report: any Report
  private var advisor = Advisor()
  /// Whoever puts portions together has the last word: this one sees but its own share of the attempts.
  private(set) var quota = AttemptQuota()

  init(_ choice: AnalysisChoice) { (self.choice, report) = (choice, choice.report) }

  /// Another capture begins.
  mutating func beginCapture() { quota = AttemptQuota() }

  /// Adds the connections at some places of a stage to a portion.
  mutating func render(
    _ connections: inout FinishedConnections, in range: Range<Int>, stage: Int, capture: String,
    into portion: inout RenderedPortion
  ) {
    connections.forEach(in: range) { connection, toldBy in
      let attempt = UnansweredAttempts(connection)
      guard render(connection, attempt, capture: capture, into: &portion) else { return }
      portion.pieces.append(
        RenderedPortion.Piece(
          stage: stage, toldBy: toldBy, index: connection.index, end: portion.writer.bytes.count, attempt: attempt))
    }
  }

  /// Writes one connection; false where there is nothing to say of it. Apart from the caller, who changes the connection:
  /// there it would be copied for each look at it.
  @inline(never)
  private mutating func render(
    _ connection: borrowing Connection, _ attempt: UnansweredAttempts?, capture: String,
    into portion: inout RenderedPortion
  ) -> Bool {
    guard connection.isReported || choice.includesAll else { return false }
    portion.counts.count(connection)
    if let attempt, !quota.admits(attempt.server) {
      count(connection, attempt, &portion)
      return false
    }
    guard let causes = causes(of: connection, &portion) else { return false }
    report.append(
      connection, causes: causes, detail: choice.detail, capture: choice.namesCapture ? capture : nil,
      to: &portion.writer)
    return true
  }

  /// One attempt of many, which is counted and not told.
  private mutating func count(
    _ connection: borrowing Connection, _ attempt: UnansweredAttempts, _ portion: inout RenderedPortion
  ) {
    if connection.outcome == .failed { portion.failures += 1 }
    let code = advisor.code(ofUnanswered: connection, logs: choice.logs)
    if let code { count(connection, code, &portion) }
    portion.attempts.add(attempt, as: quota.place(of: attempt.server))
  }

  /// What to say of a connection; nil where it is to be left out.
  private mutating func causes(of connection: borrowing Connection, _ portion: inout RenderedPortion) -> [Cause]? {
    // Of what never spoke TLS nobody can say that it failed.
    if connection.outcome == .failed, connection.isReported { portion.failures += 1 }
    if choice.failuresOnly, connection.outcome == .established { return nil }
    let causes = advisor.diagnose(connection, logs: choice.logs)
    if choice.annotates { portion.annotations.add(connection, causes: causes) }
    if let code = causes.first?.code { count(connection, code, &portion) }
    return causes
  }

  private func count(_ connection: borrowing Connection, _ code: CauseCode, _ portion: inout RenderedPortion) {
    guard code != CauseCode.none else { return }
    portion.codes[code, default: 0] += 1
    if choice.namesCapture, code != .captureIncomplete { portion.servers.count(connection, code) }
  }
}

/// What of an analysis is wanted, and how.
struct AnalysisChoice: Sendable {
  var report: any Report
  var detail: TextReport.Detail
  var logs: LogEvidence
  /// Connections that never spoke TLS are told of too.
  var includesAll: Bool
  var failuresOnly: Bool
  /// Several captures are read: each connection says which it is from.
  var namesCapture: Bool
  /// Each capture ends with its counts.
  var writesSummary = true
  /// The capture is written again with what was found.
  var annotates = false
}
