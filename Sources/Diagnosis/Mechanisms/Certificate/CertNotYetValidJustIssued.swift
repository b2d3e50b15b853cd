import TLSProtocol

extension Mechanism {
  static let certNotYetValidJustIssued = Mechanism(
    MechanismID(.certNotYetValid, "just-issued"),
    CauseDescription(
      "Certificate just issued",
      "The certificate was put to use within a day of its issue: a client whose clock is behind finds it not yet valid.",
      evidence: "notBefore lies less than a day before the capture's time; alert bad_certificate (42) or "
        + "certificate_unknown (46)"),
    stage: .certificate,
    event: { inquiry in
      guard let validity = DisputedValidity(inquiry), validity.age < 86_400,
        validity.refusal.alert == .badCertificate || validity.refusal.alert == .certificateUnknown
      else { return nil }
      let age =
        validity.age < 7200 ? "\(max(1, validity.age / 60)) minutes" : "\(validity.age / 3600) hours"
      return Claim(
        .hint, "The certificate became valid only \(age) before: a client whose clock is behind refuses it",
        validity.observations)
    })
}
