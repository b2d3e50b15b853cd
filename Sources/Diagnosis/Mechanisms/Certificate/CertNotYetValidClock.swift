import TLSProtocol

extension Mechanism {
  static let certNotYetValidClock = Mechanism(
    MechanismID(.certNotYetValid, "clock"),
    CauseDescription(
      "Client's clock lies before the certificate",
      "The client says that the certificate has expired or is not yet valid, while by the capture's clock it is valid: "
        + "the client's clock may be behind.",
      evidence: "alert certificate_expired (45) for a chain that is valid at the capture's time"),
    stage: .certificate,
    event: { inquiry in
      guard let validity = DisputedValidity(inquiry), validity.refusal.alert == .certificateExpired else { return nil }
      return Claim(.hint, "The client's clock may lie before \(UTC.text(validity.start))", validity.observations)
    })
}
