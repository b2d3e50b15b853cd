import TLSProtocol

extension Mechanism {
  static let certUsageNameConstraints = Mechanism(
    MechanismID(.certUsage, "name-constraints"),
    CauseDescription(
      "Name excluded by name constraints",
      "An authority of the chain may issue for certain names only, and the certificate's name is none of them "
        + "(RFC 5280 section 4.2.1.10).",
      evidence: "nameConstraints of an authority against the names below it; alert unknown_ca (48), bad_certificate "
        + "(42) or unsupported_certificate (43)"),
    fault: { fault, view in
      guard case .nameNotPermitted(let place, let name) = fault else { return nil }
      let authority = Escaped.text(view.certificates[place].subject)
      return ShownFault(
        kind: .certificateUsage, subject: "\(view.identity(place)) \(name)",
        fact: "nameConstraints of \(authority) do not permit \(Escaped.text(name))",
        headline: "\(authority) may not issue certificates for \(Escaped.text(name)): its name constraints exclude it")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .strong : .usual })
}
