extension NextSteps {
  /// What confirms each cause, independent of stacks.
  static let confirmations: [CauseCode: [RemedyTemplate]] = [
    .dnsNoAnswer: [.init("Ask the same resolver from the client's machine", "getent ahosts {name|NAME}")],
    .tcpRefused: [.init("On the server, see what listens on that port", "ss -ltnp 'sport = :{port}'")],
    .tcpTimeout: [.init("See how far a connection attempt gets", "nc -vz -w 5 {address|HOST} {port}")],
    .tcpUnreachable: [.init("See which hop reports the error", "tracepath -n {address|HOST}")],
    .tcpAddressFamily: [
      .init("Reach for the service over each family", "curl -4 -kv {url} ; curl -6 -kv {url}"),
      .init("On the server, see which addresses it listens on", "ss -ltn 'sport = :{port}'"),
    ],
    .tcpClosedOnAccept: [
      .init("On the server, see which program listens on that port", "ss -ltnp 'sport = :{port}'"),
      .init("Watch what the port does with a plain TLS hello", "openssl s_client -connect {endpoint} </dev/null"),
    ],
    .tcpPathMTU: [
      .init("Find the largest packet that passes", "ping -M do -s 1400 -c 3 {address|HOST}"),
      .init(
        "Try with a hello small enough for one packet; that it passes confirms the cause and is not the fix",
        "curl -v --curves X25519 {url}"),
    ],
    .tcpResetInjected: [
      .init(
        "Compare the reset's hop limit with the server's other packets, and capture on the server at the same time"),
      .init(
        "Try with another server name, or from another network", "openssl s_client -connect {endpoint} -noservername"),
    ],
    .tcpServerSilent: [.init("See whether the server answers any TLS hello", "curl -kv --max-time 10 {url}")],
    .appPlaintextServer: [.init("See what the port says to plain HTTP", "curl -v http://{endpoint}/")],
    .appPlaintextClient: [.init("Confirm that the port speaks TLS", "openssl s_client -connect {endpoint} </dev/null")],
    .appStartTLS: [
      .init(
        "Upgrade as the protocol asks (smtp, imap, pop3, ftp, ldap, xmpp, postgres, mysql)",
        "openssl s_client -connect {endpoint} -starttls smtp")
    ],
    .appProxyProtocol: [.init("Send the header by hand", "curl -kv --haproxy-protocol {url}")],
    .tlsVersion: [
      .init(
        "Offer one version at a time",
        "openssl s_client -connect {endpoint} -tls1_2 </dev/null ; openssl s_client -connect {endpoint} -tls1_3 </dev/null"
      )
    ],
    .tlsExtension: [
      .init(
        "Send a hello with extended_master_secret and renegotiation_info: passes where one of them was missing",
        "openssl s_client -connect {endpoint} -tls1_2 </dev/null")
    ],
    .tlsCipherSuite: [
      .init("List what the server accepts", "nmap --script ssl-enum-ciphers -p {port} {host|HOST}"),
      .init(
        "Offer the suite that is known to work",
        "openssl s_client -connect {endpoint} -{suite-version|tls1_2} -{suite-option|cipher} {openssl-suite|SUITE} </dev/null"
      ),
    ],
    .tlsGroup: [
      .init("Offer one group", "openssl s_client -connect {endpoint} -groups {openssl-group|X25519} </dev/null")
    ],
    .tlsSignatureScheme: [
      .init(
        "Offer one signature scheme",
        "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
    ],
    .tlsSNIMissing: [
      .init(
        "Compare with and without the name",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null ; "
          + "openssl s_client -connect {endpoint} -noservername </dev/null")
    ],
    .tlsSNIUnrecognized: [
      .init(
        "See which certificate the server shows to a client without a name",
        "openssl s_client -connect {endpoint} -noservername </dev/null")
    ],
    .tlsALPN: [
      .init("See which protocol the server picks", "openssl s_client -connect {endpoint} -alpn h2,http/1.1 </dev/null")
    ],
    .tlsIntolerance: [
      .init("Offer a small hello", "openssl s_client -connect {endpoint} -tls1_2 -groups P-256 </dev/null")
    ],
    .tlsResumption: [
      .init("Try a full handshake, with nothing resumed", "openssl s_client -connect {endpoint} </dev/null")
    ],
    .tlsDecrypt: [.init("Capture on both ends at once and compare the same records byte by byte")],
    .tlsMalformed: [.init("Capture on both ends at once: a box between them may rewrite the bytes")],
    .certExpired: [
      .init(
        "Read the served certificate's dates, and the client's clock",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -dates ; date -u"
      )
    ],
    .certNotYetValid: [
      .init(
        "Read the served certificate's dates, and the client's clock",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -dates ; date -u"
      )
    ],
    .certNameMismatch: [
      .init(
        "Read the names in the served certificate",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | "
          + "openssl x509 -noout -ext subjectAltName")
    ],
    .certIncompleteChain: [
      .init(
        "See which certificates the server sends",
        "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts </dev/null")
    ],
    .certSelfSigned: chainCheck,
    .certUntrusted: chainCheck,
    .certRejected: chainCheck,
    .certWeak: [
      .init(
        "Read key and signature of the served certificate",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -text")
    ],
    .certUsage: [
      .init(
        "Read the usages in the served certificate",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | "
          + "openssl x509 -noout -ext keyUsage,extendedKeyUsage,basicConstraints")
    ],
    .certRevoked: [
      .init(
        "Ask for the stapled status", "openssl s_client -connect {endpoint} -servername {name|NAME} -status </dev/null")
    ],
    .certWrongCertificate: [
      .init(
        "Compare what each name is served",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -subject -issuer"
      )
    ],
    .certClientRequired: [
      .init(
        "See which authorities the server accepts, under \"Acceptable client certificate CA names\"",
        "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null"),
      .init(
        "Try with a client certificate",
        "openssl s_client -connect {endpoint} -servername {name|NAME} -cert client.pem -key client.key </dev/null"),
    ],
    .certClientRejected: [
      .init(
        "Check the client certificate against the server's authority",
        "openssl verify -purpose sslclient -CAfile server-client-ca.pem client.pem")
    ],
    .tlsUnknown: [.init("Capture on both ends, with a key log or the logs of both sides")],
    .captureIncomplete: [
      .init(
        "Capture again from before the client starts, with whole packets",
        "tcpdump -i any -s 0 -w again.pcap port {port}")
    ],
    .none: [.init("Look at the application's own log and status codes", "curl -v {url}")],
  ]

  private static let chainCheck: [RemedyTemplate] = [
    .init(
      "Verify the served chain against the authority that should have signed it",
      "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts -verify_return_error "
        + "-verify_hostname {name|NAME} -CAfile ca.pem </dev/null")
  ]
}
