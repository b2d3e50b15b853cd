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
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check routes, VPN and local firewall towards {address|the server}")]
      ],
      server: [
        .any: [.init("Remove the reject rule that answers with ICMP, or open the port", "nft list ruleset")]
      ], steps: [.init("See which hop reports the error", "tracepath -n {address|HOST}")]))
}
