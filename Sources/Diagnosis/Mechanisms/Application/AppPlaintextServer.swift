import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextServer = Mechanism(
    MechanismID(.appPlaintextServer),
    CauseDescription(
      "Server answers without TLS",
      "The port speaks a plaintext protocol: the server answered the ClientHello with something that is not TLS.",
      evidence: "the server's first bytes are HTTP, SSH, SMTP or another protocol's text"),
    stage: .firstBytes,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "\"Unsupported or unrecognized SSL message\": use http://, the TLS port, or the protocol's STARTTLS property "
              + "(JavaMail: mail.smtp.starttls.enable=true)")
        ],
        .curl: [
          .init("\"wrong version number\" means a plaintext answer: use http://", "curl -v http://{endpoint}/")
        ],
        .python: [
          .init("WRONG_VERSION_NUMBER or RECORD_LAYER_FAILURE means a plaintext answer: use http:// or the TLS port")
        ],
        .go: [.init("\"first record does not look like a TLS handshake\": use http://, or the TLS port")],
        .any: [.init("Use http:// or the service's TLS port: this one speaks plaintext")],
      ],
      server: [
        .granian: [
          .init("Give granian a certificate and key", "granian --ssl-certificate cert.pem --ssl-keyfile key.pem …")
        ],
        .actix: [.init("Use `bind_rustls_0_23` instead of `bind` for this port")],
        .nginx: [.init("Switch TLS on for this port", "listen {port|443} ssl;")],
        .haproxy: [.init("Switch TLS on", "bind :{port|443} ssl crt site.pem")],
        .apache: [.init("Switch TLS on in the virtual host of this port", "SSLEngine on")],
        .any: [.init("Enable TLS on this port")],
      ], steps: [.init("See what the port says to plain HTTP", "curl -v http://{endpoint}/")]))
}
