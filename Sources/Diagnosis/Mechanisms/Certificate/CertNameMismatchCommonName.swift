import TLSProtocol

extension Mechanism {
  static let certNameMismatchCommonName = Mechanism(
    MechanismID(.certNameMismatch, "common-name"),
    CauseDescription(
      "Name stands in the common name only",
      "The certificate names the server in its subject's common name and in no subjectAltName. Go, rustls, Apple's "
        + "stack and browsers ignore the common name.",
      evidence: "a certificate whose common name matches server_name, without dNSName entries; alert bad_certificate "
        + "(42) or certificate_unknown (46)"),
    fault: { fault, view in
      guard case .commonNameOnly(let name) = fault, let leaf = view.leaf else { return nil }
      return ShownFault(
        kind: .certificateNames, subject: "\(leaf.identity) \(name)",
        fact: "no subjectAltName names a host; the common name is \(Escaped.text(leaf.commonName ?? ""))",
        headline:
          "The certificate names \(Escaped.text(name)) in its common name only; many clients want a subjectAltName")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .usual : .hint })
}
