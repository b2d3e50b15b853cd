import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpUnreachable = Mechanism(
    MechanismID(.tcpUnreachable),
    CauseDescription(
      "Host or port unreachable",
      "A router, firewall or the host itself reported by ICMP that the connection attempt cannot be delivered or is "
        + "prohibited.",
      evidence: "an ICMP or ICMPv6 unreachable error that quotes the SYN"),
    stage: .tcp,
    event: { inquiry in
      guard let connection = inquiry.connection, !connection.network.isConnected,
        let first = connection.network.syns.first
          ?? (connection.transport == .tcp ? nil : connection.network.client.firstData),
        connection.network.server.segments == 0 || connection.transport == .tcp,
        let error = connection.network.icmpErrors.first(where: { $0.quotedSender == .client && $0.isUnreachable })
      else { return nil }
      let quoted = connection.transport == .tcp ? "SYN" : "first datagram"
      return Claim(
        .proof, "\(connection.server) is unreachable: \(error.meaning), says \(error.reporter)",
        [
          inquiry.observed(
            .ending, [first.frame, error.frame], "\(quoted) answered with \(error.name) from \(error.reporter)")
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check routes, VPN and local firewall towards {address|the server}")]
      ],
      server: [
        .any: [.init("Remove the reject rule that answers with ICMP, or open the port", "nft list ruleset")]
      ], steps: [.init("See which hop reports the error", "tracepath -n {address|HOST}")],
      confirm: { TransportConfirmation.connect($0) }))
}
