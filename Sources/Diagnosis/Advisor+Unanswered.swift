public import HandshakeModel
import NetworkValues

extension Advisor {
  /// What the first cause of an unanswered attempt follows from.
  struct AttemptKey: Hashable {
    let server: Endpoint
    let outcome: Outcome
    let isRepeated: Bool
    /// How much the silence says.
    let patience: Grade
    let isTruncated: Bool
    let hasAlternative: Bool
  }

  /// The code of the first cause of an attempt that is counted, not told.
  public mutating func code(ofUnanswered connection: Connection, logs: LogEvidence) -> CauseCode? {
    guard logs.isEmpty, let syn = connection.network.syns.first else {
      return diagnose(connection, logs: logs).first?.code
    }
    let key = AttemptKey(
      server: connection.server, outcome: connection.outcome, isRepeated: connection.network.syns.count > 1,
      patience: Patience.grade(connection.waited(since: syn.time)),
      isTruncated: connection.network.truncatedFrames > 0, hasAlternative: connection.network.alternative != nil)
    if let code = attempts.value(for: key) { return code }
    let code = diagnose(connection, logs: logs).first?.code
    if let code { attempts.remember(code, for: key) }
    return code
  }
}
