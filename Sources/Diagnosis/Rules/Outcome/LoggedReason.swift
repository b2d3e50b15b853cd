import HandshakeModel
import TLSProtocol

extension Rule {
  /// What the endpoints' own logs name. A log says what its writer saw, packets what was sent: a reason in a log outweighs
  /// a guess from sizes, never what stands in the clear.
  static let loggedReason = Rule { inquiry in
    var found: [Finding] = []
    for log in [inquiry.logs.client, inquiry.logs.server].compactMap(\.self) {
      for entry in log.findings.prefix(40) where entry.cause != .none && entry.cause != .captureIncomplete {
        let strength: Int
        switch entry.confidence {
        case .certain: strength = entry.cause == .tlsUnknown ? 44 : 95
        case .likely: strength = entry.cause == .tlsUnknown ? 40 : 82
        case .possible: strength = 52
        }
        let who = log.stack.map { "\(log.side.rawValue) log (\($0.shortName))" } ?? "\(log.side.rawValue) log"
        found.append(
          Finding(
            entry.cause, strength, entry.cause.title,
            evidence: [inquiry.evidence([], "\(who), line \(entry.line): \(entry.excerpt)")]))
      }
    }
    return found
  }
}
