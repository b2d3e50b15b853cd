import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextClient = Mechanism(
    MechanismID(.appPlaintextClient),
    CauseDescription(
      "Client does not speak TLS",
      "The client sent plaintext to a port that expects TLS, as http:// to an https port does.",
      evidence:
        "the client's first bytes are an HTTP request or another protocol's text; an alert, a 400 response or "
        + "a close answers it"),
    stage: .firstBytes,
    // The server is who minds: a working story in which it took the same words excludes the mechanism.
    binds: [.server],
    state: { story in
      guard let connection = story.connection, connection.transcript.clientTLSOffset == nil,
        let words = connection.firstPlaintext(from: .client), !words.kind.isForProxy, !connection.mayBeginMidway(words)
      else { return nil }
      return State(
        words.kind.rawValue,
        [
          story.observed(
            .clientPlaintext, [words.frame], "the client opens with \(words.kind.described): \"\(words.excerpt)\"")
        ])
    },
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, let words = connection.firstPlaintext(from: .client) else {
        return nil
      }
      let (said, headline) = (words.kind.described, "The client speaks \(words.kind.described) to a TLS port")
      if let objection = objection(to: words, connection, inquiry) {
        return Claim(objection.grade, headline, inquiry.untilTheEnd(state.observations + [objection.observation]))
      }
      guard let ending = inquiry.ending, ending.ender == .server, connection.firstPlaintext(from: .server) == nil,
        ending.frame != nil
      else { return nil }
      return Claim(
        .hint, "The client speaks \(said); the server may expect TLS", inquiry.untilTheEnd(state.observations),
        told: "The client speaks \(said) to a server that expects TLS")
    },
    advice: Advice(
      mends: .client,
      client: [
        .curl: [.init("Use https://", "curl -v {url}")],
        .nginx: [.init("As a proxy: the upstream speaks TLS", "proxy_pass https://{bare-endpoint};")],
        .haproxy: [
          .init("The backend speaks TLS: add ssl", "server s1 {bare-endpoint} ssl verify required ca-file ca.pem")
        ],
        .any: [.init("Use https:// (or switch TLS on) for this port")],
      ],
      server: [
        .rustls: [
          .init("rustls logs InvalidMessage(InvalidContentType) and answers decode_error: the client spoke plaintext")
        ],
        .nginx: [
          .init(
            "nginx answers plain HTTP on a TLS port with 400 (code 497): send such clients to https",
            "error_page 497 https://$host:$server_port$request_uri;")
        ],
        .apache: [
          .init("\"Reason: You're speaking plain HTTP to an SSL-enabled server port\": use https://")
        ],
        .go: [
          .init("net/http answers plain HTTP on a TLS port with \"Client sent an HTTP request to an HTTPS server.\"")
        ],
        .any: [.init("Nothing, if the port is to speak TLS; a plaintext port may redirect to it")],
      ], steps: [.init("Confirm that the port speaks TLS", "openssl s_client -connect {endpoint} </dev/null")],
      confirm: { it in
        if let spoken = it.spoken, spoken.isOtherThanHTTP {
          guard let plain = spoken.plainCommand(it.server), let tls = spoken.tlsCommand(it.server) else { return nil }
          return ConfirmationPlan(
            NextStep("Speak \(spoken.rawValue) without TLS: should fail as the client did", command: plain),
            NextStep("Over TLS: should get a TLS handshake", command: tls))
        }
        guard it.spoken?.isPerhapsHTTP == true else {
          return ConfirmationPlan(ApplicationConfirmation.direct(it, "should get a TLS handshake"), nil)
        }
        return ConfirmationPlan(
          NextStep("Speak plain HTTP: should fail as the client did", command: "curl -v \(it.curlTarget("http"))"),
          NextStep("HTTPS: should pass", command: "curl -kv \(it.curlTarget("https"))"))
      },
      remedies: { $0.remediesForTLSPort },
      nextSteps: { inquiry in
        guard let connection = inquiry.connection, inquiry.working?.clientCertificateAnswer?.hasCertificate == true
        else {
          return nil
        }
        return [
          NextStep(
            "Speak TLS with a client certificate, as the working client does",
            command:
              "openssl s_client -connect \(ConfirmCommands.word(connection.server)) -cert client.pem -key client.key </dev/null"
          )
        ]
      }))

  /// What shows that TLS is spoken where the client spoke plaintext: a TLS alert, the server's own words, or a client
  /// that began with TLS.
  private static func objection(
    to words: PlaintextNote, _ connection: Connection, _ inquiry: Inquiry
  ) -> (grade: Grade, observation: Observation)? {
    // What the capture lost of the client's words may have been TLS.
    if let alert = connection.transcript.alerts.first(where: { $0.sender == .server }),
      connection.network.client.missingBytes == 0
    {
      let text = "the server answers with a TLS alert\(alert.named)"
      return (.proof, inquiry.observed(.ending, [alert.frame], text))
    }
    if let answer = connection.firstPlaintext(from: .server), answer.frame > words.frame,
      answer.complainsOfPlaintext(connection.transcript.serverPrefix)
    {
      let text = "the server complains in plaintext: \"\(answer.excerpt)\""
      return (.proof, inquiry.observed(.serverPlaintext, [answer.frame], text))
    }
    guard let working = inquiry.working, inquiry.reachesSameServer, working.showsWhatServerAccepts,
      working.network.client.missingBytes == 0, working.transcript.clientTLSOffset == 0
    else { return nil }
    let text = "the working client opens with a ClientHello on \(working.server)"
    return (.proof, inquiry.observedWorking(.clientHello, working.transcript.clientHellos.map(\.frame), text))
  }
}
