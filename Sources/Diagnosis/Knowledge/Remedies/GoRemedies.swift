extension RemedyTable {
  static let go = RemedyTable(
    name: "Go",
    client: [
      .tlsVersion: [
        .init(
          "Set tls.Config.MinVersion: clients start at TLS 1.2 by default", "tls.Config{MinVersion: tls.VersionTLS12}")
      ],
      .tlsCipherSuite: [
        .init(
          "Set tls.Config.CipherSuites (TLS 1.2 only). RSA key exchange is off since Go 1.22, 3DES since 1.23",
          "GODEBUG=tlsrsakex=1 …")
      ],
      .tlsGroup: [.init("Widen tls.Config.CurvePreferences")],
      .tlsSNIMissing: [.init("Set tls.Config.ServerName", "tls.Config{ServerName: \"{name|NAME}\"}")],
      .tlsALPN: [.init("Set tls.Config.NextProtos", "tls.Config{NextProtos: []string{\"h2\", \"http/1.1\"}}")],
      .tlsIntolerance: [.init("Leave the post-quantum share out to confirm, not as the fix", "GODEBUG=tlsmlkem=0 …")],
      .tcpPathMTU: [.init("Leave the post-quantum share out to confirm, not as the fix", "GODEBUG=tlsmlkem=0 …")],
      .appPlaintextServer: [.init("\"first record does not look like a TLS handshake\": use http://, or the TLS port")],
      .certSelfSigned: goTrust,
      .certUntrusted: goTrust,
      .certIncompleteChain: goTrust,
      .certRejected: goTrust,
      .certNameMismatch: [
        .init("Go ignores the common name (since 1.15): the certificate needs {name|the name in use} as a SAN")
      ],
      .certClientRequired: [
        .init(
          "Set tls.Config.Certificates, or GetClientCertificate; Go sends none whose issuer the "
            + "server does not name")
      ],
    ],
    server: [
      .appPlaintextClient: [
        .init("net/http answers plain HTTP on a TLS port with \"Client sent an HTTP request to an HTTPS server.\"")
      ],
      .tlsVersion: [
        .init(
          "Set tls.Config.MinVersion: servers start at TLS 1.2 since Go 1.22",
          "tls.Config{MinVersion: tls.VersionTLS12}")
      ],
      .tlsCipherSuite: [
        .init(
          "Set tls.Config.CipherSuites (TLS 1.2 only); RSA key exchange is off since Go 1.22", "GODEBUG=tlsrsakex=1 …")
      ],
      .tlsGroup: [.init("Widen tls.Config.CurvePreferences")],
      .tlsSNIUnrecognized: [
        .init("See what tls.Config.GetCertificate returns for {name|that name} (autocert: HostPolicy)")
      ],
      .tlsALPN: [.init("Add http/1.1 to tls.Config.NextProtos")],
      .certIncompleteChain: [
        .init("Give tls.LoadX509KeyPair the whole chain", "tls.LoadX509KeyPair(\"fullchain.pem\", \"privkey.pem\")")
      ],
      .certClientRequired: [.init("Make it optional", "tls.Config{ClientAuth: tls.VerifyClientCertIfGiven}")],
      .certClientRejected: [.init("Add the client's authority to tls.Config.ClientCAs")],
    ])

  private static let goTrust: [RemedyTemplate] = [
    .init("Set tls.Config.RootCAs; x509.SystemCertPool gives the system's", "pool.AppendCertsFromPEM(pem)"),
    .init("Or name the authority for the process (Unix)", "SSL_CERT_FILE=ca.pem …"),
  ]
}
