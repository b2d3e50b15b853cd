import TLSProtocol

extension Mechanism {
  /// What is said of a fault that a certificate shows.
  struct ShownFault {
    let kind: ObservationKind
    /// What two stories share that show the same fault.
    let subject: String
    /// What the certificate shows, as an observation.
    let fact: String
    /// Where that stands, if not with the certificates.
    var frame: Int?
    let headline: String
    /// The headline where an endpoint says the same; nil where the certificate leaves nothing to infer.
    var toldHeadline: String?
  }

  /// A mechanism whose condition a certificate shows by itself, and whose reaction is that the client turns away: in the
  /// handshake, or right behind it.
  ///
  /// Whose condition it is: the server's, which serves the certificate, and the client's, which minds it.
  /// - Parameters:
  ///   - fault: what is said of the fault; nil for faults of other mechanisms.
  ///   - grade: how surely the client's alert speaks of the fault; nil where it speaks of something else.
  init(
    _ id: MechanismID, _ about: CauseDescription,
    fault: @escaping @Sendable (CertificateFault, CertificateView) -> ShownFault?,
    grade: @escaping @Sendable (CertificateFault, CertificateView, AlertDescription?) -> Grade?,
    advice: Advice = Advice()
  ) {
    let shown: @Sendable (CertificateView) -> (CertificateFault, ShownFault)? = { view in
      for candidate in view.faults {
        if let shown = fault(candidate, view) { return (candidate, shown) }
      }
      return nil
    }
    self.init(
      id, about, stage: .certificate, binds: [.client, .server],
      state: { story in
        guard let view = story.certificates, let (_, shown) = shown(view) else { return nil }
        return State(shown.subject, [story.observed(shown.kind, [shown.frame ?? view.frame], shown.fact)])
      },
      reaction: { state, inquiry in
        guard let objection = Objection(inquiry), let view = inquiry.connection.flatMap(CertificateView.init),
          let (fault, shown) = shown(view), let grade = grade(fault, view, objection.alert)
        else { return nil }
        // Which name the client wanted, the working client tells: see the mechanisms of `tls.sni-missing`.
        if case .otherName = fault, view.askedName == nil, view.hasHello, inquiry.reachesSameServer,
          inquiry.workingHello?.serverName != nil
        {
          return nil
        }
        var claim = objection.claim(grade, shown.headline, state.observations)
        claim?.toldHeadline = shown.toldHeadline
        // Where another server answered, its certificate's faults are only how that shows.
        return inquiry.reachesSameServer ? claim : claim?.yielding(to: .certWrongCertificate)
      },
      advice: advice)
  }
}
