import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tcpRefused = Mechanism(
    MechanismID(.tcpRefused),
    CauseDescription(
      "Connection refused",
      "Nothing listens on that address and port: the server's host answered the SYN with a reset.",
      evidence: "SYN, then RST from the server's address"),
    stage: .tcp,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.network.client.payloadBytes == 0,
        let syn = connection.network.syns.first, let reset = connection.network.refusal
      else { return nil }
      let server = connection.server
      return Claim(
        // A host that knows of no connection has no number of its own to send (RFC 9293 §3.10.7.1).
        reset.hasNoNumber ? .proof : .strong, "Nothing listens on \(server): the connection was refused",
        [inquiry.observed(.ending, [syn.frame, reset.frame], "SYN to \(server) answered with RST")]
          + inquiry.otherRefusals + inquiry.workingElsewhere)
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check host and port: nothing listens at {endpoint}")]
      ],
      server: [
        .granian: [.init("Check host and port", "granian --host 0.0.0.0 --port {port|8443} …")],
        .actix: [
          .init(
            "Bind to an address that clients reach; 127.0.0.1 inside a container is reachable from that container only",
            ".bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?")
        ],
        .any: [
          .init("Start the service, and bind it to the address that clients use", "ss -ltnp 'sport = :{port}'")
        ],
      ], steps: [.init("On the server, see what listens on that port", "ss -ltnp 'sport = :{port}'")],
      confirm: { TransportConfirmation.connect($0) },
      remedies: { inquiry in
        guard let connection = inquiry.connection, let working = inquiry.working ?? inquiry.elsewhere,
          working.server.port != connection.server.port
        else { return nil }
        return [
          Remedy(
            for: "client",
            "Find why this client goes to \(connection.server), and the working one to \(working.server): a proxy in its settings "
              + "(https.proxyHost, HTTPS_PROXY, a proxy option), or another port; unset it, or start what should listen there"
          ),
          Remedy(for: "server", "Nothing, if the service is the one at \(working.server)"),
        ]
      }))
}

extension Inquiry {
  /// That the working client reached another port; empty where it did not.
  fileprivate var workingElsewhere: [Observation] {
    guard let connection, let working = working ?? elsewhere, working.server.port != connection.server.port else {
      return []
    }
    return [
      observedWorking(
        .attempt, working.network.syns.prefix(1).map(\.frame) + working.network.acceptanceFrames,
        "the working client connected to \(working.server)")
    ]
  }

  /// How the attempt's other connections ended that came to nothing, one statement each.
  fileprivate var otherRefusals: [Observation] {
    attempt.connections.filter { $0.index != connection?.index && !$0.network.isConnected }.prefix(3).map { other in
      observed(
        .ending, other.network.syns.prefix(1).map(\.frame) + other.network.resets.prefix(1).map(\.frame),
        "the other try, \(other.server), came to nothing too")
    }
  }
}
