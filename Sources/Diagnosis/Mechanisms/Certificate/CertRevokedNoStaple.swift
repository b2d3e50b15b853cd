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
    grade: { _, _, alert in alert == .certificateRevoked || alert == .badCertificateStatusResponse ? nil : .usual },
    advice: Advice(
      mends: .server,
      client: [
        .any: [
          .init("Nothing: the client heeds what the certificate demands; the server has to staple, or to be reissued")
        ]
      ],
      server: [
        .nginx: [.init("Turn OCSP stapling on", "ssl_stapling on; ssl_stapling_verify on;")],
        .apache: [.init("Turn OCSP stapling on", "SSLUseStapling On")],
        .haproxy: [.init("Turn OCSP stapling on (crt-list or bind: ocsp-update on)")],
        .any: [
          .init(
            "Turn OCSP stapling on, or have the certificate reissued without the TLS feature status_request (must-staple)"
          )
        ],
      ],
      steps: [
        .init(
          "See whether a status is stapled: \"OCSP response: no response sent\"",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -status </dev/null")
      ],
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "Ask for the stapled status: should say \"OCSP response: no response sent\"",
            command: CertificateConfirmation.command(it, ["-status"])), nil)
      }))
}
