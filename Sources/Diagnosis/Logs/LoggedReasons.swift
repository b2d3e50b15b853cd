import HandshakeModel
import NetworkValues
import TLSProtocol

/// What the endpoints' own logs name as the reason. A log says what its writer saw, packets what was sent: a reason in a
/// log outweighs a guess from sizes, never what stands in the clear: see ``Contradiction``.
///
/// Most lines name a cause, not how it comes about: their claims are of the code's general mechanism, and beside a mechanism
/// that found the same cause in the packets they are one more observation. Some say more (``LogPattern/mechanism``): their
/// mechanism's words and advice then take the place of what packets only let somebody infer.
enum LoggedReasons {
  /// What the logs say against a handshake that failed.
  static func claims(_ inquiry: Inquiry) -> [(id: MechanismID, claim: Claim)] {
    guard !inquiry.logs.isEmpty else { return [] }
    return claims(of: inquiry.logs.client, inquiry) + claims(of: inquiry.logs.server, inquiry)
  }

  /// What the logs say against a handshake that completed as far as packets show: a client that checks the certificate
  /// only then leaves without having said a word, and a server may refuse above TLS who shows none, or a bad one.
  static func doubts(_ inquiry: Inquiry) -> [(id: MechanismID, claim: Claim)] {
    guard !inquiry.logs.isEmpty, let connection = inquiry.connection, connection.outcome == .established,
      let close = connection.firstClose
    else { return [] }
    var found: [(id: MechanismID, claim: Claim)] = []
    if !connection.clientSentData, close.sender == .client {
      found += claims(of: inquiry.logs.client, inquiry)
        .filter { $0.id.code.layer == .certificate || $0.id.code == .tlsDecrypt || $0.id.code == .tlsALPN }
    }
    if let answer = connection.clientCertificateAnswer {
      // Lines that name no peer may be about another connection: they count where they fit what the client sent.
      let isFitting = answer.hasCertificate ? CauseCode.certClientRejected : .certClientRequired
      found += claims(of: inquiry.logs.server, inquiry).filter { $0.id.code == isFitting }
    }
    // What a server wants behind the handshake and does not get.
    found += claims(of: inquiry.logs.server, inquiry).filter { $0.id.code == .tlsExtension && $0.id.detail != nil }
    return found.filter { $0.claim.grade >= .usual }
  }

  /// As many lines of a log are looked at.
  private static let limit = 200

  private static func claims(of log: LogFindings?, _ inquiry: Inquiry) -> [(id: MechanismID, claim: Claim)] {
    guard let log else { return [] }
    var found: [(id: MechanismID, claim: Claim)] = []
    // The same words come back line after line.
    var causes: [CauseCode: CauseCode] = [:]
    for entry in log.findings.prefix(limit) where entry.isReason && inquiry.concerns(entry, in: log) {
      // What happened to TCP stands in the packets; a log that speaks of another connection, such as a proxy's to its
      // backend, must not overrule them.
      if inquiry.connection != nil, entry.cause.layer == .transport || entry.cause.layer == .resolution { continue }
      let cause = causes[entry.cause] ?? inquiry.rootCause(of: entry.cause, loggedBy: log.side)
      causes[entry.cause] = cause
      let id = MechanismID(cause, cause == entry.cause ? entry.mechanism : nil)
      if let claim = claim(of: entry, in: log, id, inquiry) { found.append((id, claim)) }
    }
    return found
  }

  /// What one line claims; nil where packets exclude it.
  private static func claim(
    of entry: LogFinding, in log: LogFindings, _ id: MechanismID, _ inquiry: Inquiry
  ) -> Claim? {
    let cause = id.code
    let title = Mechanism.of(id)?.about.title ?? cause.title
    // A server that goes on without a name is no witness against the certificate that it showed for want of one.
    let denial = inquiry.connection?.contradiction(
      to: entry.cause == .certNameMismatch ? entry.cause : cause, loggedBy: log.side, isPeerAlert: entry.isPeerAlert)
    let who = log.stack.map { "\(log.side.rawValue) log (\($0.shortName))" } ?? "\(log.side.rawValue) log"
    let line = inquiry.observed(.log, [], "\(who), line \(entry.line): \(entry.excerpt)")
    guard let denial else {
      var claim = Claim(inquiry.grade(of: entry, cause), title, [line])
      claim.told = entry.confidence
      switch cause {
      // Who does not find the issuer cannot tell whether it lacks an authority or was not sent an intermediate.
      case .certUntrusted: return claim.yielding(to: .certIncompleteChain)
      // Who finds no group in a hello may have been sent none.
      case .tlsGroup, .tlsSignatureScheme: return claim.yielding(to: .tlsExtension)
      default: return claim
      }
    }
    guard denial.weight != .excludes else { return nil }
    return Claim(
      .hint, title,
      [line, inquiry.observed(.contradiction, denial.frames, "the packets speak against it: \(denial.fact)")])
  }
}

extension LogFinding {
  /// The line names something that went wrong.
  fileprivate var isReason: Bool { cause != .none && (cause != .captureIncomplete || mechanism != nil) }
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

  fileprivate func grade(of entry: LogFinding, _ cause: CauseCode) -> Grade {
    switch entry.confidence {
    case .certain: entry.cause == .tlsUnknown ? .hint : .strong
    case .likely: entry.cause == .tlsUnknown ? .hint : .strong
    case .possible: isTold(entry, cause) ? .strong : .hint
    }
  }

  /// A client that names the authority leaves little else, where packets hide what it said.
  private func isTold(_ entry: LogFinding, _ cause: CauseCode) -> Bool {
    cause == .certUntrusted && entry.isPeerAlert && entry.alert == .unknownCA
      && connection?.fatalAlerts.contains { $0.alert?.description == .unknownCA } == false
  }

  /// What a logged reason comes to in the light of the hello: a log names what its writer stumbled over, the packets show
  /// why it lay there.
  fileprivate func rootCause(of logged: CauseCode, loggedBy side: Role) -> CauseCode {
    guard let hello else { return logged }
    switch logged {
    // To a server before TLS 1.3 a suite is shared only if a group and a signature algorithm fit as well.
    case .tlsCipherSuite where side == .server:
      guard let refused = likeliestRefusedOffer, refused.part == .group || refused.part == .signatureScheme,
        refused.claim.grade >= .usual
      else { return logged }
      return refused.part.code
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
