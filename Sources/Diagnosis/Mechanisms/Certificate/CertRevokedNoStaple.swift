import TLSProtocol

extension Mechanism {
  static let certRevokedNoStaple = Mechanism(
    MechanismID(.certRevoked, "must-staple"),
    CauseDescription(
      "Demanded OCSP staple not sent",
      "The certificate demands that the server staples an OCSP response (RFC 7633), and the server sends none: a client "
        + "that heeds the demand refuses the certificate.",
      evidence: "the TLS feature status_request in the certificate, and no CertificateStatus"),
    fault: { fault, view in
      guard case .noStaple = fault else { return nil }
      return ShownFault(
        kind: .certificateStatus, subject: view.identity(0),
        fact: "the certificate carries the TLS feature status_request (must-staple); no staple was sent",
        headline: "The certificate demands a stapled OCSP response and the server sends none")
    },
    // The client's own words on the status say more.
    strength: { _, _, alert in alert == .certificateRevoked || alert == .badCertificateStatusResponse ? nil : 62 })
}
