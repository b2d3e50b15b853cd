import TLSProtocol

extension Mechanism {
  static let certExpiredClock = Mechanism(
    MechanismID(.certExpired, "clock"),
    CauseDescription(
      "Client's clock finds the certificate expired",
      "The client says that the certificate has expired or is not yet valid, while by the capture's clock it is valid: "
        + "one of the clocks is wrong.",
      evidence: "alert certificate_expired (45) for a chain that is valid at the capture's time"),
    stage: .certificate,
    event: { inquiry in
      guard let validity = DisputedValidity(inquiry), validity.refusal.alert == .certificateExpired else { return nil }
      return Claim(
        .strong,
        "The client finds the certificate expired or not yet valid, though by the capture's clock it is valid: compare "
          + "the clocks", validity.observations)
    })
}
