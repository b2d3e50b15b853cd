import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionRenegotiation = Mechanism(
    MechanismID(.tlsExtension, "renegotiation"),
    CauseDescription(
      "Client does not renegotiate",
      "A second handshake was begun on the connection, and the client ended it. Go, rustls and browsers do not "
        + "renegotiate; others want renegotiation_info (RFC 5746).",
      evidence: "handshake records behind a completed handshake before TLS 1.3, and an encrypted alert from the client"),
    stage: .finished,
    event: { inquiry in
      guard let refused = RefusedRenegotiation(inquiry), refused.ender == .client else { return nil }
      return Claim(
        inquiry.working == nil && !refused.leavesRequestUnanswered ? .hint : .usual,
        "The client does not renegotiate: the second handshake on the connection came to nothing",
        refused.observations(inquiry))
    },
    advice: Advice(
      mends: .server,
      client: [
        .go: [
          .init(
            "Allow the server one renegotiation (TLS 1.2 only)",
            "tls.Config{Renegotiation: tls.RenegotiateOnceAsClient}")
        ],
        .rustls: [.init("rustls never renegotiates: let the server ask in the first handshake")],
        .any: [.init("Allow the client to renegotiate with this server, if it can; TLS 1.3 cannot")],
      ],
      server: [
        .apache: [
          .init(
            "Ask for the client certificate for the whole virtual host, not for a location", "SSLVerifyClient require")
        ],
        .any: [
          .init(
            "Ask for the client certificate in the first handshake, for the whole host rather than for a path (Apache httpd: "
              + "SSLVerifyClient outside of Location)")
        ],
      ],
      steps: [.init("Read in the server's configuration for which paths it asks for a client certificate")],
      confirm: { it in
        let endpoint = ConfirmCommands.word(it.server)
        return ConfirmationPlan(
          NextStep(
            "Renegotiate as the server asks (type the request, then see \"RENEGOTIATING\" or an alert)",
            command: "openssl s_client -connect \(endpoint) -tls1_2"), nil)
      }))
}
