import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// What the endpoints' own logs name. A log says what its writer saw, packets what was sent: a reason in a log outweighs
  /// a guess from sizes, never what stands in the clear: see ``Contradiction``.
  static let loggedReason = Rule { inquiry in
    reasons(in: inquiry.logs.client, inquiry) + reasons(in: inquiry.logs.server, inquiry)
  }

  private static func reasons(in log: LogFindings?, _ inquiry: Inquiry) -> [Finding] {
    guard let log else { return [] }
    var found: [Finding] = []
    // The same words come back line after line.
    var causes: [CauseCode: CauseCode] = [:]
    for entry in log.findings.prefix(200)
    where inquiry.concerns(entry, in: log) && entry.cause != .none && entry.cause != .captureIncomplete {
      // What happened to TCP stands in the packets; a log that speaks of another connection, such as a proxy's to its
      // backend, must not overrule them.
      if inquiry.connection != nil, entry.cause.layer == .transport || entry.cause.layer == .resolution { continue }
      let cause = causes[entry.cause] ?? inquiry.rootCause(of: entry.cause, loggedBy: log.side)
      causes[entry.cause] = cause
      // A server that goes on without a name is no witness against the certificate that it showed for want of one.
      let denial = inquiry.connection?.contradiction(
        to: entry.cause == .certNameMismatch ? entry.cause : cause, loggedBy: log.side, isPeerAlert: entry.isPeerAlert)
      if let denial, denial.weight == .excludes { continue }
      var strength: Int
      switch entry.confidence {
      case .certain: strength = entry.cause == .tlsUnknown ? 44 : 89
      case .likely: strength = entry.cause == .tlsUnknown ? 40 : 80
      case .possible: strength = inquiry.isTold(entry, cause) ? 82 : 52
      }
      if denial != nil { strength = min(strength, Finding.contradicted) }
      let who = log.stack.map { "\(log.side.rawValue) log (\($0.shortName))" } ?? "\(log.side.rawValue) log"
      found.append(
        Finding(
          cause, strength, cause.title,
          evidence: [inquiry.evidence([], "\(who), line \(entry.line): \(entry.excerpt)")]
            + (denial.map { [inquiry.evidence($0.frames, "the packets speak against it: \($0.fact)")] } ?? [])))
    }
    return found
  }

  /// What the endpoints' logs say against a handshake that completed as far as packets show: a client that checks the
  /// certificate only then leaves without having said a word, and a server may refuse above TLS who shows none, or a bad one.
  static let loggedDoubt = Rule { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .established, let close = connection.firstClose
    else { return [] }
    var found: [Finding] = []
    if !connection.clientSentData, close.sender == .client {
      found += reasons(in: inquiry.logs.client, inquiry)
        .filter { $0.code.layer == .certificate || $0.code == .tlsDecrypt }
    }
    if let answer = connection.clientCertificateAnswer {
      // Lines that name no peer may be about another connection: they count where they fit what the client sent.
      let isFitting = answer.hasCertificate ? CauseCode.certClientRejected : .certClientRequired
      found += reasons(in: inquiry.logs.server, inquiry).filter { $0.code == isFitting }
    }
    return found.filter { $0.strength >= Finding.likely }
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

  /// A client that names the authority leaves little else, where packets hide what it said.
  fileprivate func isTold(_ entry: LogFinding, _ cause: CauseCode) -> Bool {
    cause == .certUntrusted && entry.isPeerAlert && entry.alert == .unknownCA
      && connection?.fatalAlerts.contains { $0.alert?.description == .unknownCA } == false
  }

  /// What a logged reason comes to in the light of the hello: a log names what its writer stumbled over, the packets show
  /// why it lay there.
  func rootCause(of logged: CauseCode, loggedBy side: Role) -> CauseCode {
    guard let hello else { return logged }
    switch logged {
    // To a server before TLS 1.3 a suite is shared only if a group and a signature algorithm fit as well.
    case .tlsCipherSuite where side == .server:
      guard let refusal = Rule.refusedHello.explain(self).max(by: { $0.strength < $1.strength }),
        refusal.code == .tlsGroup || refusal.code == .tlsSignatureScheme, refusal.strength >= Finding.likely
      else { return logged }
      return refusal.code
    // A server that misses signature_algorithms in a hello older than TLS 1.2, which has none, misses TLS 1.2.
    case .tlsSignatureScheme where Offer(hello: hello).highestVersion.rawValue < ProtocolVersion.tls12.rawValue:
      return .tlsVersion
    case .tlsSNIUnrecognized where hello.serverName == nil: return .tlsSNIMissing
    case .tlsSNIMissing where hello.serverName != nil: return .tlsSNIUnrecognized
    // Who names no server is shown the one certificate that is there for everybody.
    case .certNameMismatch where hello.serverName == nil && workingHello?.serverName != nil && reachesSameServer:
      return .tlsSNIMissing
    default: return logged
    }
  }
}
