import TLSProtocol

extension Mechanism {
  static let certUsageNoAuthority = Mechanism(
    MechanismID(.certUsage, "no-authority"),
    CauseDescription(
      "Issued by what is no authority",
      "A certificate of the chain was issued by one that may not issue any: its basicConstraints lack CA:TRUE, or its "
        + "keyUsage lacks keyCertSign (RFC 5280 sections 4.2.1.9 and 4.2.1.3).",
      evidence:
        "basicConstraints and keyUsage of the issuers in the chain; alert unknown_ca (48), bad_certificate (42) "
        + "or unsupported_certificate (43)"),
    fault: { fault, view in
      guard case .noAuthority(let place) = fault else { return nil }
      let issuer = Escaped.text(view.certificates[place].subject)
      return ShownFault(
        kind: .certificateUsage, subject: view.identity(place),
        fact: "basicConstraints or keyUsage of \(issuer) do not allow issuing",
        headline: "\(issuer) issued a certificate of the chain without being a certification authority")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .strong : .usual })
}
