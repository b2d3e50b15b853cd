import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSignatureScheme = Mechanism(
    MechanismID(.tlsSignatureScheme),
    CauseDescription(
      "No signature scheme fits the server's key",
      "The server's certificate has a key with which it cannot sign in any way that the client accepts.",
      evidence: "signature_algorithms without a scheme for the server's key, then alert handshake_failure (40)"),
    stage: .clientHello,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init("Java knows Ed25519 and Ed448 certificates in TLS from 15 on: upgrade"),
          .init("From 17 on, check jdk.tls.client.SignatureSchemes; and jdk.tls.disabledAlgorithms in java.security"),
        ],
        .rustls: [
          .init("rustls knows no RSA with SHA-1, DSA or Ed448: have the server use ECDSA P-256 or RSA")
        ],
        .opensslCommand: [
          .init(
            "Check SignatureAlgorithms in openssl.cnf",
            "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
        ],
        .any: [.init("Upgrade to a version that knows the server's kind of key")],
      ],
      server: [
        .rustls: [
          .init(
            "Serve an ECDSA P-256 or RSA certificate instead of Ed25519, or one of each with a `ResolvesServerCert`")
        ],
        .opensslCommand: [.init("\"no suitable signature algorithm\": serve an RSA or ECDSA P-256 certificate")],
        .nginx: [.init("Serve an RSA and an ECDSA certificate: ssl_certificate may stand twice")],
        .any: [.init("Serve a certificate with an ECDSA P-256 or RSA key, or one of each")],
      ],
      steps: [
        .init(
          "Offer one signature scheme",
          "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
      ], asksForLogs: true))
}
