import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appProxyProtocolMissing = Mechanism(
    MechanismID(.appProxyProtocol, "missing"),
    CauseDescription(
      "PROXY header is missing",
      "The server expects a PROXY protocol header before TLS, and the client sends none.",
      evidence: "a working connection begins with a PROXY header, the failing one with its ClientHello"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let last = noTLSFromServer(connection, inquiry),
        connection.proxyHeader == nil, let header = inquiry.working?.proxyHeader,
        !connection.transcript.clientHellos.isEmpty, !connection.network.lacksBytes(from: .client)
      else { return nil }
      return Claim(
        .proof, "The server expects a PROXY protocol header, and the failing client sends none",
        [
          inquiry.observedWorking(
            .proxyHeader, [header.frame], "the working connection begins with \(header.header)"),
          inquiry.observed(
            .clientHello, connection.transcript.clientHellos.prefix(1).map(\.frame),
            "the failing one begins with its ClientHello"),
          last,
        ])
    },
    advice: Advice(
      confirm: { it in
        ConfirmationPlan(
          ApplicationConfirmation.withoutHeader(it, "should fail as the client did"),
          ApplicationConfirmation.withHeader(it, "should pass"))
      }))

  static let appProxyProtocolUnexpected = Mechanism(
    MechanismID(.appProxyProtocol, "unexpected"),
    CauseDescription(
      "PROXY header is not expected",
      "The client sends a PROXY protocol header, and the server takes it for a broken ClientHello.",
      evidence: "the failing connection begins with a PROXY header and gets no ServerHello"),
    stage: .firstBytes,
    // The server is who minds: a working story in which it took a header excludes the mechanism.
    binds: [.server],
    state: { story in
      guard let header = story.connection?.proxyHeader else { return nil }
      return State(
        "", [story.observed(.proxyHeader, [header.frame], "the connection begins with \(header.header)")])
    },
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, let last = noTLSFromServer(connection, inquiry),
        FailedTunnel(connection) == nil, inquiry.working?.proxyHeader == nil, connection.proxyHeaders.count < 2
      else { return nil }
      return Claim(
        inquiry.working == nil ? .strong : .proof,
        "The client sends a PROXY protocol header that the server does not expect",
        state.observations + [last])
    },
    advice: Advice(
      mends: .client,
      client: [
        .curl: [.init("Leave --haproxy-protocol out", "curl -v {url}")],
        .haproxy: [.init("Leave send-proxy out towards this backend", "server s1 {bare-endpoint}")],
        .any: [.init("Leave the PROXY header out, or connect to a port that wants it")],
      ],
      server: [
        .nginx: [.init("Accept the header on this port", "listen {port|443} ssl proxy_protocol;")],
        .haproxy: [.init("Accept the header on this port", "bind :{port|443} ssl crt site.pem accept-proxy")],
        .apache: [.init("Accept the header in this virtual host", "RemoteIPProxyProtocol On")],
        .any: [.init("Accept the PROXY protocol exactly on the ports whose peer sends it")],
      ],
      steps: [.init("Connect without the header", "curl -kv {url}")],
      confirm: { it in
        ConfirmationPlan(
          ApplicationConfirmation.withHeader(it, "should fail as the client did"),
          ApplicationConfirmation.withoutHeader(it, "should pass"))
      }))

  /// That no TLS came from the server although it had time for it; nil where there was some, or no time.
  private static func noTLSFromServer(_ connection: Connection, _ inquiry: Inquiry) -> Observation? {
    guard connection.transcript.serverHellos.isEmpty,
      connection.hasWaitedForAnswer || !connection.network.server.isSilent, let ending = inquiry.ending
    else { return nil }
    return inquiry.observed(
      .ending, ending.frame.map { [$0] } ?? [connection.lastFrame],
      connection.network.server.isSilent ? "the server sends not one byte of TLS" : "the server sends no ServerHello")
  }
}
