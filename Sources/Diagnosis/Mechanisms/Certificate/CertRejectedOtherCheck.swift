import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certRejectedOtherCheck = Mechanism(
    MechanismID(.certRejected, "other-check"),
    CauseDescription(
      "Certificate fails a check without its own alert",
      "OpenSSL has alerts for an unknown authority, dates, names, purpose and revocation, and says certificate_unknown for "
        + "its other checks. Most of these are strict ones (X509_V_FLAG_X509_STRICT), which Python makes from 3.13 on: key "
        + "identifiers must be there (RFC 5280 sections 4.2.1.1 and 4.2.1.2), and critical bits be right.",
      evidence: "alert certificate_unknown (46) from an OpenSSL client, in answer to the server's flight"),
    stage: .certificate,
    event: { inquiry in
      guard let refusal = Refusal(inquiry), refusal.alert == .certificateUnknown, let family = inquiry.clientFamily,
        family == .openSSL
      else { return nil }
      let habit =
        "OpenSSL says certificate_unknown for none of: unknown authority, date, name, purpose, revocation"
      var observations = [
        refusal.ending, inquiry.observed(.clientHello, inquiry.helloFrames, "the client is OpenSSL; \(habit)"),
      ]
      let lack = inquiry.failingStory.missingKeyIdentifier
      observations.insert(contentsOf: lack?.observations ?? [], at: 0)
      return Claim(
        .proof,
        lack.map { "The client checks certificates strictly (RFC 5280): \($0.subject)" }
          ?? "The certificate fails a check for which OpenSSL has no alert of its own, most likely a strict one (RFC 5280)",
        observations)
    },
    advice: Advice(
      mends: .server,
      client: [
        .python: [
          .init(
            "Python verifies strictly from 3.13 on: as a stopgap clear the flag",
            "context.verify_flags &= ~ssl.VERIFY_X509_STRICT")
        ],
        .any: [.init("As a stopgap switch strict verification (X509_V_FLAG_X509_STRICT) off in the client")],
      ],
      server: [
        .any: [
          .init(
            "Reissue the certificates as RFC 5280 wants them: with authorityKeyIdentifier (AKI), with subjectKeyIdentifier in "
              + "every authority, and with critical basicConstraints")
        ]
      ],
      steps: [
        .init("Read the error in the client's log: OpenSSL names the check that failed, after \"verify failed\"")
      ],
      asksForLogs: true,
      confirm: {
        CertificateConfirmation.verifications(
          $0, "Verify strictly: should fail as the client did", ["-x509_strict"], "Without strict checks: should pass",
          [])
      }))
}

extension Story {
  /// A certificate of the chain that was issued by another one does not say by which key (RFC 5280 §4.2.1.1).
  fileprivate var missingKeyIdentifier: State? {
    guard let view = certificates else { return nil }
    for place in view.chain.path {
      let certificate = view.certificates[place]
      guard !certificate.isSelfIssued, certificate.authorityKeyIdentifier == nil else { continue }
      let fact = "\(view.bearer(place)) has no authorityKeyIdentifier (AKI)"
      return State(fact, [observed(.certificateChain, [view.frame], fact)])
    }
    return nil
  }
}
