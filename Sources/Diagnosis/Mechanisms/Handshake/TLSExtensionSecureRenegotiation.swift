import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionSecureRenegotiation = Mechanism(
    MechanismID(.tlsExtension, "secure-renegotiation"),
    CauseDescription(
      "The server does not know secure renegotiation",
      "The client insists on secure renegotiation (RFC 5746 §3.4), and the server's answer does not announce it.",
      evidence: "a ServerHello without renegotiation_info, then alert handshake_failure (40) from the client"),
    stage: .serverHello, binds: [.client, .server],
    state: \.missingRenegotiationInfo,
    reaction: { state, inquiry in
      guard inquiry.isEndedByClient, inquiry.ending?.alert == .handshakeFailure, let last = inquiry.endingObservation
      else { return nil }
      return Claim(
        .strong, "The server does not support secure renegotiation (RFC 5746), and the client insists on it",
        state.observations + [last])
    },
    advice: Advice(
      mends: .server,
      client: [
        .opensslCommand: [
          .init(
            "As a stopgap, for this one server: option UnsafeLegacyServerConnect in openssl.cnf (s_client: "
              + "-legacy_server_connect)", "openssl s_client -connect {endpoint} -legacy_server_connect </dev/null")
        ],
        .python: [
          .init(
            "As a stopgap, for this one server: ssl.OP_LEGACY_SERVER_CONNECT (Python 3.12)",
            "context.options |= ssl.OP_LEGACY_SERVER_CONNECT")
        ],
        .node: [
          .init(
            "As a stopgap, for this one server: option `secureOptions: crypto.constants.SSL_OP_LEGACY_SERVER_CONNECT`")
        ],
        .any: [.init("As a stopgap let the client connect to this one server without secure renegotiation")],
      ],
      server: [
        .any: [
          .init(
            "Update the server's TLS library, or the box that ends TLS before it: it lacks RFC 5746, secure renegotiation, of "
              + "2010")
        ]
      ],
      steps: [
        .init(
          "See whether the server knows it: \"Secure Renegotiation IS NOT supported\"",
          "openssl s_client -connect {endpoint} -tls1_2 -legacy_server_connect </dev/null")
      ],
      confirm: { it in
        let endpoint = ConfirmCommands.word(it.server)
        return ConfirmationPlan(
          NextStep(
            "OpenSSL 3 as it is: should fail as the client did",
            command: "openssl s_client -connect \(endpoint) -tls1_2 </dev/null"),
          NextStep(
            "Without the demand for secure renegotiation: should pass",
            command: "openssl s_client -connect \(endpoint) -tls1_2 -legacy_server_connect </dev/null"))
      }))
}

extension Story {
  /// A server before TLS 1.3 does not answer what the client announces of secure renegotiation.
  var missingRenegotiationInfo: State? {
    guard let connection, let answer = connection.serverHello, !connection.isTLS13, let hello,
      Offer(hello: hello.value).announcesSecureRenegotiation, !answer.value.has(.renegotiationInfo)
    else { return nil }
    return State("", [observed(.serverChoice, [answer.frame], "the ServerHello has no renegotiation_info")])
  }
}
