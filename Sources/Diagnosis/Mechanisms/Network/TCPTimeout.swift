import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tcpTimeout = Mechanism(
    MechanismID(.tcpTimeout),
    CauseDescription(
      "No answer to the connection attempt",
      "The client's SYNs went unanswered: a firewall drops them, or no host has that address.",
      evidence: "SYN and its repetitions, no SYN-ACK, no reset, no ICMP error"),
    stage: .tcp,
    event: { inquiry in
      guard let connection = inquiry.connection, let first = connection.network.syns.first,
        !connection.network.isConnected, connection.network.resets.isEmpty, connection.network.icmpErrors.isEmpty,
        connection.network.client.payloadBytes == 0
      else { return nil }
      let frames = connection.network.syns.map(\.frame)
      // From the first to the last: of what the capture holds besides, the attempt knows nothing.
      let span = connection.network.syns.last.map { $0.time.seconds(since: first.time) } ?? 0
      guard frames.count > 1, span >= Patience.repetition else {
        return Claim(
          .hint, "The SYN to \(connection.server) was not answered while the capture ran",
          [inquiry.observed(.ending, frames, "a SYN, no answer; the capture shows no repetition of it")])
      }
      return Claim(
        // The next repetition would have come after twice the last pause (RFC 6298 §5.5). Longer silences may be no
        // silences: captures are merged, and clocks jump.
        Patience.grade(min(connection.waited(since: first.time), 3 * span)),
        "\(connection.server) never answered: the SYN was sent \(frames.count) times",
        [
          inquiry.observed(
            .ending, frames, "\(frames.count) SYNs over \(Seconds.text(span)), no SYN-ACK, no RST, no ICMP error")
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check the address, routes and any VPN: nothing at {endpoint} answers")]
      ],
      server: [
        .any: [.init("Open the port in host firewalls and security groups", "nft list ruleset")]
      ], steps: [.init("See how far a connection attempt gets", "nc -vz -w 5 {address|HOST} {port}")],
      confirm: { TransportConfirmation.connect($0) }))
}
