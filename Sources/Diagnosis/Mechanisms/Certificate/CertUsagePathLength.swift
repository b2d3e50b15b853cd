import TLSProtocol

extension Mechanism {
  static let certUsagePathLength = Mechanism(
    MechanismID(.certUsage, "path-length"),
    CauseDescription(
      "More authorities below than allowed",
      "An authority of the chain has more intermediate authorities below it than its pathLenConstraint allows "
        + "(RFC 5280 section 4.2.1.9).",
      evidence: "pathLenConstraint against the number of intermediates; alert unknown_ca (48), bad_certificate (42) or "
        + "unsupported_certificate (43)"),
    fault: { fault, view in
      guard case .pathTooLong(let place, let limit, let intermediates) = fault else { return nil }
      let authority = Escaped.text(view.certificates[place].subject)
      return ShownFault(
        kind: .certificateUsage, subject: "\(view.identity(place)) \(intermediates)",
        fact: "basicConstraints of \(authority): pathLenConstraint \(limit)",
        headline:
          "\(authority) may not have \(intermediates) authorities below it: its path length is limited to \(limit)")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .strong : .usual })
}
