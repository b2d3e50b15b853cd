import HandshakeModel
import NetworkProtocols
import TLSProtocol

extension Rule {
  /// The client turned the server's certificate down, and the certificate is there to be read: each fault that fits the
  /// client's words is a finding.
  static let serverCertificate = Rule(
    .certExpired, .certNotYetValid, .certNameMismatch, .certSelfSigned, .certWeak, .certUsage, .certRevoked,
    .certIncompleteChain, .certUntrusted
  ) { inquiry in
    guard inquiry.isEndedByClient, let connection = inquiry.connection, let refusal = Refusal(inquiry),
      let view = CertificateView(connection)
    else { return [] }
    var found = CertificateFaults(view: view, refusal: refusal, inquiry: inquiry, connection: connection).findings()
    // A handshake_failure or internal_error from the client has many reasons; the certificate's faults are only likely.
    if refusal.alert == nil {
      // A close without a word may have any reason: the certificate's fault is the likeliest, and no more.
      // One that came late, or behind half a flight, may be a timeout as well; a fault that shows still makes it likely.
      let isTrust: (Finding) -> Bool = { $0.code == .certUntrusted || $0.code == .certIncompleteChain }
      for index in found.indices {
        let limit = !inquiry.clientHesitated ? 88 : isTrust(found[index]) ? 50 : 72
        found[index].strength = min(found[index].strength, limit)
      }
    }
    if let alert = refusal.alert, !alert.concernsCertificate {
      for index in found.indices { found[index].strength = min(found[index].strength - 18, 78) }
    }
    return found
  }
}

/// What besides the certificates and the client's words decides whether a server's chain is at fault.
struct CertificateSetting: Hashable, Sendable {
  /// Without the hello nobody knows what name the client asked for.
  let hasHello: Bool
  /// The name that the client asked for; nil without SNI.
  let askedName: String?
  let address: IPAddress
  let hasForwardSecrecy: Bool
  let staple: [UInt8]?

  init(_ connection: Connection) {
    hasHello = !connection.transcript.clientHellos.isEmpty
    askedName = connection.transcript.clientHellos.last?.value.serverName
    address = connection.server.address
    hasForwardSecrecy = connection.serverHello?.value.cipherSuite.hasForwardSecrecy ?? true
    staple = connection.transcript.stapledOCSPResponse?.value
  }
}

/// Finds what is wrong with a certificate chain, weighed by what the client said about it.
struct CertificateFaults {
  let view: CertificateView
  let refusal: Refusal
  let setting: CertificateSetting
  let stapleFrame: Int
  /// What a working client was shown.
  let other: CertificateView?

  init(view: CertificateView, refusal: Refusal, inquiry: Inquiry, connection: Connection) {
    (self.view, self.refusal) = (view, refusal)
    setting = CertificateSetting(connection)
    stapleFrame = connection.transcript.stapledOCSPResponse?.frame ?? view.frame
    other = inquiry.working.flatMap { CertificateView($0) }
  }

  /// Without a working client, nor a word from this one.
  init(view: CertificateView, refusal: Refusal, setting: CertificateSetting, stapleFrame: Int) {
    (self.view, self.refusal, self.setting, self.stapleFrame) = (view, refusal, setting, stapleFrame)
    other = nil
  }

  func findings() -> [Finding] {
    guard let leaf = view.leaf else { return [] }
    var found = ownFindings()
    // Trust is the fault that no certificate shows: it is left where the certificate has none of its own, or where the
    // client says so.
    let ownFault = found.contains { $0.strength >= Finding.likely }
    found += trust(leaf, otherFault: ownFault)
    return found
  }

  /// The faults that a certificate shows by itself: all but trust.
  func ownFindings() -> [Finding] {
    guard let leaf = view.leaf else { return [] }
    return validity() + name(leaf) + usage(leaf) + weakness(leaf) + revocation()
  }

  private func finding(_ code: CauseCode, _ strength: Int, _ title: String, _ fact: String) -> Finding {
    Finding(code, strength, title, evidence: [evidence(view.frame, fact), refusal.evidence])
  }

  private func evidence(_ frame: Int, _ fact: String) -> Evidence { Evidence(.failing, frames: [frame], fact) }

  private func fits(_ alerts: AlertDescription...) -> Bool {
    guard let alert = refusal.alert else { return true }
    return alerts.contains(alert) || alert == .certificateUnknown || !alert.concernsCertificate
  }

  // MARK: Validity

  private func validity() -> [Finding] {
    for (position, certificate) in view.certificates.enumerated() where view.chain.path.contains(position) {
      let who =
        position == 0
        ? "The server's certificate" : "A certificate of the server's chain (\(Escaped.text(certificate.subject)))"
      if let end = certificate.notAfter, end < view.time {
        return [
          finding(
            .certExpired, fits(.certificateExpired, .badCertificate) ? 97 : 70, "\(who) expired on \(UTC.text(end))",
            "valid until \(UTC.text(end)), captured on \(UTC.text(view.time))")
        ]
      }
      if let start = certificate.notBefore, start > view.time {
        return [
          finding(
            .certNotYetValid, fits(.certificateExpired, .badCertificate) ? 97 : 70,
            "\(who) is valid only from \(UTC.text(start))",
            "valid from \(UTC.text(start)), captured on \(UTC.text(view.time))")
        ]
      }
    }
    return clock()
  }

