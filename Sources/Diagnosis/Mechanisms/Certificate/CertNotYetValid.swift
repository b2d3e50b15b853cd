import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certNotYetValid = Mechanism(
    MechanismID(.certNotYetValid),
    CauseDescription(
      "Certificate not yet valid",
      "A certificate's validity begins later than the client's clock: it was issued for the future, or the clock is "
        + "slow.",
      evidence: "notBefore lies after the capture's time; alert bad_certificate (42), certificate_expired (45) or "
        + "certificate_unknown (46)"),
    fault: { fault, view in
      guard case .notYetValid(let place, let start) = fault else { return nil }
      return ShownFault(
        kind: .certificateValidity, subject: view.identity(place),
        fact: "valid from \(UTC.text(start)), captured on \(UTC.text(view.time))",
        headline: "\(view.bearer(place)) is valid only from \(UTC.text(start))")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .proof : .usual },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check the client's clock", "date -u")]
      ],
      server: [
        .any: [.init("Wait, or reissue with an earlier start; check the issuer's clock")]
      ],
      steps: [
        .init(
          "Read the served certificate's dates, and the client's clock",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -dates ; date -u"
        )
      ],
      confirm: { CertificateConfirmation.validity($0) }))
}
