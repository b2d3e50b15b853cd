import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certExpired = Mechanism(
    MechanismID(.certExpired),
    CauseDescription(
      "Certificate expired",
      "A certificate of the server's chain was past its end of validity when the client checked it.",
      evidence: "notAfter lies before the capture's time; alert certificate_expired (45) or certificate_unknown (46)"),
    fault: { fault, view in
      guard case .expired(let place, let end) = fault else { return nil }
      return ShownFault(
        kind: .certificateValidity, subject: view.identity(place),
        fact: "valid until \(UTC.text(end)), captured on \(UTC.text(view.time))",
        headline: "\(view.bearer(place)) expired on \(UTC.text(end))")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .proof : .usual },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init("Java does not skip expired certificates: renew the server's. Check the machine's clock", "date -u")
        ],
        .apple: [
          .init("Apple refuses certificates with more than 825 days (398 for public ones), as it does expired ones")
        ],
        .any: [.init("Check the client's clock", "date -u")],
      ],
      server: [
        .any: [
          .init("Renew the certificate, install it and reload; check that every instance serves the new one")
        ]
      ],
      steps: [
        .init(
          "Read the served certificate's dates, and the client's clock",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -dates ; date -u"
        )
      ],
      confirm: { CertificateConfirmation.validity($0) }))
}
