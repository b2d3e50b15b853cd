import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpResetInjected = Mechanism(
    MechanismID(.tcpResetInjected),
    CauseDescription(
      "Connection reset by a third party",
      "The reset that ended the connection does not look like the peer's own packets: a firewall, filter or "
        + "intrusion-prevention device on the path sent it.",
      evidence: "RST whose hop limit, IP identification or sequence number departs from the peer's other packets"),
    stage: .tcp,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Try another network; ask who runs the firewall why it resets this connection")]
      ],
      server: [
        .any: [
          .init("Ask the operators of firewalls on the path for a rule that matches this name or address")
        ]
      ],
      steps: [
        .init(
          "Compare the reset's hop limit with the server's other packets, and capture on the server at the same time"),
        .init(
          "Try with another server name, or from another network", "openssl s_client -connect {endpoint} -noservername"),
      ]))
}
