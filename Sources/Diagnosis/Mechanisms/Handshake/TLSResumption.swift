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
    event: { _ in nil },
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
      ], asksForLogs: true))
}
