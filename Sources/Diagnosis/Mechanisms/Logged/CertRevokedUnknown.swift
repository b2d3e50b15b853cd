import TLSProtocol

extension Mechanism {
  static let certRevokedUnknown = Mechanism.logged(
    MechanismID(.certRevoked, "unknown"),
    CauseDescription(
      "Revocation status could not be learnt",
      "The client must know whether the certificate is revoked, and does not find out: the revocation list or OCSP responder is "
        + "not reached, is out of date, or was not given to it. The certificate itself may be sound.",
      evidence: "a line of the client's log"),
    stage: .certificate,
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init("As a stopgap switch revocation checks off", "java -Dcom.sun.net.ssl.checkRevocation=false …")
        ],
        .curl: [.init("On Windows, as a stopgap", "curl -v --ssl-revoke-best-effort {url}")],
        .any: [
          .init(
            "Let the client reach the list or responder that the certificate names, or give it a present list for every authority of "
              + "the chain")
        ],
      ],
      server: [
        .any: [
          .init("Staple the OCSP response, so that clients need not ask; renew the revocation list before it runs out")
        ]
      ],
      steps: [
        .init(
          "See where the certificate says that its status is to be had",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -ext "
            + "crlDistributionPoints,authorityInfoAccess")
      ]))
}
