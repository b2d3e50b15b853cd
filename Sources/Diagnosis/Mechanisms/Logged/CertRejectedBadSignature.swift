import TLSProtocol

extension Mechanism {
  static let certRejectedBadSignature = Mechanism.logged(
    MechanismID(.certRejected, "bad-signature"),
    CauseDescription(
      "A signature in the chain does not verify for the client",
      "The client finds an issuer, and the signature does not hold: the issuer of that name has another key, or the client's "
        + "crypto provider does not verify this kind of signature, such as P-521 with rustls on ring.",
      evidence: "a line of the client's log"),
    stage: .certificate,
    advice: Advice(
      mends: .server,
      client: [
        .rustls: [
          .init(
            "Use the crypto provider aws-lc-rs, which verifies P-521; ring does not",
            "rustls::crypto::aws_lc_rs::default_provider().install_default()")
        ],
        .any: [
          .init(
            "Use a stack, or a version of it, that verifies this kind of signature; and see that it holds the authority's present "
              + "certificate, not a former one of the same name")
        ],
      ],
      server: [
        .any: [
          .init(
            "Have the chain signed with a key that all clients verify (P-256, P-384, or RSA of 2048 bits and more), and send the "
              + "intermediate that really issued the certificate")
        ]
      ],
      steps: [
        .init(
          "See with which keys the chain is signed, and whether the signatures hold",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts </dev/null")
      ]))
}
