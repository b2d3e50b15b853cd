import HandshakeModel
import TLSProtocol

/// What stands in the packets against a cause that a log names.
struct Contradiction {
  enum Weight {
    /// The cause cannot be this connection's.
    case excludes
    /// It can be only where something is at work that packets do not show, such as a client's wrong clock.
    case doubts
  }

  let weight: Weight
  let frames: [Int]
  /// What the frames show.
  let fact: String

  init(_ weight: Weight, _ frames: [Int], _ fact: String) {
    (self.weight, self.frames, self.fact) = (weight, frames, fact)
  }
}

extension Connection {
  /// What this connection's packets have against a cause that the log of `side` names. `isPeerAlert`: the line repeats
  /// an alert of the other side, which spoke of what it had seen itself.
  func contradiction(to cause: CauseCode, loggedBy side: Role, isPeerAlert: Bool) -> Contradiction? {
    guard cause != .tlsUnknown else { return nil }
    if let denial = negotiated(cause, loggedBy: side) ?? unseen(cause) { return denial }
    // The side that judges a certificate is the client, unless the server speaks for itself: then the certificate is the
    // client's.
    if side == .client || isPeerAlert, let denial = certified(cause) { return denial }
    return unasked(cause) ?? otherAlert(than: cause)
  }

  // MARK: What was agreed on

  /// A ServerHello settles what it chose, as far as the client had offered it.
  private func negotiated(_ cause: CauseCode, loggedBy side: Role) -> Contradiction? {
    switch cause {
    case .appPlaintextServer, .appPlaintextClient:
      // Where the port's first bytes are TLS from that side, it spoke TLS.
      let isServer = cause == .appPlaintextServer
      let hello = isServer ? transcript.serverHellos.first?.frame : transcript.clientHellos.first?.frame
      let offset = isServer ? transcript.serverTLSOffset : transcript.clientTLSOffset
      let lapses = transcript.notTLS.contains { $0.value == (isServer ? .server : .client) }
      guard let hello, offset == 0, !lapses else { return nil }
      return Contradiction(
        .excludes, [hello], "the \(isServer ? "server" : "client") speaks TLS, from its first byte on")
    case .tlsVersion, .tlsFallback, .tlsCipherSuite, .tlsGroup, .tlsSNIMissing, .tlsSNIUnrecognized, .tlsALPN: break
    default: return nil
    }
    guard let answer = serverHello, let offer = transcript.clientHellos.last.map({ Offer(hello: $0.value) }) else {
      return nil
    }
    let version = answer.value.version
    let isSettled: Bool
    switch cause {
    // Without supported_versions the offer says only how high the client goes.
    case .tlsVersion:
      isSettled = version == offer.highestVersion || offer.hello.supportedVersions.contains(version)
    // A lower version than the client's highest may be what the client takes for a downgrade.
    case .tlsFallback: isSettled = version == offer.highestVersion
    case .tlsCipherSuite: isSettled = offer.suites.contains(answer.value.cipherSuite)
    case .tlsGroup:
      let group = version.isTLS13 ? answer.value.selectedGroup : transcript.serverKeyExchange?.value.group
      isSettled = group.map(offer.groups.contains) ?? false
    // Some servers warn of a name that they do not know and go on; some clients give up over the warning.
    case .tlsSNIMissing, .tlsSNIUnrecognized:
      isSettled = !transcript.alerts.contains { $0.alert?.description == .unrecognizedName }
    // TLS 1.3 answers under encryption. A client may insist on an answer where the server gives none.
    case .tlsALPN:
      let chosen =
        version.isTLS13
        ? transcript.encryptedExtensions?.value.applicationProtocol : answer.value.applicationProtocol
      isSettled =
        chosen.map(offer.hello.applicationProtocols.contains) ?? (side == .server && !version.isTLS13)
    default: isSettled = false
    }
    guard isSettled, !fatalAlerts.contains(where: { $0.alert?.description.isOf(cause) == true }) else { return nil }
    return Contradiction(
      .excludes, [answer.frame],
      "the ServerHello chose \(version.displayName) and \(answer.value.cipherSuite.name), which the client had offered")
  }

