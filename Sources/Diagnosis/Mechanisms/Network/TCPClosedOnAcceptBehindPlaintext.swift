import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpClosedOnAcceptBehindPlaintext = Mechanism(
    MechanismID(.tcpClosedOnAccept, "behind-plaintext"),
    CauseDescription(
      "Closed at the ClientHello, behind plaintext",
      "A proxy, or a service that is asked for TLS in its own words, answered the plaintext part and closed the "
        + "connection when the ClientHello came, without a byte of TLS.",
      evidence: "an answered CONNECT, SOCKS or upgrade request, the ClientHello, then FIN or RST from the server"),
    stage: .tcp,
    event: { inquiry in
      guard let close = CloseOnAccept(inquiry), let prelude = close.connection.preludeToHello else { return nil }
      return Claim(
        .strong, "\(close.connection.server) answered the plaintext part and \(close.manner) before any TLS",
        [
          inquiry.observed(
            .ending, close.frames,
            "\(prelude); the server \(close.manner) \(close.moment), without one byte of TLS")
        ])
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Reach the service without what stands before it, to see which of the two closes")]],
      server: [
        .any: [
          .init(
            "See in the log of what answered the plaintext part (a proxy, a pooler, the service) why it closes where TLS "
              + "begins: whether it can reach what stands behind it, and whether it has a certificate and key")
        ]
      ],
      steps: [.init("Read that log for the very second")],
      confirm: { it in
        guard let name = it.spoken?.startTLSName else { return TransportConfirmation.connect(it) }
        return ConfirmationPlan(ApplicationConfirmation.upgraded(name, it, "should fail as the client did"), nil)
      },
      remedies: { $0.tunnelRemedies }, nextSteps: { $0.tunnelSteps }))
}
