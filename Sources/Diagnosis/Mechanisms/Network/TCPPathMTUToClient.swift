import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpPathMTUToClient = Mechanism(
    MechanismID(.tcpPathMTU, "to-client"),
    CauseDescription(
      "Large packets to the client do not get through",
      "The server's full-size segments, with its certificates for the most part, vanish on the way to the client while "
        + "its small ones pass.",
      evidence: "the server repeats only large segments that nobody acknowledges, or a hole in its flight never fills"),
    stage: .tcp,
    event: { inquiry in
      // One direction explains the failure: a server that does not get the client's segments repeats its own as well.
      guard LargeSegments.vanish(from: .client, inquiry) == nil else { return nil }
      return LargeSegments.vanish(from: .server, inquiry) ?? LargeSegments.leaveHole(inquiry)
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [
          .init(
            "Lower the MTU of the client's interface: it then tells the server to send smaller segments",
            "ip link set dev eth0 mtu 1400")
        ]
      ],
      server: [
        .any: [
          .init(
            "Let ICMP \"fragmentation needed\" and \"packet too big\" through to the server, or clamp the MSS",
            "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu")
        ]
      ],
      steps: [.init("Find the largest packet that passes both ways", "ping -M do -s 1400 -c 3 {address|HOST}")],
      confirm: { it in
        let connect = TransportConfirmation.asTheFailingClient(it)
        return ConfirmationPlan(
          NextStep("Connect as the failing client did: should hang behind the ClientHello", command: connect),
          NextStep(
            "Ask the server for segments of 1,100 bytes, and connect again: should pass (as root; the route is taken "
              + "back behind it)", command: TransportConfirmation.withSmallSegments(it.server, connect)))
      }))
}
