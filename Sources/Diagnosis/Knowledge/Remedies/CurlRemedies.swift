extension RemedyTable {
  /// curl and libcurl, with OpenSSL in mind.
  static let curl = RemedyTable(
    name: "curl",
    client: [
      .dnsNoAnswer: [
        .init("Bypass the resolver to test the rest", "curl -v --resolve {name|NAME}:{port|443}:ADDRESS {url}")
      ],
      .tcpAddressFamily: [.init("Choose the family that works", "curl {working-flag|-4} -v {url}")],
      .tcpPathMTU: [.init("Confirm with a small hello", "curl -v --curves X25519 {url}")],
      .appPlaintextServer: [
        .init("\"wrong version number\" means a plaintext answer: use http://", "curl -v http://{endpoint}/")
      ],
      .appPlaintextClient: [.init("Use https://", "curl -v {url}")],
      .appStartTLS: [.init("Upgrade instead of starting with TLS", "curl -v --ssl-reqd smtp://{endpoint}")],
      .appProxyProtocol: [.init("Send the header", "curl -v --haproxy-protocol {url}")],
      .tlsVersion: [.init("Allow older or newer versions", "curl -v --tlsv1.2 --tls-max 1.3 {url}")],
      .tlsCipherSuite: [
        .init(
          "Offer the suite that works (TLS 1.3 suites go into --tls13-ciphers)",
          "curl -v --{curl-suite-option|ciphers} {openssl-suite|DEFAULT} {url}")
      ],
      .tlsGroup: [.init("Offer the server's group", "curl -v --curves {openssl-group|X25519:P-256:P-384} {url}")],
      .tlsSNIMissing: [
        .init(
          "Connect by name, even to a fixed address",
          "curl -v --connect-to ::{address|ADDRESS}: https://{name|NAME}:{port|443}/")
      ],
      .tlsALPN: [.init("Offer http/1.1 only, or none", "curl -v --http1.1 {url} ; curl -v --no-alpn {url}")],
      .tlsResumption: [.init("Start without a session", "curl -v --no-sessionid {url}")],
      .certSelfSigned: authority,
      .certUntrusted: authority,
      .certIncompleteChain: authority,
      .certRejected: authority,
      .certNameMismatch: [
        .init(
          "Ask by a name of the certificate, at the same address",
          "curl -v --connect-to ::{address|ADDRESS}:{port|443} https://NAME-IN-CERTIFICATE:{port|443}/")
      ],
      .certWeak: [
        .init("To confirm only: lower OpenSSL's security level", "curl -v --ciphers DEFAULT@SECLEVEL=0 {url}")
      ],
      .certClientRequired: [.init("Send a client certificate", "curl -v --cert client.pem --key client.key {url}")],
      .certClientRejected: [
        .init("Send the certificate with its intermediates", "curl -v --cert client-chain.pem --key client.key {url}")
      ],
    ])

  /// OpenSSL's own program, and programs on OpenSSL that are not known better.
  static let opensslCommand = RemedyTable(
    name: "OpenSSL",
    client: [
      .tlsVersion: [
        .init(
          "Check MinProtocol in openssl.cnf, and the program's own minimum",
          "openssl s_client -connect {endpoint} -tls1_2 </dev/null")
      ],
      .tlsCipherSuite: [
        .init(
          "Check CipherString in openssl.cnf, and the program's cipher list",
          "openssl s_client -connect {endpoint} -{suite-option|cipher} {openssl-suite|DEFAULT} </dev/null")
      ],
      .tlsGroup: [
        .init(
          "Check Groups in openssl.cnf (SSL_CTX_set1_groups_list)",
          "openssl s_client -connect {endpoint} -groups {openssl-group|X25519:P-256} </dev/null")
      ],
      .tlsSignatureScheme: [
        .init(
          "Check SignatureAlgorithms in openssl.cnf",
          "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
      ],
      .tlsSNIMissing: [
        .init(
          "Name the server (SSL_set_tlsext_host_name)",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null")
      ],
      .tlsALPN: [
        .init("Offer both (SSL_set_alpn_protos)", "openssl s_client -connect {endpoint} -alpn h2,http/1.1 </dev/null")
      ],
      .tlsExtension: [
        .init(
          "OpenSSL 3 refuses servers without secure renegotiation: -legacy_server_connect, or option "
            + "UnsafeLegacyServerConnect in openssl.cnf, confirms it",
          "openssl s_client -connect {endpoint} -legacy_server_connect </dev/null")
      ],
      .tlsFallback: [
        .init(
          "Leave SSL_MODE_SEND_FALLBACK_SCSV (-fallback_scsv) out: it belongs on a retry only",
          "openssl s_client -connect {endpoint} </dev/null")
      ],
      .tlsResumption: [
        .init(
          "Do not resume; pre-shared keys and identities must be the same on both sides",
          "openssl s_client -connect {endpoint} -no_ticket </dev/null")
      ],
      .certSelfSigned: opensslTrust,
      .certUntrusted: opensslTrust,
      .certRejected: opensslTrust,
      .certWeak: [
        .init(
          "To confirm only: lower the security level",
          "openssl s_client -connect {endpoint} -cipher DEFAULT@SECLEVEL=0 </dev/null")
      ],
      .certClientRequired: [
        .init(
          "Send a client certificate",
          "openssl s_client -connect {endpoint} -cert client.pem -key client.key </dev/null")
      ],
    ],
    server: [
      .tlsVersion: [.init("Check MinProtocol and MaxProtocol in openssl.cnf, and the program's own range")],
      .tlsCipherSuite: [
        .init(
          "\"no shared cipher\" also says that no certificate fits the offered suites: check key type and cipher list")
      ],
      .tlsGroup: [.init("\"no suitable key share\": widen Groups (SSL_CTX_set1_groups_list)")],
      .tlsSignatureScheme: [.init("\"no suitable signature algorithm\": serve an RSA or ECDSA P-256 certificate")],
      .tlsResumption: [.init("\"binder does not verify\": the pre-shared keys of the two sides differ")],
      .certClientRequired: [
        .init(
          "Verify without demanding: SSL_VERIFY_PEER without SSL_VERIFY_FAIL_IF_NO_PEER_CERT (s_server: -verify instead of -Verify)"
        )
      ],
      .certClientRejected: [
        .init(
          "Load the client's authority (SSL_CTX_load_verify_locations)",
          "openssl verify -purpose sslclient -CAfile client-ca.pem client.pem")
      ],
    ])

  private static let authority: [RemedyTemplate] = [
    .init("Name the authority; note that -k hides exactly this problem", "curl -v --cacert ca.pem {url}"),
    .init(
      "Or install it system-wide (Debian)",
      "cp ca.pem /usr/local/share/ca-certificates/my-ca.crt && update-ca-certificates"),
  ]

  private static let opensslTrust: [RemedyTemplate] = [
    .init(
      "Name the authority, or set SSL_CERT_FILE for the program",
      "openssl s_client -connect {endpoint} -CAfile ca.pem -verify_return_error </dev/null")
  ]
}
