import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tcpTimeoutUDPBlocked = Mechanism(
    MechanismID(.tcpTimeout, "udp-blocked"),
    CauseDescription(
      "No answer over UDP",
      "The client's QUIC or DTLS datagrams went unanswered: firewalls that pass TCP often drop UDP, or nothing listens "
        + "on that port.",
      evidence: "the client's first datagrams and their repetitions, no datagram back, no ICMP error"),
    stage: .tcp,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.transport != .tcp,
        connection.network.server.segments == 0, connection.network.icmpErrors.isEmpty,
        let first = connection.network.client.firstData, let last = connection.network.client.lastData,
        connection.repeatsItself, !connection.lacksDatagramsOfServer
      else { return nil }
      let span = last.time.seconds(since: first.time)
      let waited = min(connection.waited(since: first.time), 3 * span)
      let transport = connection.transport.rawValue.uppercased()
      return Claim(
        Patience.grade(waited),
        "\(connection.server) never answered over \(transport): UDP may be blocked on the way",
        [
          inquiry.observed(
            .ending, [first.frame, last.frame],
            "\(connection.network.client.segments) datagrams over \(Seconds.text(span)), no answer")
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Let UDP to port {port|443} pass in firewalls and VPNs on the client's side")]
      ],
      server: [
        .any: [
          .init(
            "Open the port for UDP in host firewalls and security groups: a rule for TCP does not", "nft list ruleset"),
          .init("See that the service listens on UDP", "ss -lunp 'sport = :{port}'"),
        ]
      ],
      steps: [.init("On the server, see whether the datagrams arrive", "tcpdump -ni any udp port {port}")],
      confirm: { TransportConfirmation.connectOverUDP($0) }))
}
