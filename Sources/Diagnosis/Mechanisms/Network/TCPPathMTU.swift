import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpPathMTU = Mechanism(
    MechanismID(.tcpPathMTU),
    CauseDescription(
      "Large packets do not get through",
      "Full-size segments vanish on the way while small ones pass: the path's MTU is smaller than the sender "
        + "believes, and the ICMP message that would say so is lost.",
      evidence: "only large segments are retransmitted and never acknowledged; small ones are"),
    stage: .tcp,
    // Each direction is a mechanism of its own.
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Java up to 26 sends no post-quantum share, and its hello fits a packet: look for a large client "
              + "certificate or request instead", "java -Djdk.tls.namedGroups=x25519,secp256r1 …")
        ],
        .rustls: [
          .init("Leave X25519MLKEM768 out of the provider's `kx_groups` to confirm, not as the fix")
        ],
        .curl: [.init("Confirm with a small hello", "curl -v --curves X25519 {url}")],
        .go: [.init("Leave the post-quantum share out to confirm, not as the fix", "GODEBUG=tlsmlkem=0 …")],
        .chrome: [
          .init("Confirm without the post-quantum share: policy PostQuantumKeyAgreementEnabled=false; not the fix")
        ],
        .firefox: [.init("Confirm without the post-quantum share: security.tls.enable_kyber=false in about:config")],
        .any: [
          .init(
            "Lower the MTU of the client's interface to the largest packet that passes",
            "ip link set dev eth0 mtu 1400")
        ],
      ],
      server: [
        .any: [
          .init(
            "Let ICMP \"fragmentation needed\" and \"packet too big\" through, or clamp the MSS",
            "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu")
        ]
      ],
      steps: [
        .init("Find the largest packet that passes", "ping -M do -s 1400 -c 3 {address|HOST}"),
        .init(
          "Try with a hello small enough for one packet; that it passes confirms the cause and is not the fix",
          "curl -v --curves X25519 {url}"),
      ],
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "Send a hello of more than one packet: should hang",
            command: TransportConfirmation.largeHello(it.hello, it.server)),
          NextStep(
            "Send a small one: should pass", command: TransportConfirmation.smallHello(it.hello, it.server)))
      }))
}
