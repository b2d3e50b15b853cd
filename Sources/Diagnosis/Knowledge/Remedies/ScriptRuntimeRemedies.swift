extension RemedyTable {
  /// Python's ssl module and what stands on it (requests, urllib3, httpx, aiohttp).
  static let python = RemedyTable(
    name: "Python",
    client: [
      .tlsVersion: [.init("Set the range", "context.minimum_version = ssl.TLSVersion.TLSv1_2")],
      .tlsCipherSuite: [
        .init("Set the TLS 1.2 list (the 1.3 suites are always offered)", "context.set_ciphers(\"DEFAULT\")")
      ],
      .tlsGroup: [
        .init("Widen the group: set_ecdh_curve limits the context to one", "context.set_ecdh_curve(\"prime256v1\")")
      ],
      .tlsSNIMissing: [
        .init("Pass the name", "context.wrap_socket(sock, server_hostname=\"{name|NAME}\")")
      ],
      .tlsALPN: [.init("Offer both protocols", "context.set_alpn_protocols([\"h2\", \"http/1.1\"])")],
      .tlsExtension: [
        .init(
          "Old servers without secure renegotiation need ssl.OP_LEGACY_SERVER_CONNECT (Python 3.12)",
          "context.options |= ssl.OP_LEGACY_SERVER_CONNECT")
      ],
      .appPlaintextServer: [
        .init("WRONG_VERSION_NUMBER or RECORD_LAYER_FAILURE means a plaintext answer: use http:// or the TLS port")
      ],
      .certSelfSigned: pythonTrust,
      .certUntrusted: pythonTrust,
      .certIncompleteChain: pythonTrust,
      .certRejected: pythonTrust,
      .certWeak: [
        .init("To confirm only: lower OpenSSL's security level", "context.set_ciphers(\"DEFAULT@SECLEVEL=0\")")
      ],
      .certUsage: [
        .init(
          "Python 3.13 verifies strictly (VERIFY_X509_STRICT): reissue the certificate with the extensions RFC 5280 asks for"
        )
      ],
      .certClientRequired: [
        .init(
          "Load a client certificate (requests: cert=(\"client.pem\", \"client.key\"))",
          "context.load_cert_chain(\"client.pem\", \"client.key\")")
      ],
      .certClientRejected: [
        .init(
          "Load the certificate with its intermediates in one file",
          "context.load_cert_chain(\"client-chain.pem\", \"client.key\")")
      ],
    ],
    server: [
      .tlsVersion: [.init("Set the range", "context.minimum_version = ssl.TLSVersion.TLSv1_2")],
      .tlsSNIUnrecognized: [
        .init(
          "See what `context.sni_callback` returns for {name|that name}: an alert or an exception ends the handshake")
      ],
      .tlsALPN: [.init("Offer both protocols", "context.set_alpn_protocols([\"h2\", \"http/1.1\"])")],
      .certIncompleteChain: [
        .init("Load the whole chain", "context.load_cert_chain(\"fullchain.pem\", \"privkey.pem\")")
      ],
      .certClientRequired: [.init("Make it optional", "context.verify_mode = ssl.CERT_OPTIONAL")],
      .certClientRejected: [.init("Load the client's authority", "context.load_verify_locations(\"client-ca.pem\")")],
    ])

  /// Node.js.
  static let node = RemedyTable(
    name: "Node.js",
    client: [
      .dnsNoAnswer: [.init("ENOTFOUND: check the name with the system's resolver", "getent ahosts {name|NAME}")],
      .tcpAddressFamily: [
        .init(
          "Choose the family (option `family: 4` or `6`), or let Node try both (`autoSelectFamily`, on since 20)",
          "node --dns-result-order=ipv4first …")
      ],
      .tlsVersion: [.init("Widen the range (options minVersion, maxVersion)", "node --tls-min-v1.2 --tls-max-v1.3 …")],
      .tlsCipherSuite: [.init("Set the list", "node --tls-cipher-list=DEFAULT …")],
      .tlsGroup: [.init("Option `ecdhCurve: 'auto'`")],
      .tlsSNIMissing: [.init("Option `servername: '{name|NAME}'`")],
      .tlsALPN: [.init("Option `ALPNProtocols: ['h2', 'http/1.1']`")],
      .tlsExtension: [
        .init(
          "Old servers without secure renegotiation: option `secureOptions: crypto.constants.SSL_OP_LEGACY_SERVER_CONNECT`"
        )
      ],
      .certSelfSigned: nodeTrust,
      .certUntrusted: nodeTrust,
      .certIncompleteChain: nodeTrust,
      .certRejected: nodeTrust,
      .certNameMismatch: [
        .init("ERR_TLS_CERT_ALTNAME_INVALID: connect by a name of the certificate, or set `servername` to it")
      ],
      .certWeak: [
        .init("To confirm only: lower OpenSSL's security level", "node --tls-cipher-list=DEFAULT@SECLEVEL=0 …")
      ],
      .certClientRequired: [.init("Options `cert` and `key` (or `pfx`) of the request or agent")],
      .certClientRejected: [.init("Put certificate and intermediates into `cert`, leaf first")],
    ],
    server: [
      .tlsVersion: [.init("Options `minVersion: 'TLSv1.2'`, `maxVersion: 'TLSv1.3'`")],
      .tlsALPN: [.init("Option `ALPNProtocols: ['h2', 'http/1.1']`; http2 servers: `allowHTTP1: true`")],
      .certIncompleteChain: [.init("Option `cert`: leaf and intermediates in one PEM text")],
      .certClientRequired: [
        .init("Option `rejectUnauthorized: false` asks without demanding; check `socket.authorized` yourself")
      ],
      .certClientRejected: [.init("Option `ca`: the client's authority")],
    ])

  private static let pythonTrust: [RemedyTemplate] = [
    .init(
      "Load the authority (requests: verify=\"ca.pem\" or REQUESTS_CA_BUNDLE, which brings its own list, certifi)",
      "context.load_verify_locations(\"ca.pem\")"),
    .init("Or name it for the whole process", "SSL_CERT_FILE=ca.pem python …"),
  ]

  private static let nodeTrust: [RemedyTemplate] = [
    .init(
      "Add the authority: Node brings its own list and ignores the system's",
      "NODE_EXTRA_CA_CERTS=ca.pem node …"),
    .init("Or use the system's store (Node 22.15, 23.8 or later)", "node --use-system-ca …"),
  ]
}
