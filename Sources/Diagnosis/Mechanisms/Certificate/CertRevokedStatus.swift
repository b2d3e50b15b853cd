import TLSProtocol

extension Mechanism {
  static let certRevokedStatus = Mechanism(
    MechanismID(.certRevoked, "status"),
    CauseDescription(
      "OCSP status not accepted",
      "The client wants a valid OCSP response for the certificate, and what the server stapled, if anything, does not "
        + "satisfy it.",
      evidence: "alert bad_certificate_status_response (113)"),
    stage: .certificate,
    event: { inquiry in
      guard let refusal = Refusal(inquiry), refusal.alert == .badCertificateStatusResponse else { return nil }
      let headline = "The client does not accept the certificate's OCSP status"
      if let hidden = HiddenCertificate(inquiry) { return Claim(.strong, headline, hidden.observations) }
      guard let view = inquiry.connection.flatMap(CertificateView.init), !view.faults.contains(.revoked) else {
        return nil
      }
      return Claim(
        .proof, headline,
        [
          inquiry.observed(.certificateStatus, [view.frame], "the client wanted a valid OCSP response"), refusal.ending,
        ])
    })
}
