import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsResumption = Mechanism(
    MechanismID(.tlsResumption),
    CauseDescription(
      "Resumption breaks the handshake",
      "A session ticket, pre-shared key or early data that the client sent is not accepted, and the handshake fails "
        + "instead of becoming a full one.",
      evidence: "pre_shared_key or a ticket in the failing hello, none in the working one; alert illegal_parameter "
        + "(47), decrypt_error (51), unknown_psk_identity (115) or a close"),
    stage: .clientHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, let last = inquiry.endingObservation,
        let offer = inquiry.offeredKey
      else { return nil }
      if let alert = ending.alert, ending.phase <= .serverFlight {
        guard let grade = grade(of: alert, inquiry) else { return nil }
        let isProof = alert == .decryptError || alert == .illegalParameter
        return Claim(
          grade,
          "The server refuses the pre-shared key or ticket that the client offers"
            + (isProof ? ": its proof does not verify, or the keys differ" : ""),
          [offer, last])
      }
      guard ending.phase <= .serverHello, inquiry.reachesSameServer,
        inquiry.workingHello?.preSharedKeyIdentities.isEmpty == true
      else { return nil }
      return Claim(
        .strong, "The server gives up when the client tries to resume a session; a full handshake works",
        [
          offer, last,
          inquiry.observedWorking(
            .offeredSession, inquiry.workingHelloFrames, "the working ClientHello offers no pre-shared key"),
        ])
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init("Switch resumption off for a test", "java -Djdk.tls.client.enableSessionTicketExtension=false …")
        ],
        .rustls: [
          .init("Switch resumption off for a test", "config.resumption = rustls::client::Resumption::disabled();")
        ],
        .curl: [.init("Start without a session", "curl -v --no-sessionid {url}")],
        .opensslCommand: [
          .init(
            "Do not resume; pre-shared keys and identities must be the same on both sides",
            "openssl s_client -connect {endpoint} -no_ticket </dev/null")
        ],
        .any: [.init("Clear the session cache, and switch resumption or early data off")],
      ],
      server: [
        .rustls: [.init("Give all instances the same `ticketer`, or none", "config.send_tls13_tickets = 0;")],
        .opensslCommand: [.init("\"binder does not verify\": the pre-shared keys of the two sides differ")],
        .nginx: [
          .init("Share ssl_session_ticket_key among all instances, or switch tickets off", "ssl_session_tickets off;")
        ],
        .any: [
          .init("Share ticket keys among all instances, rotate them in step, or disable tickets and 0-RTT")
        ],
      ],
      steps: [
        .init("Try a full handshake, with nothing resumed", "openssl s_client -connect {endpoint} </dev/null")
      ], asksForLogs: true,
      confirm: { it in
        guard let hello = it.hello else { return nil }
        let (offer, endpoint) = (ClientOffer(hello), ConfirmCommands.word(it.server))
        return ConfirmationPlan(
          NextStep(
            "Make a session, then resume it",
            command: offer.command(endpoint: endpoint, options: ["-sess_out /tmp/session.pem"]) + " ; "
              + offer.command(endpoint: endpoint, options: ["-sess_in /tmp/session.pem"])),
          NextStep("A full handshake without a session: should pass", command: offer.command(endpoint: endpoint)),
          notes: offer.notes)
      }))

  /// How strongly an alert in answer speaks against the key; nil where it says something else, or where a mechanism of
  /// its own tells it.
  private static func grade(of alert: AlertDescription, _ inquiry: Inquiry) -> Grade? {
    switch alert {
    case .decryptError, .illegalParameter: .proof
    case .badRecordMAC, .decodeError, .unexpectedMessage: inquiry.hello?.has(.earlyData) == true ? .strong : .usual
    case .handshakeFailure, .internalError, .accessDenied:
      inquiry.workingHello?.preSharedKeyIdentities.isEmpty == true ? .strong : .hint
    default: nil
    }
  }
}

extension Inquiry {
  /// The failing hello's pre-shared key or ticket of TLS 1.3; nil where it offers none.
  var offeredKey: Observation? {
    guard let hello, !hello.preSharedKeyIdentities.isEmpty else { return nil }
    return observed(
      .offeredSession, helloFrames,
      "the ClientHello offers a pre-shared key or ticket" + (hello.has(.earlyData) ? " and sends early data" : ""))
  }
}
