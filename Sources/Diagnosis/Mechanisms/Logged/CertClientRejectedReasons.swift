import TLSProtocol

/// What the server's log says against the client's certificate: packets show only that it was refused.
extension Mechanism {
  static let certClientRejectedUsage = Mechanism.logged(
    MechanismID(.certClientRejected, "usage"),
    CauseDescription(
      "Client certificate not meant for clients",
      "The client's certificate does not allow client authentication: its extendedKeyUsage lacks clientAuth, or its keyUsage "
        + "digitalSignature. A server's certificate that serves as a client's is the usual case.",
      evidence: "a line of the server's log"),
    stage: .keyExchange,
    advice: Advice(
      mends: .client,
      client: [
        .any: [
          .init(
            "Use a certificate that is issued for client authentication (extendedKeyUsage clientAuth)",
            "openssl x509 -in client.pem -noout -ext extendedKeyUsage,keyUsage")
        ]
      ],
      server: [.any: [.init("Nothing: the authority has to issue the client's certificate with clientAuth")]],
      steps: [
        .init(
          "Check it for the purpose", "openssl verify -purpose sslclient -CAfile server-client-ca.pem client.pem")
      ]))

  static let certClientRejectedExpired = Mechanism.logged(
    MechanismID(.certClientRejected, "expired"),
    CauseDescription(
      "Client certificate out of its time",
      "The client's certificate has expired or is not yet valid by the server's clock.",
      evidence: "a line of the server's log"),
    stage: .keyExchange,
    advice: Advice(
      mends: .client,
      client: [
        .any: [.init("Renew the client's certificate", "openssl x509 -in client.pem -noout -dates")]
      ],
      server: [.any: [.init("Check the server's clock", "date -u")]],
      steps: [.init("Read its dates", "openssl x509 -in client.pem -noout -dates")]))

  static let certClientRejectedUntrusted = Mechanism.logged(
    MechanismID(.certClientRejected, "untrusted"),
    CauseDescription(
      "Client certificate from an authority that the server does not know",
      "The server finds no chain from the client's certificate to an authority that it accepts for clients: that authority is "
        + "missing in the server's list, or the client did not send an intermediate.",
      evidence: "a line of the server's log"),
    stage: .keyExchange,
    advice: Advice(mends: .server))
}
