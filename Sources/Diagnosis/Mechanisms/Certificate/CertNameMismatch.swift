import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certNameMismatch = Mechanism(
    MechanismID(.certNameMismatch),
    CauseDescription(
      "Certificate is for another name",
      "None of the names in the server's certificate matches the name or address that the client asked for.",
      evidence: "server_name or the address against the certificate's subjectAltName; alert bad_certificate (42) or "
        + "certificate_unknown (46)"),
    stage: .certificate,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "Java compares with the URL's host: use a name from the certificate. IP addresses must stand in it as IP "
              + "entries")
        ],
        .rustls: [
          .init("rustls ignores the common name: the certificate needs {name|the name in use} as a SAN")
        ],
        .curl: [
          .init(
            "Ask by a name of the certificate, at the same address",
            "curl -v --connect-to ::{address|ADDRESS}:{port|443} https://NAME-IN-CERTIFICATE:{port|443}/")
        ],
        .node: [
          .init("ERR_TLS_CERT_ALTNAME_INVALID: connect by a name of the certificate, or set `servername` to it")
        ],
        .nginx: [
          .init("As a proxy: name the upstream", "proxy_ssl_name {name|NAME}; proxy_ssl_server_name on;")
        ],
        .go: [
          .init("Go ignores the common name (since 1.15): the certificate needs {name|the name in use} as a SAN")
        ],
        .apple: [
          .init("Apple ignores the common name: the certificate needs {name|the name in use} as a SAN")
        ],
        .any: [.init("Connect by a name that the certificate lists")],
      ],
      server: [
        .any: [.init("Reissue with {name|the name in use} in subjectAltName")]
      ],
      steps: [
        .init(
          "Read the names in the served certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | "
            + "openssl x509 -noout -ext subjectAltName")
      ]))
}
