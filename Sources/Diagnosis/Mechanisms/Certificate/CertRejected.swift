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
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: TrustAdvice.trustStore,
        .rustls: TrustAdvice.rootStore,
        .curl: TrustAdvice.authority,
        .opensslCommand: TrustAdvice.opensslTrust,
        .python: TrustAdvice.pythonTrust,
        .node: TrustAdvice.nodeTrust,
        .go: TrustAdvice.goTrust,
        .gnutls: TrustAdvice.gnutlsTrust,
        .dotNet: TrustAdvice.windowsTrust,
        .apple: TrustAdvice.appleTrust,
        .any: [.init("Add the server's authority to the trust store; check name, dates and usage")],
      ],
      server: [
        .any: [.init("Serve a valid certificate for {name|the name in use} with its intermediates")]
      ], steps: TrustAdvice.chainCheck, asksForLogs: true))
}
