import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpTimeout = Mechanism(
    MechanismID(.tcpTimeout),
    CauseDescription(
      "No answer to the connection attempt",
      "The client's SYNs went unanswered: a firewall drops them, or no host has that address.",
      evidence: "SYN and its repetitions, no SYN-ACK, no reset, no ICMP error"),
    stage: .tcp,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check the address, routes and any VPN: nothing at {endpoint} answers")]
      ],
      server: [
        .any: [.init("Open the port in host firewalls and security groups", "nft list ruleset")]
      ], steps: [.init("See how far a connection attempt gets", "nc -vz -w 5 {address|HOST} {port}")]))
}
