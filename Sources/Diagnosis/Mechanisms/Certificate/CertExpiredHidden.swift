import TLSProtocol

extension Mechanism {
  static let certExpiredHidden = Mechanism(
    MechanismID(.certExpired, "hidden"),
    CauseDescription(
      "Hidden certificate expired",
      "The client says that the server's certificate, which TLS 1.3 hides, has expired or is not yet valid.",
      evidence: "alert certificate_expired (45) in answer to the server's encrypted flight"),
    stage: .certificate,
    event: { inquiry in
      guard let hidden = HiddenCertificate(inquiry), hidden.refusal.alert == .certificateExpired else { return nil }
      return Claim(
        .proof, "The client says that the server's certificate has expired (or its clock is wrong)", hidden.observations
      )
    })
}
