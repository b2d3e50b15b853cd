import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsIntolerance = Mechanism(
    MechanismID(.tlsIntolerance),
    CauseDescription(
      "Peer or middlebox cannot take the hello",
      "The ClientHello is valid, but the server or a box before it fails on its size, its fragmentation, GREASE "
        + "values or an extension that it does not know.",
      evidence: "close, reset or alert after a large or unusual hello, where a smaller or plainer one passes"),
    stage: .clientHello,
    event: { $0.intolerance(of: .extensions) },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Make the hello smaller to confirm, not as the fix",
            "java -Djdk.tls.client.protocols=TLSv1.2 -Djdk.tls.namedGroups=secp256r1 …")
        ],
        .rustls: [
          .init("Leave X25519MLKEM768 out (feature `prefer-post-quantum`, provider's `kx_groups`) to confirm")
        ],
        .go: [.init("Leave the post-quantum share out to confirm, not as the fix", "GODEBUG=tlsmlkem=0 …")],
        .chrome: [
          .init("Confirm without the post-quantum share: policy PostQuantumKeyAgreementEnabled=false; not the fix")
        ],
        .firefox: [
          .init("Confirm without the post-quantum share: security.tls.enable_kyber=false in about:config")
        ],
        .any: [.init("As a stopgap send a smaller hello: fewer suites, no post-quantum group")],
      ],
      server: [
        .any: [.init("Upgrade the server or the box before it: valid hellos may exceed a packet")]
      ],
      steps: [
        .init("Offer a small hello", "openssl s_client -connect {endpoint} -tls1_2 -groups P-256 </dev/null")
      ],
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          offer.groups = ["X25519", "P-256"]
          offer.applicationProtocols = Array(offer.applicationProtocols.prefix(2))
          offer.asksForStaple = false
          return "A smaller hello without post-quantum groups: should pass"
        }
      }))
}