  // MARK: What the server's certificate shows

  private func certified(_ cause: CauseCode) -> Contradiction? {
    guard let view = CertificateView(self), let leaf = view.leaf else { return nil }
    switch cause {
    case .certExpired, .certNotYetValid:
      let areValid = view.certificates.allSatisfy { certificate in
        guard let start = certificate.notBefore, let end = certificate.notAfter else { return false }
        return start <= view.time && view.time <= end
      }
      guard areValid, !fatalAlerts.contains(where: { $0.alert?.description == .certificateExpired }) else { return nil }
      return Contradiction(
        .doubts, [view.frame],
        "every certificate that the server sent was valid on \(UTC.text(view.time)), when it was captured")
    case .certNameMismatch:
      guard let asked = transcript.clientHellos.last?.value.serverName, case .matches = leaf.matches(name: asked) else {
        return nil
      }
      return Contradiction(.doubts, [view.frame], "the certificate is for \(Escaped.text(asked)), as the client asked")
    case .certSelfSigned:
      guard !leaf.subjectDER.isEmpty, !leaf.isSelfIssued else { return nil }
      return Contradiction(
        .excludes, [view.frame], "the certificate is not self-signed: \(Escaped.text(leaf.issuer)) issued it")
    default: return nil
    }
  }

  /// A server that refuses the hello shows no certificate and asks for none.
  private func unseen(_ cause: CauseCode) -> Contradiction? {
    switch cause {
    case .certExpired, .certNotYetValid, .certNameMismatch, .certSelfSigned, .certUntrusted, .certIncompleteChain,
      .certRevoked, .certClientRequired, .certClientRejected:
      break
    default: return nil
    }
    guard transcript.serverHellos.isEmpty, network.server.missingBytes == 0, network.truncatedFrames == 0,
      let refusal = fatalAlerts.first(where: { $0.sender == .server && !$0.isEncrypted }),
      let alert = refusal.alert?.description
    else { return nil }
    return Contradiction(
      .excludes, [refusal.frame],
      "the server refuses the ClientHello with \(alert.name) (\(alert.rawValue)), before any certificate is sent")
  }

  /// A server's flight that ends in the clear without a CertificateRequest asks for no certificate; a certificate that
  /// the client sent does not lack.
  private func unasked(_ cause: CauseCode) -> Contradiction? {
    guard cause == .certClientRequired, !isTLS13, let answer = serverHello else { return nil }
    if let sent = transcript.clientCertificates, !sent.value.isEmpty {
      return Contradiction(.excludes, [sent.frame], "the client did send a certificate")
    }
    guard transcript.certificateRequest == nil,
      let done = transcript.messages.first(where: { $0.type == .serverHelloDone && $0.sender == .server })
    else { return nil }
    return Contradiction(
      .excludes, [answer.frame, done.frame], "the server's flight is complete and asks for no certificate")
  }

  // MARK: What an alert says

  private func otherAlert(than cause: CauseCode) -> Contradiction? {
    for note in fatalAlerts {
      guard let description = note.alert?.description, description.isOf(cause) == false else { continue }
      return Contradiction(
        .doubts, [note.frame],
        "the \(note.sender.rawValue)'s fatal alert says \(description.name) (\(description.rawValue))")
    }
    return nil
  }
}

extension AlertDescription {
  /// Whether the alert says this cause; nil for one that stacks send for many reasons.
  fileprivate func isOf(_ cause: CauseCode) -> Bool? {
    switch self {
    case .protocolVersion:
      return cause == .tlsVersion || cause == .tlsFallback ? true : cause.isOfCertificate ? false : nil
    case .inappropriateFallback: return cause == .tlsFallback || cause == .tlsVersion
    case .unrecognizedName: return cause == .tlsSNIMissing || cause == .tlsSNIUnrecognized
    case .noApplicationProtocol: return cause == .tlsALPN
    case .certificateExpired, .certificateRevoked, .certificateRequired: return cause.isOfCertificate ? nil : false
    default: return nil
    }
  }
}

extension CauseCode {
  fileprivate var isOfCertificate: Bool { layer == .certificate }
}
