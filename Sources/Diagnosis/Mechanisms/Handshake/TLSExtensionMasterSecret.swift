import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionMasterSecret = Mechanism(
    MechanismID(.tlsExtension, "master-secret"),
    CauseDescription(
      "The server lacks the extended master secret",
      "The client insists on the extended master secret (RFC 7627 §5.2), and the server's answer does not have it.",
      evidence: "a ServerHello without extended_master_secret, then alert insufficient_security (71) or "
        + "handshake_failure (40) from the client"),
    stage: .serverHello, binds: [.client, .server],
    state: { story in
      guard let connection = story.connection, let answer = connection.serverHello, !connection.isTLS13,
        let hello = story.hello, Offer(hello: hello.value).hasExtendedMasterSecret,
        !answer.value.has(.extendedMasterSecret)
      else { return nil }
      return State(
        "", [story.observed(.serverChoice, [answer.frame], "the ServerHello has no extended_master_secret")])
    },
    reaction: { state, inquiry in
      guard inquiry.isEndedByClient, let alert = inquiry.ending?.alert, let last = inquiry.endingObservation,
        // A handshake_failure is what clients send for want of secure renegotiation.
        alert == .insufficientSecurity
          || alert == .handshakeFailure && inquiry.failingStory.missingRenegotiationInfo == nil
      else { return nil }
      return Claim(
        .strong,
        "The server does not support the extended master secret, and the client insists on it",
        state.observations + [last])
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "As a stopgap let Java go on without it", "java -Djdk.tls.allowLegacyMasterSecret=true …")
        ],
        .rustls: [.init("As a stopgap `config.require_ems = false` (it is true in FIPS mode)")],
        .any: [.init("As a stopgap let the client connect without the extended master secret, as before FIPS mode")],
      ],
      server: [
        .any: [
          .init(
            "Update the server's TLS library, or the box that ends TLS before it, to one with the extended master secret (RFC "
              + "7627), or enable TLS 1.3, which does without")
        ]
      ],
      steps: [
        .init(
          "See whether the server has it: \"Extended master secret: yes\"",
          "openssl s_client -connect {endpoint} -tls1_2 </dev/null")
      ],
      confirm: { HandshakeConfirmation.plan($0) }))
}
