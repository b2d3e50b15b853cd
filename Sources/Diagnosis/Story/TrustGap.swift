import TLSProtocol

/// Where a client finds no way from the server's certificate to an authority that it trusts, as far as what was sent
/// shows it: the fault that no certificate shows by itself.
enum TrustGap: Hashable, Sendable {
  /// The server's certificate is its own authority.
  case selfSigned
  /// The certificate at this place was not signed by the key of the issuer that was sent.
  case badSignature(Int)
  /// The chain is complete: its root is not among those that the client has.
  case root
  /// The top of what was sent names an issuer that was not: a root that the client lacks, or a missing intermediate.
  case issuerNotSent(String)
}

extension CertificateView {
  /// Where trust ends, if it does.
  var trustGap: TrustGap {
    if chain.isLeafSelfSigned { return .selfSigned }
    for problem in chain.problems {
      if case .signatureFailed(let place) = problem { return .badSignature(place) }
    }
    if case .issuerNotSent(let issuer) = chain.ending { return .issuerNotSent(issuer) }
    return .root
  }

  /// Whether the missing issuer is an intermediate, as the other chain shows that holds it; nil where it does not.
  func issuerIsIntermediate(in other: CertificateView?) -> Bool? {
    guard let top = chain.top, let other else { return nil }
    return other.certificates.first { $0.subjectDER == top.issuerDER }.map { !$0.isSelfIssued }
  }

  /// The certificate, or the client's words, show a fault that leaves trust little to explain.
  func hasFaultOfItsOwn(behind alert: AlertDescription?) -> Bool {
    switch alert {
    case .certificateRevoked, .badCertificateStatusResponse: return true
    case .certificateExpired where leaf?.notBefore != nil && leaf?.notAfter != nil: return true
    default: return faults.contains { $0.isLikely(behind: alert) }
    }
  }
}

extension Story {
  /// That the last certificate of the chain was issued by one that was not sent.
  func missingIssuer(_ issuer: String, _ view: CertificateView) -> Observation {
    let sent = view.chain.path.count
    return observed(
      .certificateChain, [view.frame],
      "the server sent \(sent) certificate\(sent == 1 ? "" : "s"); the last is issued by \(Escaped.text(issuer)), "
        + "which was not sent")
  }
}

/// How surely a client's objection speaks of what a gap in trust may mean; nil where it does not.
struct TrustWeights {
  let selfSigned: Grade?
  let badSignature: Grade?
  /// The client does not trust the root that was sent.
  let root: Grade?
  /// The client does not trust the authority that was not sent.
  let issuer: Grade?
  /// An intermediate was not sent.
  let incomplete: Grade?

  /// - Parameter other: the chain that a working client was shown.
  init(_ view: CertificateView, behind alert: AlertDescription?, mayHaveLostWords: Bool, other: CertificateView?) {
    // Without the hello, the name that it asked for may be the fault.
    let isUncertain = view.hasFaultOfItsOwn(behind: alert) || !view.hasHello || mayHaveLostWords
    let isOfTrust =
      alert.map { [.unknownCA, .badCertificate, .certificateUnknown].contains($0) || !$0.concernsCertificate } ?? true
    // Either doubt takes two grades: what would be proof is usual, what would be strong a hint.
    func doubted(_ grade: Grade) -> Grade? {
      let certain = isUncertain ? grade.lowered?.lowered : grade
      return isOfTrust ? certain : certain?.lowered?.lowered
    }
    selfSigned = alert == .unknownCA ? .proof : doubted(.proof)
    badSignature = doubted(.strong)
    root = doubted(alert == .unknownCA ? .proof : .strong)
    let known = view.issuerIsIntermediate(in: other)
    var (incomplete, issuer): (Grade, Grade) = view.chain.path.count > 1 ? (.hint, .strong) : (.usual, .usual)
    if let isIntermediate = known ?? view.missingIssuerLooksIntermediate {
      (incomplete, issuer) = isIntermediate ? (known == nil ? .strong : .proof, .usual) : (.hint, .strong)
    }
    (self.incomplete, self.issuer) = (doubted(incomplete), doubted(issuer))
  }

  init(_ view: CertificateView, _ objection: Objection, _ inquiry: Inquiry) {
    self.init(
      view, behind: objection.alert, mayHaveLostWords: objection.mayHaveLostWords,
      other: inquiry.working.flatMap(CertificateView.init))
  }
}
