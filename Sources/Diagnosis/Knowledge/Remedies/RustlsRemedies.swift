extension RemedyTable {
  /// rustls itself, whatever is built on it.
  static let rustls = RemedyTable(
    name: "rustls",
    client: [
      .tlsVersion: [
        .init(
          "Enable the crate's `tls12` feature and both versions; rustls has no TLS 1.1 or older",
          "ClientConfig::builder_with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])")
      ],
      .tlsCipherSuite: [
        .init(
          "rustls offers only ECDHE with AES-GCM or ChaCha20 (no RSA key exchange, no CBC): widen the server, or check "
            + "the provider's `cipher_suites`")
      ],
      .tlsGroup: [.init("Check the provider's `kx_groups`: X25519, P-256 and P-384 by default")],
      .tlsSignatureScheme: [
        .init("rustls knows no RSA with SHA-1, DSA or Ed448: have the server use ECDSA P-256 or RSA")
      ],
      .tlsSNIMissing: [.init("Pass a `ServerName::DnsName`, and leave `config.enable_sni` true")],
      .tlsALPN: [
        .init("Offer both protocols", "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
      ],
      .tlsExtension: [.init("`config.require_ems = false` where a TLS 1.2 server cannot send extended_master_secret")],
      .tlsResumption: [
        .init("Switch resumption off for a test", "config.resumption = rustls::client::Resumption::disabled();")
      ],
      .tcpPathMTU: [
        .init("Leave X25519MLKEM768 out of the provider's `kx_groups` to confirm, not as the fix")
      ],
      .tlsIntolerance: [
        .init("Leave X25519MLKEM768 out (feature `prefer-post-quantum`, provider's `kx_groups`) to confirm")
      ],
      .certUntrusted: rootStore,
      .certSelfSigned: rootStore,
      .certRejected: rootStore,
      .certNameMismatch: [
        .init("rustls ignores the common name: the certificate needs {name|the name in use} as a SAN")
      ],
      .certClientRequired: [
        .init(
          "Give the client a certificate",
          "ClientConfig::builder().with_root_certificates(roots)"
            + ".with_client_auth_cert(chain, key)")
      ],
    ],
    server: [
      .tcpAddressFamily: [
        .init(
          "Bind the listener to both families",
          "TcpListener::bind(\"[::]:{port}\")   // and \"0.0.0.0:{port}\" "
            + "where dual stack is off")
      ],
      .appPlaintextClient: [
        .init("rustls logs InvalidMessage(InvalidContentType) and answers decode_error: the client spoke plaintext")
      ],
      .tlsVersion: [
        .init(
          "Accept TLS 1.2 as well: enable the crate's `tls12` feature; rustls has no TLS 1.1 or older",
          "ServerConfig::builder_with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])")
      ],
      .tlsCipherSuite: [
        .init(
          "rustls accepts only ECDHE with AES-GCM or ChaCha20 (no RSA key exchange, no CBC): check the provider's "
            + "`cipher_suites`, and in TLS 1.2 that they fit the certificate's key")
      ],
      .tlsGroup: [.init("Check the provider's `kx_groups`: X25519, P-256 and P-384 by default")],
      .tlsSignatureScheme: [
        .init("Serve an ECDSA P-256 or RSA certificate instead of Ed25519, or one of each with a `ResolvesServerCert`")
      ],
      .tlsSNIMissing: [
        .init(
          "`ResolvesServerCertUsingSni` refuses hellos without a name: wrap it in a resolver with a default certificate"
        )
      ],
      .tlsSNIUnrecognized: [
        .init("Add the name to `ResolvesServerCertUsingSni`", "resolver.add(\"{name|NAME}\", certified_key)?;")
      ],
      .tlsALPN: [
        .init("Speak both protocols", "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
      ],
      .tlsExtension: [
        .init("`config.require_ems = false` where TLS 1.2 clients without extended_master_secret must be served")
      ],
      .tlsResumption: [.init("Give all instances the same `ticketer`, or none", "config.send_tls13_tickets = 0;")],
      .certIncompleteChain: [
        .init("Hand rustls the whole chain, leaf first", ".with_single_cert(vec![leaf, intermediate], key)?")
      ],
      .certClientRequired: [
        .init(
          "Make the client certificate optional",
          "WebPkiClientVerifier::builder(roots.into()).allow_unauthenticated().build()?")
      ],
      .certClientRejected: [
        .init(
          "Add the client's authority to the roots of `WebPkiClientVerifier`; the log names the reason (UnknownIssuer, "
            + "Expired, InvalidPurpose)")
      ],
    ])

  /// granian, a Python server on rustls and hyper.
  static let granian = RemedyTable(
    name: "granian",
    server: [
      .tcpRefused: [.init("Check host and port", "granian --host 0.0.0.0 --port {port|8443} …")],
      .tcpAddressFamily: [
        .init(
          "Listen on every address: --host takes one, and :: covers IPv4 too where dual stack is on",
          "granian --host :: --port {port|8443} …")
      ],
      .appPlaintextServer: [
        .init("Give granian a certificate and key", "granian --ssl-certificate cert.pem --ssl-keyfile key.pem …")
      ],
      .tlsVersion: [
        .init("granian accepts TLS 1.3 only by default: lower the minimum", "granian --ssl-protocol-min tls1.2 …")
      ],
      .tlsALPN: [.init("Serve both HTTP versions", "granian --http auto …")],
      .certIncompleteChain: [
        .init("Put leaf and intermediates into one file", "granian --ssl-certificate fullchain.pem …")
      ],
      .certClientRequired: [
        .init(
          "Do not demand a client certificate, or tell clients which authority to use",
          "granian --ssl-ca client-ca.pem --no-ssl-client-verify …")
      ],
      .certClientRejected: [
        .init("Name the client's authority", "granian --ssl-ca client-ca.pem --ssl-client-verify …")
      ],
    ])

  /// Actix Web.
  static let actix = RemedyTable(
    name: "Actix Web",
    server: [
      .tcpRefused: [
        .init(
          "Bind to an address that clients reach; 127.0.0.1 inside a container is reachable from that container only",
          ".bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?")
      ],
      .tcpAddressFamily: [
        .init(
          "Bind both families",
          ".bind_rustls_0_23((\"::\", {port|8443}), config.clone())?.bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?"
        )
      ],
      .tcpClosedOnAccept: [
        .init(
          "In a container, bind 0.0.0.0 instead of 127.0.0.1: the published port otherwise accepts and closes",
          ".bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?")
      ],
      .appPlaintextServer: [.init("Use `bind_rustls_0_23` instead of `bind` for this port")],
    ])

  /// hyper, axum and what uses tokio-rustls.
  static let hyper = RemedyTable(
    name: "hyper",
    server: [
      .tcpAddressFamily: [
        .init(
          "Bind to both families (axum-server: `bind_rustls`)",
          "axum_server::bind_rustls(\"[::]:{port|8443}\".parse()?, config)")
      ],
      .tlsALPN: [
        .init(
          "Offer what the connection builder serves",
          "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
      ],
    ])

  private static let rootStore: [RemedyTemplate] = [
    .init(
      "Add the authority to the client's roots: webpki-roots holds public ones only",
      "roots.add(CertificateDer::from_pem_file(\"ca.pem\")?)?;"),
    .init("Or use the system's store with the crates rustls-native-certs or rustls-platform-verifier"),
  ]
}
