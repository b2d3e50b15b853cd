import TLSProtocol

extension Mechanism {
  static let tlsIntoleranceLargeMessage = Mechanism.logged(
    MechanismID(.tlsIntolerance, "large-message"),
    CauseDescription(
      "A handshake message is larger than its receiver takes",
      "Stacks bound the handshake messages that they read: Java takes 32 KB, OpenSSL 100 KB of certificates. A server that names "
        + "hundreds of authorities for client certificates, or a very long chain, goes beyond that.",
      evidence: "a line of the receiver's log"),
    stage: .certificate,
    advice: Advice(
      mends: .server,
      client: [
        .java: [.init("Take larger messages", "java -Djdk.tls.maxHandshakeMessageSize=131072 …")],
        .any: [.init("Raise the limit of the receiving side (OpenSSL: SSL_CTX_set_max_cert_list)")],
      ],
      server: [
        .nginx: [
          .init(
            "Name only the authorities that clients have certificates of; ssl_trusted_certificate is not announced",
            "ssl_client_certificate few-cas.pem;")
        ],
        .apache: [.init("Announce few authorities", "SSLCADNRequestFile few-cas.pem")],
        .any: [.init("Announce only the authorities that clients have certificates of, and send a short chain")],
      ],
      steps: [
        .init(
          "Count the authorities that the server announces",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null 2>/dev/null | sed -n '/Acceptable client/,/---/p' | wc -l"
        )
      ]))
}
