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
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome == .failed, connection.network.isConnected else {
        return nil
      }
      for reset in connection.network.resets {
        guard let habits = ResetHabits(reset, connection, inquiry), !habits.oddities.isEmpty else { continue }
        let sender = reset.sender.rawValue
        return Claim(
          habits.grade,
          "The connection was reset by something between client and \(sender), not by the \(sender) itself",
          habits.oddities + [habits.moment])
      }
      return nil
    },
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
      ],
      confirm: { it in
        ConfirmationPlan(
          NextStep("With the server name: should be reset", command: TransportConfirmation.asTheFailingClient(it)),
          NextStep(
            "Without it: passes, if the name is what the filter looks for",
            command: TransportConfirmation.smallHello(nil, it.server)))
      }))
}
