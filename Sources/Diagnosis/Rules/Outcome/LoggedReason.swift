import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// What the endpoints' own logs name. A log says what its writer saw, packets what was sent: a reason in a log outweighs
  /// a guess from sizes, never what stands in the clear: see ``Contradiction``.
  static let loggedReason = Rule { inquiry in
    var found: [Finding] = []
    for log in [inquiry.logs.client, inquiry.logs.server].compactMap(\.self) {
      for entry in log.findings.prefix(200)
      where inquiry.concerns(entry, in: log) && entry.cause != .none && entry.cause != .captureIncomplete {
        // What happened to TCP stands in the packets; a log that speaks of another connection, such as a proxy's to its
        // backend, must not overrule them.
        if inquiry.connection != nil, entry.cause.layer == .transport || entry.cause.layer == .resolution { continue }
        let cause = inquiry.rootCause(of: entry.cause)
        let denial = inquiry.connection?.contradiction(to: cause, loggedBy: log.side, isPeerAlert: entry.isPeerAlert)
        if let denial, denial.weight == .excludes { continue }
        var strength: Int
        switch entry.confidence {
        case .certain: strength = entry.cause == .tlsUnknown ? 44 : 89
        case .likely: strength = entry.cause == .tlsUnknown ? 40 : 80
        case .possible: strength = 52
        }
        if denial != nil { strength = min(strength, Finding.contradicted) }
        let who = log.stack.map { "\(log.side.rawValue) log (\($0.shortName))" } ?? "\(log.side.rawValue) log"
        found.append(
          Finding(
            cause, strength, cause.title,
            evidence: [inquiry.evidence([], "\(who), line \(entry.line): \(entry.excerpt)")]
              + (denial.map { [inquiry.evidence($0.frames, "the packets speak against it: \($0.fact)")] } ?? [])))
      }
    }
    return found
  }
}

extension Finding {
  /// Weaker than the admission that nothing says why.
  fileprivate static let contradicted = 35
}

extension Inquiry {
  /// A line that names its peer is about this attempt only if the attempt has that peer; of lines that carry a time known
  /// to the second, only those near the attempt count.
  fileprivate func concerns(_ entry: LogFinding, in log: LogFindings) -> Bool {
    guard let connection else { return true }
    if let peer = entry.peer, let port = peer.port, log.side == .server {
      return attempt.connections.contains { $0.client.port == port } || connection.client.port == port
        // A server behind a forwarder names the forwarder's port.
        || !log.findings.contains { other in attempt.connections.contains { $0.client.port == other.peer?.port } }
    }
    if let time = entry.time, entry.isTimeZoneKnown {
      return time.seconds(since: connection.started) > -60 && time.seconds(since: connection.ended) < 120
    }
    return true
  }

  /// What a logged reason comes to in the light of the hello: a log names what its writer stumbled over, the packets show
  /// why it lay there.
  func rootCause(of logged: CauseCode) -> CauseCode {
    guard let hello else { return logged }
    switch logged {
    // A server that misses signature_algorithms in a hello older than TLS 1.2, which has none, misses TLS 1.2.
    case .tlsSignatureScheme where Offer(hello: hello).highestVersion.rawValue < ProtocolVersion.tls12.rawValue:
      return .tlsVersion
    case .tlsSNIUnrecognized where hello.serverName == nil: return .tlsSNIMissing
    case .tlsSNIMissing where hello.serverName != nil: return .tlsSNIUnrecognized
    default: return logged
    }
  }
}
