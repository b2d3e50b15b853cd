import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let certClientRejected = Mechanism(
    MechanismID(.certClientRejected),
    CauseDescription(
      "Client certificate refused",
      "The client sent a certificate, and the server did not accept it.",
      evidence: "an alert or close from the server after the client's Certificate"),
    stage: .keyExchange,
    binds: [.server],
    state: { story in
      guard let sent = story.connection?.transcript.clientCertificates, let leaf = sent.value.first?.facts else {
        return nil
      }
      return State(
        leaf.identity,
        [
          story.observed(
            .clientCertificate, [sent.frame],
            "the client sends the certificate \(Escaped.text(leaf.subject)), issued by \(Escaped.text(leaf.issuer))")
        ])
    },
    reaction: { state, inquiry in
      guard let refused = RefusedClientCertificate(inquiry),
        let sent = refused.sent, let leaf = sent.value.first?.facts,
        refused.alert?.mayConcernCertificate != false
      else { return nil }
      let hasExpired = leaf.notAfter.map { $0 < sent.time.nanoseconds / 1_000_000_000 } ?? false
      return Claim(
        refused.alert?.concernsCertificate == true ? .proof : refused.alert == .decryptError ? .usual : .strong,
        "The server refuses the client's certificate \(Escaped.text(leaf.subject))"
          + (hasExpired ? ", which has expired" : ""),
        state.observations + [refused.ending] + inquiry.failingStory.acceptedAuthorities)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Put the certificate with its intermediates into the key store, issued for clientAuth",
            "keytool -list -v -keystore client.p12")
        ],
        .curl: [
          .init("Send the certificate with its intermediates", "curl -v --cert client-chain.pem --key client.key {url}")
        ],
        .python: [
          .init(
            "Load the certificate with its intermediates in one file",
            "context.load_cert_chain(\"client-chain.pem\", \"client.key\")")
        ],
        .node: [.init("Put certificate and intermediates into `cert`, leaf first")],
        .any: [
          .init("Use a certificate that is valid, for client authentication, from an accepted authority")
        ],
      ],
      server: [
        .java: [
          .init(
            "Import the client's authority into the server's trust store",
            "keytool -importcert -keystore truststore.p12 -alias client-ca -file client-ca.pem")
        ],
        .rustls: [
          .init(
            "Add the client's authority to the roots of `WebPkiClientVerifier`; the log names the reason (UnknownIssuer, "
              + "Expired, InvalidPurpose)")
        ],
        .granian: [
          .init("Name the client's authority", "granian --ssl-ca client-ca.pem --ssl-client-verify …")
        ],
        .opensslCommand: [
          .init(
            "Load the client's authority (SSL_CTX_load_verify_locations)",
            "openssl verify -purpose sslclient -CAfile client-ca.pem client.pem")
        ],
        .python: [.init("Load the client's authority", "context.load_verify_locations(\"client-ca.pem\")")],
        .node: [.init("Option `ca`: the client's authority")],
        .nginx: [
          .init("Name the client's authority", "ssl_client_certificate client-ca.pem; ssl_verify_depth 2;")
        ],
        .haproxy: [
          .init(
            "Name the client's authority", "bind :{port|443} ssl crt site.pem ca-file client-ca.pem verify required")
        ],
        .apache: [.init("Name the client's authority", "SSLCACertificateFile client-ca.pem")],
        .go: [.init("Add the client's authority to tls.Config.ClientCAs")],
        .dotNet: [
          .init("Import the client's authority into the machine's trusted roots, and check its revocation list's reach")
        ],
        .any: [
          .init("Add the client's authority to the accepted ones; read the log for the exact reason")
        ],
      ],
      steps: [
        .init(
          "Check the client certificate against the server's authority",
          "openssl verify -purpose sslclient -CAfile server-client-ca.pem client.pem")
      ], asksForLogs: true,
      confirm: { CertificateConfirmation.clientCertificate($0) }))
}
