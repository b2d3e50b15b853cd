import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpClosedOnAccept = Mechanism(
    MechanismID(.tcpClosedOnAccept),
    CauseDescription(
      "Accepted, then closed without an answer",
      "Something accepted the TCP connection and closed it before it sent a single byte: a port forwarder or load "
        + "balancer without a backend, a listener that does not speak TLS, or a connection limit.",
      evidence: "SYN-ACK, ClientHello, then FIN or RST from the server with no payload and no alert"),
    stage: .tcp,
    event: { inquiry in
      guard let close = CloseOnAccept(inquiry), close.connection.preludeToHello == nil, !close.isExplained(inquiry),
        !close.connection.isWithdrawn
      else {
        return nil
      }
      let connection = close.connection
      return Claim(
        connection.transcript.clientHellos.isEmpty && connection.network.client.payloadBytes > 0
          ? .hint : inquiry.servesWorkingClient ? .usual : .strong,
        "\(connection.server) accepted the connection and \(close.manner) without sending one byte",
        [
          inquiry.observed(
            .ending, close.frames, "the server \(close.manner) \(close.moment); no TLS alert, no other byte")
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check that host and port are those of the TLS service itself")]
      ],
      server: [
        .actix: [
          .init(
            "In a container, bind 0.0.0.0 instead of 127.0.0.1: the published port otherwise accepts and closes",
            ".bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?")
        ],
        .haproxy: [
          .init(
            "See whether the backend has a live server (show stat), and whether bind wants a PROXY header",
            "echo 'show stat' | socat stdio /run/haproxy/admin.sock")
        ],
        .any: [
          .init(
            "Find what listens there and whether it speaks TLS: what passes connections on to a target that is gone accepts and "
              + "closes so, and so do some TLS servers (rustls) at a hello that they cannot answer",
            "ss -ltnp 'sport = :{port}'")
        ],
      ],
      steps: [
        .init("On the server, see which program listens on that port", "ss -ltnp 'sport = :{port}'"),
        .init("Watch what the port does with a plain TLS hello", "openssl s_client -connect {endpoint} </dev/null"),
      ], asksForLogs: true,
      confirm: { TransportConfirmation.connect($0) },
      remedies: { inquiry in
        // That the port is the right one, and that a service is behind it, the working client has shown.
        guard inquiry.servesWorkingClient else { return nil }
        return [
          Remedy(
            for: "server",
            "Read the server's log for that second: the port serves another client, so see whether the service behind it was "
              + "there (the target that a forwarder or balancer passes to), and what is special about this client (connection "
              + "limits, access lists)")
        ]
      }))
}