  /// By the capture's clock all certificates are valid: the client's may say otherwise.
  private func clock() -> [Finding] {
    guard let leaf = view.leaf, let start = leaf.notBefore, let end = leaf.notAfter else { return [] }
    var fact: String { "valid from \(UTC.text(start)) to \(UTC.text(end)), captured on \(UTC.text(view.time))" }
    let age = view.time - start
    if refusal.alert == .certificateExpired {
      let late = finding(
        .certExpired, 76,
        "The client finds the certificate expired or not yet valid, though by the capture's clock it is valid: compare the clocks",
        fact)
      let early = finding(.certNotYetValid, 44, "The client's clock may lie before \(UTC.text(start))", fact)
      return [late, early]
    }
    // A certificate is often put to use in the hour of its issue; a clock that is behind finds it not yet valid.
    guard age < 86_400, refusal.alert == .badCertificate || refusal.alert == .certificateUnknown else { return [] }
    return [
      finding(
        .certNotYetValid, 46,
        "The certificate became valid only \(age < 7200 ? "\(max(1, age / 60)) minutes" : "\(age / 3600) hours") before: a client whose clock is behind refuses it",
        fact)
    ]
  }

  // MARK: Name

  private func name(_ leaf: CertificateFacts) -> [Finding] {
    guard setting.hasHello else { return [] }
    let asked = setting.askedName
    let name = asked ?? setting.address.description
    switch leaf.matches(name: name) {
    case .matches: return []
    case .commonNameOnly:
      return [
        finding(
          .certNameMismatch, fits(.badCertificate) ? 74 : 40,
          "The certificate names \(Escaped.text(name)) in its common name only; many clients want a subjectAltName",
          "no subjectAltName names a host; the common name is \(Escaped.text(leaf.commonName ?? ""))")
      ]
    case .mismatch:
      // Without SNI the name that the client has in mind is unknown; by address is how it most often connects then.
      var strength = fits(.badCertificate) ? 93 : 44
      if asked == nil { strength = min(strength, 72) }
      if leaf.isSelfIssued, refusal.alert == .unknownCA { strength = min(strength, 40) }
      let names = Escaped.list(leaf.dnsNames + leaf.ipAddresses)
      let shown = asked == nil ? "the address \(name)" : Escaped.text(name)
      return [
        finding(
          .certNameMismatch, strength, "The certificate is not for \(shown)",
          "the certificate names \(names.isEmpty ? Escaped.text(leaf.subject) : names); the client asked for \(shown)")
      ]
    }
  }

  // MARK: Usage

  private func usage(_ leaf: CertificateFacts) -> [Finding] {
    if let usages = leaf.extendedKeyUsage, !usages.contains("serverAuth"), !usages.contains("anyExtendedKeyUsage") {
      return [
        finding(
          .certUsage, fits(.unsupportedCertificate, .badCertificate) ? 94 : 50,
          "The certificate may not authenticate a server: its extended key usage is \(Escaped.list(usages))",
          "extendedKeyUsage: \(Escaped.list(usages)), without serverAuth")
      ]
    }
    if let usages = leaf.keyUsage {
      let needed = setting.hasForwardSecrecy ? "digitalSignature" : "keyEncipherment"
      if !usages.contains(needed) {
        return [
          finding(
            .certUsage, fits(.unsupportedCertificate, .badCertificate, .illegalParameter) ? 84 : 45,
            "The certificate's key usage does not allow \(needed), which this key exchange needs",
            "keyUsage: \(Escaped.list(usages))")
        ]
      }
    }
    for problem in view.chain.problems {
      switch problem {
      case .issuerIsNoAuthority(let index), .certificateSigningNotAllowed(let index):
        return [
          finding(
            .certUsage, fits(.unknownCA, .badCertificate, .unsupportedCertificate) ? 86 : 60,
            "\(Escaped.text(view.certificates[index].subject)) issued a certificate of the chain without being a certification authority",
            "basicConstraints or keyUsage of \(Escaped.text(view.certificates[index].subject)) do not allow issuing")
        ]
      case .nameNotPermitted(_, let index, let name):
        let authority = Escaped.text(view.certificates[index].subject)
        return [
          finding(
            .certUsage, fits(.unknownCA, .badCertificate, .unsupportedCertificate) ? 88 : 60,
            "\(authority) may not issue certificates for \(Escaped.text(name)): its name constraints exclude it",
            "nameConstraints of \(authority) do not permit \(Escaped.text(name))")
        ]
      case .pathTooLong(let index, let limit, let intermediates):
        let authority = Escaped.text(view.certificates[index].subject)
        return [
          finding(
            .certUsage, fits(.unknownCA, .badCertificate, .unsupportedCertificate) ? 86 : 60,
            "\(authority) may not have \(intermediates) authorities below it: its path length is limited to \(limit)",
            "basicConstraints of \(authority): pathLenConstraint \(limit)")
        ]
      default: continue
      }
    }
    return []
  }

