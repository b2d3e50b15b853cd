public import HandshakeModel
import TLSProtocol

/// Remarks on key logs and logs: what they did not fit, and where they disagree with the packets.
public enum EvidenceNotes {
  /// Whole sentences; empty where there is nothing to remark.
  public static func notes(_ connection: Connection, logs: LogEvidence, code: CauseCode) -> [String] {
    var notes: [String] = []
    switch connection.transcript.decryption {
    case .none, .succeeded: break
    case .noSecrets:
      notes.append(
        "The key log holds no secrets for connection \(connection.index): it belongs to another run, or another client."
      )
    case .failed: notes.append("The key log's secrets for connection \(connection.index) did not open its records.")
    }
    for log in [logs.client, logs.server].compactMap(\.self) {
      notes += log.notes.map { "The \(log.side.rawValue) log: \($0)." }
      guard let said = log.strongest, said.cause != code, said.cause != .tlsUnknown, code != .none else { continue }
      let denial = connection.contradiction(to: said.cause, loggedBy: log.side, isPeerAlert: said.isPeerAlert)
      let against = denial.map { ", against which the packets speak (\($0.fact))" } ?? ""
      notes.append(
        "The \(log.side.rawValue) log (line \(said.line)) points to \(said.cause.rawValue)\(against): \(said.excerpt)")
    }
    return notes
  }

  static func notes(_ inquiry: Inquiry, code: CauseCode) -> [String] {
    guard let connection = inquiry.connection else { return [] }
    return notes(connection, logs: inquiry.logs, code: code)
  }
}
