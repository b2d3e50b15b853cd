import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequired = Mechanism(
    MechanismID(.certClientRequired),
    CauseDescription(
      "Client certificate required",
      "The server asks for a certificate from the client, and the client sends none.",
      evidence: "a CertificateRequest answered by an empty Certificate; then alert certificate_required (116), "
        + "handshake_failure (40), bad_certificate (42) or a close"),
    stage: .keyExchange,
    event: { inquiry in
      guard let ending = inquiry.ending, inquiry.connection?.serverHello != nil,
        ending.alert == .certificateRequired, let frame = ending.frame
      else { return nil }
      return Claim(
        .proof, "The server requires a client certificate, and the client sent none",
        [inquiry.observed(.ending, [frame], "server alert certificate_required (116)")]
          + inquiry.failingStory.certificateRequest)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Give Java a key store with certificate and key; its issuer must be among the authorities that the server "
              + "names, or Java sends none",
            "java -Djavax.net.ssl.keyStore=client.p12 -Djavax.net.ssl.keyStoreType=PKCS12 "
              + "-Djavax.net.ssl.keyStorePassword=… …"),
          .init("See which entry Java could choose", "keytool -list -v -keystore client.p12"),
        ],
        .rustls: [
          .init(
            "Give the client a certificate",
            "ClientConfig::builder().with_root_certificates(roots)"
              + ".with_client_auth_cert(chain, key)")
        ],
        .curl: [.init("Send a client certificate", "curl -v --cert client.pem --key client.key {url}")],
        .opensslCommand: [
          .init(
            "Send a client certificate",
            "openssl s_client -connect {endpoint} -cert client.pem -key client.key </dev/null")
        ],
        .python: [
          .init(
            "Load a client certificate (requests: cert=(\"client.pem\", \"client.key\"))",
            "context.load_cert_chain(\"client.pem\", \"client.key\")")
        ],
        .node: [.init("Options `cert` and `key` (or `pfx`) of the request or agent")],
        .nginx: [
          .init("As a proxy", "proxy_ssl_certificate client.pem; proxy_ssl_certificate_key client.key;")
        ],
        .haproxy: [.init("Towards a backend", "server s1 {bare-endpoint} ssl crt client-and-key.pem")],
        .go: [
          .init(
            "Set tls.Config.Certificates, or GetClientCertificate; Go sends none whose issuer the "
              + "server does not name")
        ],
        .gnutls: [
          .init(
            "Send a client certificate",
            "gnutls-cli --x509certfile client.pem --x509keyfile client.key -p {port|443} {host|HOST}")
        ],
        .dotNet: [.init("Add a certificate with private key to HttpClientHandler.ClientCertificates")],
        .chrome: [.init("Import the client certificate with its key (PKCS#12) into the system's store")],
        .firefox: [
          .init("Import the client certificate (PKCS#12) in Settings, Certificates, Your Certificates")
        ],
        .any: [.init("Configure a client certificate issued by an authority that the server names")],
      ],
      server: [
        .java: [
          .init(
            "setWantClientAuth(true) asks for a certificate without demanding it (Tomcat: "
              + "certificateVerification=\"optional\")")
        ],
        .rustls: [
          .init(
            "Make the client certificate optional",
            "WebPkiClientVerifier::builder(roots.into()).allow_unauthenticated().build()?")
        ],
        .granian: [
          .init(
            "Do not demand a client certificate, or tell clients which authority to use",
            "granian --ssl-ca client-ca.pem --no-ssl-client-verify …")
        ],
        .opensslCommand: [
          .init(
            "Verify without demanding: SSL_VERIFY_PEER without SSL_VERIFY_FAIL_IF_NO_PEER_CERT (s_server: -verify instead of -Verify)"
          )
        ],
        .python: [.init("Make it optional", "context.verify_mode = ssl.CERT_OPTIONAL")],
        .node: [
          .init("Option `rejectUnauthorized: false` asks without demanding; check `socket.authorized` yourself")
        ],
        .nginx: [
          .init(
            "nginx completes the handshake and answers 400 when the certificate is missing; make it optional",
            "ssl_verify_client optional;")
        ],
        .haproxy: [
          .init("Make it optional", "bind :{port|443} ssl crt site.pem ca-file client-ca.pem verify optional")
        ],
        .apache: [.init("Make it optional", "SSLVerifyClient optional")],
        .go: [.init("Make it optional", "tls.Config{ClientAuth: tls.VerifyClientCertIfGiven}")],
        .dotNet: [
          .init("IIS: set client certificates to \"Accept\"; Kestrel: ClientCertificateMode.AllowCertificate")
        ],
        .any: [.init("Make the client certificate optional, if it need not be demanded")],
      ],
      steps: [
        .init(
          "See which authorities the server accepts, under \"Acceptable client certificate CA names\"",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null"),
        .init(
          "Try with a client certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -cert client.pem -key client.key </dev/null"),
      ], asksForLogs: true,
      confirm: { CertificateConfirmation.clientCertificate($0) }))
}
