import TLSProtocol

extension Mechanism {
  static let tlsResumptionContext = Mechanism.logged(
    MechanismID(.tlsResumption, "session-id-context"),
    CauseDescription(
      "Server's session ID context is not set",
      "An OpenSSL server that asks for client certificates refuses to resume sessions as long as its program has not set a session "
        + "ID context: the first connection works, and those that resume it fail.",
      evidence: "a line of the server's log: session id context uninitialized"),
    stage: .clientHello,
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "As a stopgap switch resumption off in the client",
            "java -Djdk.tls.client.enableSessionTicketExtension=false …")
        ],
        .curl: [.init("As a stopgap start without a session", "curl -v --no-sessionid {url}")],
        .any: [.init("As a stopgap switch session resumption off in the client")],
      ],
      server: [
        .python: [
          .init(
            "Python sets no context of its own: switch tickets and the session cache off",
            "context.options |= ssl.OP_NO_TICKET")
        ],
        .node: [
          .init("Set `sessionIdContext` in the server's options", "tls.createServer({ sessionIdContext: \"app\", … })")
        ],
        .any: [
          .init(
            "Set the session ID context in the server (SSL_CTX_set_session_id_context), or switch its session cache off"
          )
        ],
      ],
      steps: [
        .init(
          "Connect twice, the second time with the first session: should fail the second time",
          "openssl s_client -connect {endpoint} -cert client.pem -key client.key -sess_out s.pem </dev/null ; openssl s_client "
            + "-connect {endpoint} -cert client.pem -key client.key -sess_in s.pem </dev/null")
      ]))
}
