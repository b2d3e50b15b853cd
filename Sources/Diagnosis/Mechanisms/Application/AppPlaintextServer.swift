import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextServer = Mechanism(
    MechanismID(.appPlaintextServer),
    CauseDescription(
      "Server answers without TLS",
      "The port speaks a plaintext protocol: the server answered the ClientHello with something that is not TLS.",
      evidence: "the server's first bytes are HTTP, SSH, SMTP or another protocol's text"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let answer = PlaintextAnswer(connection) else { return nil }
      let quote = "\"\(answer.note.excerpt)\""
      if let prelude = answer.prelude {
        // Behind a proxy that refused: what it connects to, and what follows a granted upgrade, have mechanisms of their own.
        guard case .refused = ProxyAnswer(connection) else { return nil }
        return plaintextBehind(
          prelude, answer, "\(connection.server) answers the ClientHello with \(answer.note.kind.described)", inquiry)
      }
      guard !answer.note.kind.upgradesByCommand else { return nil }
      return Claim(
        .proof, "The server does not speak TLS on \(connection.server): it answers with \(answer.note.kind.described)",
        inquiry.untilTheEnd([
          inquiry.observed(.clientHello, [answer.helloFrame], "the client opens with a ClientHello"),
          inquiry.observed(.serverPlaintext, [answer.note.frame], "the server says \(quote), \(answer.order)"),
        ]))
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "\"Unsupported or unrecognized SSL message\": use http://, the TLS port, or the protocol's STARTTLS property "
              + "(JavaMail: mail.smtp.starttls.enable=true)")
        ],
        .curl: [
          .init("\"wrong version number\" means a plaintext answer: use http://", "curl -v http://{endpoint}/")
        ],
        .python: [
          .init("WRONG_VERSION_NUMBER or RECORD_LAYER_FAILURE means a plaintext answer: use http:// or the TLS port")
        ],
        .go: [.init("\"first record does not look like a TLS handshake\": use http://, or the TLS port")],
        .any: [.init("Use http:// or the service's TLS port: this one speaks plaintext")],
      ],
      server: [
        .granian: [
          .init("Give granian a certificate and key", "granian --ssl-certificate cert.pem --ssl-keyfile key.pem …")
        ],
        .actix: [.init("Use `bind_rustls_0_23` instead of `bind` for this port")],
        .nginx: [.init("Switch TLS on for this port", "listen {port|443} ssl;")],
        .haproxy: [.init("Switch TLS on", "bind :{port|443} ssl crt site.pem")],
        .apache: [.init("Switch TLS on in the virtual host of this port", "SSLEngine on")],
        .any: [.init("Enable TLS on this port")],
      ],
      steps: [
        .init("See what the port says to plain HTTP", "curl -v http://{endpoint}/"),
        .init("Read in the server's configuration which of its ports speaks TLS"),
      ],
      confirm: { it in
        if let spoken = it.spoken, let command = spoken.plainCommand(it.server) {
          return ConfirmationPlan(
            ApplicationConfirmation.direct(it),
            NextStep("Speak \(spoken.rawValue) without TLS: should pass", command: command))
        }
        let change =
          it.spoken?.startTLSName.map { ApplicationConfirmation.upgraded($0, it, "should pass") }
          ?? (it.spoken?.isPerhapsHTTP ?? false
            ? NextStep("Plain HTTP: should pass", command: "curl -v \(it.curlTarget("http"))") : nil)
        return ConfirmationPlan(ApplicationConfirmation.direct(it), change)
      },
      remedies: { $0.remediesForPlaintextPort }))

  /// A claim about plaintext behind a granted tunnel or upgrade.
  static func plaintextBehind(
    _ prelude: String, _ answer: PlaintextAnswer, _ headline: String, _ inquiry: Inquiry
  ) -> Claim {
    Claim(
      .proof, headline,
      inquiry.untilTheEnd([
        inquiry.observed(.clientHello, [answer.helloFrame], "\(prelude), and the client sends its ClientHello"),
        inquiry.observed(.serverPlaintext, [answer.note.frame], "the answer is \"\(answer.note.excerpt)\""),
      ]))
  }
}
