import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certWeakUnverifiable = Mechanism(
    MechanismID(.certWeak, "unknown-signature"),
    CauseDescription(
      "Chain signed in a way the client does not know",
      "A certificate of the chain is signed by a key for which the client's hello lists no signature scheme, such as P-521 "
        + "with rustls on ring: it cannot verify that signature.",
      evidence:
        "a key in the chain that no scheme of the hello fits, then alert decrypt_error (51), bad_certificate (42) or "
        + "unsupported_certificate (43)"),
    stage: .certificate, binds: [.client, .server],
    state: \.unverifiableIssuer,
    reaction: { state, inquiry in
      guard let refusal = Refusal(inquiry), refusal.alert != .certificateExpired, refusal.alert != .certificateRevoked
      else { return nil }
      return Claim(
        refusal.alert == .decryptError || refusal.alert == .unsupportedCertificate
          ? .proof : refusal.alert == .unknownCA ? .hint : .strong,
        "The chain is signed with \(state.subject) key, for which the client knows no signature scheme",
        state.observations + [refusal.ending])
    },
    advice: Advice(
      mends: .server,
      client: [
        .rustls: [
          .init(
            "Use the crypto provider aws-lc-rs, which verifies P-521; ring does not",
            "rustls::crypto::aws_lc_rs::default_provider().install_default()")
        ],
        .any: [.init("Use a stack, or a version of it, that verifies this kind of signature")],
      ],
      server: [
        .any: [.init("Have the whole chain issued with P-256, P-384 or RSA keys, which every stack verifies")]
      ],
      steps: [
        .init(
          "Read the keys of the chain",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts </dev/null")
      ],
      asksForLogs: true,
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          offer.signatureSchemes = []
          return "The same with all of OpenSSL's signature schemes: verifies the chain"
        }
      }))
}

extension Story {
  /// A key that signed a certificate of the chain and whose kind no scheme of the hello fits.
  var unverifiableIssuer: State? {
    guard let view = certificates, let hello else { return nil }
    let offer = Offer(hello: hello.value)
    let accepted = offer.schemes + (hello.value.certificateSignatureSchemes)
    guard !accepted.isEmpty else { return nil }
    for place in view.chain.path.dropFirst() {
      let issuer = view.certificates[place]
      guard issuer.keyAlgorithm == "EC", issuer.keyBits == 521, !accepted.contains(.init(rawValue: 0x0603)) else {
        continue
      }
      return State(
        "a P-521 (secp521r1)",
        [
          observed(
            .certificateStrength, [view.frame], "the key of \(Escaped.text(issuer.subject)) is a P-521 (secp521r1) key"),
          observed(
            .offeredSchemes, [hello.frame], "the ClientHello lists no ecdsa_secp521r1_sha512"),
        ])
    }
    return nil
  }
}
