import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certRejected = Mechanism(
    MechanismID(.certRejected),
    CauseDescription(
      "Client rejected the server's certificate",
      "The client ended the handshake on receiving the server's certificate. In TLS 1.3 its reason is encrypted, so "
        + "that packets alone do not say what it disliked.",
      evidence: "the client closes or sends an alert-sized record right after the server's encrypted flight"),
    stage: .certificate,
    event: { inquiry in
      guard let hidden = HiddenCertificate(inquiry) else { return nil }
      let refusal = hidden.refusal
      switch refusal.alert {
      case .certificateExpired, .certificateRevoked, .badCertificateStatusResponse, .unsupportedCertificate: return nil
      case .unknownCA:
        return Claim(.hint, "The client turned the server's certificate down", hidden.observations)
      case .some(let alert) where alert.concernsCertificate:
        return Claim(
          .strong, "The client turned the server's certificate down; \(alert.name) does not say why",
          hidden.observations)
      case .some:
        return Claim(
          .hint, "The client gave up on the server's flight, most likely on its certificate", hidden.observations,
          told: told)
      case nil:
        let grade: Grade =
          hidden.isQUIC ? .usual : refusal.isEncrypted ? .strong : inquiry.clientHesitated ? .hint : .usual
        return Claim(
          grade,
          "The client gave up right after the server's encrypted flight: most likely it does not accept the certificate",
          hidden.observations, told: told)
      }
    },
    advice: Advice(
      mends: .client,
      client: TrustAdvice.client([
        .any: [.init("Add the server's authority to the trust store; check name, dates and usage")]
      ]),
      server: [
        .any: [.init("Serve a valid certificate for {name|the name in use} with its intermediates")]
      ], steps: TrustAdvice.chainCheck, asksForLogs: true,
      confirm: { CertificateConfirmation.trust($0, passesWith: CertificateConfirmation.root) }))

  private static let told = "The client does not accept the server's certificate, which came encrypted"
}