  // MARK: Strength

  private func weakness(_ leaf: CertificateFacts) -> [Finding] {
    for position in view.chain.path {
      let certificate = view.certificates[position]
      let isRoot = position != 0 && certificate.isSelfIssued
      guard let fault = certificate.weakness(ignoringSignature: isRoot) else { continue }
      let strength =
        fits(.badCertificate, .unsupportedCertificate, .unknownCA, .decryptError, .insufficientSecurity)
        ? (fault.isBroken ? 92 : 84) : 50
      return [
        finding(
          .certWeak, strength,
          "The certificate \(position == 0 ? "" : "\(Escaped.text(certificate.subject)) ")is too weak: \(fault.text)",
          fault.text)
      ]
    }
    return []
  }

  // MARK: Revocation

  private func revocation() -> [Finding] {
    if refusal.alert == .certificateRevoked {
      return [
        finding(
          .certRevoked, 97, "The client says that the certificate is revoked",
          "serial number \(view.leaf?.serialNumber ?? "unknown")")
      ]
    }
    if let staple = setting.staple, let leaf = view.leaf,
      case .revoked = OCSPResponse(der: staple).answer(for: leaf)?.status
    {
      return [
        Finding(
          .certRevoked, 96, "The server's own OCSP staple says that its certificate is revoked",
          evidence: [evidence(stapleFrame, "stapled OCSP response: revoked"), refusal.evidence])
      ]
    }
    if refusal.alert == .badCertificateStatusResponse {
      return [
        finding(
          .certRevoked, 92, "The client does not accept the certificate's OCSP status",
          "the client wanted a valid OCSP response")
      ]
    }
    if view.leaf?.requiresStaple == true, setting.staple == nil {
      return [
        finding(
          .certRevoked, 62, "The certificate demands a stapled OCSP response and the server sends none",
          "the certificate carries the TLS feature status_request (must-staple); no staple was sent")
      ]
    }
    return []
  }

  // MARK: Trust

  private func trust(_ leaf: CertificateFacts, otherFault: Bool) -> [Finding] {
    let says = fits(.unknownCA, .badCertificate)
    // Without the hello, the name that it asked for may be the fault.
    let isUncertain = otherFault || !setting.hasHello || refusal.mayHaveLostWords
    let shift = (isUncertain ? -34 : 0) - (says ? 0 : 30)
    if view.chain.isLeafSelfSigned {
      return [
        finding(
          .certSelfSigned, 94 + (refusal.alert == .unknownCA ? 0 : shift),
          "The server's certificate is self-signed, and the client does not trust it",
          "issuer and subject are both \(Escaped.text(leaf.subject))")
      ]
    }
    for problem in view.chain.problems {
      if case .signatureFailed(let subject) = problem {
        return [
          finding(
            .certUntrusted, 82 + shift, "A signature of the certificate chain does not verify",
            "\(Escaped.text(view.certificates[subject].subject)) is not signed by the key of the issuer that was sent")
        ]
      }
    }
    guard case .issuerNotSent(let issuer) = view.chain.ending else {
      let root = view.chain.top.map { Escaped.text($0.subject) } ?? "its root"
      return [
        finding(
          .certUntrusted, (refusal.alert == .unknownCA ? 92 : 86) + shift,
          "The client does not trust \(root), the root of the server's chain", "the chain is complete up to \(root)")
      ]
    }
    return missingIssuer(Escaped.text(issuer), shift)
  }

  /// The top of what was sent names an issuer that was not: a root that the client lacks, or a missing intermediate.
  private func missingIssuer(_ issuer: String, _ shift: Int) -> [Finding] {
    let sent = view.chain.path.count
    let known = issuerShownElsewhere()
    var (incomplete, untrusted) = sent > 1 ? (48, 86) : (70, 72)
    if let intermediate = known ?? view.missingIssuerLooksIntermediate {
      (incomplete, untrusted) = intermediate ? (known == nil ? 84 : 95, 62) : (45, 88)
    }
    let fact =
      "the server sent \(sent) certificate\(sent == 1 ? "" : "s"); the last is issued by \(issuer), which was not sent"
    return [
      finding(
        .certIncompleteChain, incomplete + shift,
        "The server does not send the certificate of \(issuer); a client that does not hold it cannot build the chain",
        fact),
      finding(
        .certUntrusted, untrusted + shift, "The client does not trust \(issuer), which issued the server's certificate",
        fact),
    ]
  }

  /// Whether the missing issuer is an intermediate, as the working capture's chain shows it.
  private func issuerShownElsewhere() -> Bool? {
    guard let top = view.chain.top, let other else { return nil }
    return other.certificates.first { $0.subjectDER == top.issuerDER }.map { !$0.isSelfIssued }
  }
}
