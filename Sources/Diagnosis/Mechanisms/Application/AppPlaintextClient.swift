import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextClient = Mechanism(
    MechanismID(.appPlaintextClient),
    CauseDescription(
      "Client does not speak TLS",
      "The client sent plaintext to a port that expects TLS, as http:// to an https port does.",
      evidence:
        "the client's first bytes are an HTTP request or another protocol's text; an alert, a 400 response or "
        + "a close answers it"),
    stage: .firstBytes,
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .curl: [.init("Use https://", "curl -v {url}")],
        .nginx: [.init("As a proxy: the upstream speaks TLS", "proxy_pass https://{bare-endpoint};")],
        .haproxy: [
          .init("The backend speaks TLS: add ssl", "server s1 {bare-endpoint} ssl verify required ca-file ca.pem")
        ],
        .any: [.init("Use https:// (or switch TLS on) for this port")],
      ],
      server: [
        .rustls: [
          .init("rustls logs InvalidMessage(InvalidContentType) and answers decode_error: the client spoke plaintext")
        ],
        .nginx: [
          .init(
            "nginx answers plain HTTP on a TLS port with 400 (code 497): send such clients to https",
            "error_page 497 https://$host:$server_port$request_uri;")
        ],
        .apache: [
          .init("\"Reason: You're speaking plain HTTP to an SSL-enabled server port\": use https://")
        ],
        .go: [
          .init("net/http answers plain HTTP on a TLS port with \"Client sent an HTTP request to an HTTPS server.\"")
        ],
        .any: [.init("Redirect the plaintext port to the TLS port, so that clients learn the right one")],
      ], steps: [.init("Confirm that the port speaks TLS", "openssl s_client -connect {endpoint} </dev/null")]))
}
