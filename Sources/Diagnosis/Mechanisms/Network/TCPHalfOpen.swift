import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tcpHalfOpen = Mechanism(
    MechanismID(.tcpHalfOpen),
    CauseDescription(
      "TCP opens for the client only",
      "The client takes the connection for open, and the server does not: it goes on to repeat its SYN-ACK, so the client's "
        + "packets behind the SYN do not reach it. A firewall that sees only one direction drops them (asymmetric routes), or the "
        + "server's accept queue is full.",
      evidence:
        "the SYN-ACK again and again although the client acknowledges it, and the client's data never acknowledged"),
    stage: .tcp,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.transport == .tcp, connection.outcome != .established,
        let first = connection.network.synAck, connection.network.server.payloadBytes == 0
      else { return nil }
      // What is closer together is one SYN-ACK that was captured twice.
      let repetitions = connection.network.synAckRepetitions.filter {
        $0.time.seconds(since: first.time) >= Patience.repetition
      }
      guard repetitions.count >= 2, let acknowledged = connection.network.established,
        connection.network.client.unacknowledgedBytes > 0
          || connection.network.client.payloadBytes == 0
      else { return nil }
      let data = VanishedSegments(.client, in: connection)
      var observations = [
        inquiry.observed(
          .attempt, [first.frame] + repetitions.map(\.frame),
          "the server repeats its SYN-ACK \(repetitions.count) times: for it the connection never opened"),
        inquiry.observed(.attempt, [acknowledged.frame], "the client acknowledged the SYN-ACK"),
      ]
      if let data {
        observations.append(
          inquiry.observed(
            .loss, data.frames, "the client's data was sent again \(data.repetitions) times, and never acknowledged"))
      }
      return Claim(
        .proof,
        "The server goes on to repeat its SYN-ACK: what the client sends behind its SYN does not reach it",
        inquiry.untilTheEnd(observations))
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [
          .init(
            "See whether the client's packets take another path than the server's answers (asymmetric routes)",
            "ip route get {address|HOST}")
        ]
      ],
      server: [
        .any: [
          .init(
            "Let both directions pass the same stateful firewall, or none: one that saw the SYN only, or the SYN-ACK only, drops the "
              + "rest as invalid (conntrack)", "nft list ruleset"),
          .init(
            "Or see whether the listener's accept queue is full (Recv-Q as high as Send-Q)", "ss -ltn 'sport = :{port}'"
          ),
        ]
      ],
      steps: [
        .init(
          "Capture on the server: does the client's ACK behind the SYN-ACK arrive there?",
          "tcpdump -ni any tcp port {port}")
      ],
      confirm: { TransportConfirmation.connect($0) }))
}
