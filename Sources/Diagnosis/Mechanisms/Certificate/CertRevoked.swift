import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certRevoked = Mechanism(
    MechanismID(.certRevoked),
    CauseDescription(
      "Certificate revoked",
      "A revocation list or OCSP response says that the certificate was withdrawn, or the status could not be "
        + "verified as the client demands.",
      evidence:
        "alert certificate_revoked (44) or bad_certificate_status_response (113); a stapled response that says "
        + "revoked"),
    stage: .certificate,
    event: { inquiry in
      guard let refusal = Refusal(inquiry), refusal.alert == .certificateRevoked else { return nil }
      if let hidden = HiddenCertificate(inquiry) {
        return Claim(.proof, "The client says that the server's certificate is revoked", hidden.observations)
      }
      guard let view = inquiry.connection.flatMap(CertificateView.init) else { return nil }
      return Claim(
        .proof, "The client says that the certificate is revoked",
        [
          inquiry.observed(
            .certificateStatus, [view.frame], "serial number \(view.leaf?.serialNumber ?? "unknown")"),
          refusal.ending,
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init("Java checks revocation only when told to: com.sun.net.ssl.checkRevocation, ocsp.enable")
        ],
        .any: [.init("Do not trust this certificate; ask the server's operator")],
      ],
      server: [
        .nginx: [.init("Check stapling", "ssl_stapling on; ssl_stapling_verify on;")],
        .any: [.init("Install a new certificate; check that a stapled OCSP response is fresh and good")],
      ],
      steps: [
        .init(
          "Ask for the stapled status",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -status </dev/null")
      ], asksForLogs: true,
      confirm: {
        CertificateConfirmation.verifications(
          $0, "Verify against the revocation list", ["-crl_check", "-CRL", "crl.pem"], "Without it: should pass", [])
      }))
}
