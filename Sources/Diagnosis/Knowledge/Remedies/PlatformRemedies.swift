extension RemedyTable {
  static let gnutls = RemedyTable(
    name: "GnuTLS",
    client: [
      .tlsVersion: [
        .init(
          "Widen the priority string",
          "gnutls-cli --priority 'NORMAL:+VERS-TLS1.2:+VERS-TLS1.3' -p {port|443} {host|HOST}")
      ],
      .tlsCipherSuite: [.init("Widen the priority string", "gnutls-cli --priority NORMAL -p {port|443} {host|HOST}")],
      .tlsGroup: [.init("Widen the groups", "gnutls-cli --priority 'NORMAL:+GROUP-ALL' -p {port|443} {host|HOST}")],
      .tlsSNIMissing: [
        .init(
          "Name the server (gnutls_server_name_set)",
          "gnutls-cli --sni-hostname {name|NAME} -p {port|443} {address|HOST}")
      ],
      .tlsALPN: [.init("Offer both", "gnutls-cli --alpn h2 --alpn http/1.1 -p {port|443} {host|HOST}")],
      .certSelfSigned: gnutlsTrust,
      .certUntrusted: gnutlsTrust,
      .certRejected: gnutlsTrust,
      .certClientRequired: [
        .init(
          "Send a client certificate",
          "gnutls-cli --x509certfile client.pem --x509keyfile client.key -p {port|443} {host|HOST}")
      ],
    ],
    server: [
      .tlsVersion: [.init("Widen the priority string (+VERS-TLS1.2:+VERS-TLS1.3)")],
      .tlsCipherSuite: [.init("Widen the priority string; suites must fit the certificate's key")],
      .tlsGroup: [.init("Widen the groups in the priority string (+GROUP-X25519:+GROUP-SECP256R1)")],
    ])

  /// .NET on Windows' SChannel; on Linux .NET stands on OpenSSL.
  static let dotNet = RemedyTable(
    name: ".NET",
    client: [
      .tlsVersion: [
        .init(
          "Let the system choose (SslProtocols.None); old .NET Framework needs SchUseStrongCrypto and "
            + "SystemDefaultTlsVersions, old Windows its SCHANNEL\\Protocols registry keys"),
        .init("TLS 1.3 needs Windows 11 or Server 2022"),
      ],
      .tlsCipherSuite: [
        .init(
          "List and enable suites on Windows (group policy \"SSL Cipher Suite Order\")",
          "Get-TlsCipherSuite | Format-Table Name")
      ],
      .tlsGroup: [.init("List and enable curves", "Get-TlsEccCurve")],
      .tlsSNIMissing: [.init("Set SslClientAuthenticationOptions.TargetHost to {name|the server's name}")],
      .tlsALPN: [.init("Set SslClientAuthenticationOptions.ApplicationProtocols")],
      .certSelfSigned: windowsTrust,
      .certUntrusted: windowsTrust,
      .certRejected: windowsTrust,
      .certIncompleteChain: [
        .init("Windows fetches missing intermediates itself (AIA), .NET on Linux too: the server should send them")
      ],
      .certClientRequired: [.init("Add a certificate with private key to HttpClientHandler.ClientCertificates")],
    ],
    server: [
      .tlsVersion: [
        .init("Enable TLS 1.2 and 1.3 in the SCHANNEL\\Protocols registry keys, or Kestrel's SslProtocols")
      ],
      .tlsCipherSuite: [
        .init(
          "Enable suites the client offers", "Enable-TlsCipherSuite -Name {suite|TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}"
        )
      ],
      .tlsGroup: [.init("Enable the curve", "Enable-TlsEccCurve -Name NistP256")],
      .tlsSNIMissing: [.init("IIS: add a binding without \"Require Server Name Indication\"")],
      .tlsSNIUnrecognized: [
        .init("IIS: add a binding with {name|the name in use}; Kestrel: ServerCertificateSelector")
      ],
      .certIncompleteChain: [
        .init("Import the intermediates into the machine's \"Intermediate Certification Authorities\"")
      ],
      .certClientRequired: [
        .init("IIS: set client certificates to \"Accept\"; Kestrel: ClientCertificateMode.AllowCertificate")
      ],
      .certClientRejected: [
        .init("Import the client's authority into the machine's trusted roots, and check its revocation list's reach")
      ],
    ])

  static let apple = RemedyTable(
    name: "Apple",
    client: [
      .tlsVersion: [
        .init(
          "App Transport Security demands TLS 1.2: upgrade the server, or add an NSExceptionDomains entry (NSExceptionMinimumTLSVersion)"
        )
      ],
      .tlsCipherSuite: [.init("App Transport Security demands forward secrecy: enable ECDHE suites on the server")],
      .certExpired: [
        .init("Apple refuses certificates with more than 825 days (398 for public ones), as it does expired ones")
      ],
      .certNameMismatch: [
        .init("Apple ignores the common name: the certificate needs {name|the name in use} as a SAN")
      ],
      .certUsage: [.init("Apple demands extendedKeyUsage serverAuth: reissue")],
      .certSelfSigned: appleTrust,
      .certUntrusted: appleTrust,
      .certRejected: appleTrust,
    ])

  /// Chrome, Edge and what uses BoringSSL.
  static let chrome = RemedyTable(
    name: "Chrome",
    client: [
      .tcpPathMTU: [
        .init("Confirm without the post-quantum share: policy PostQuantumKeyAgreementEnabled=false; not the fix")
      ],
      .tlsIntolerance: [
        .init("Confirm without the post-quantum share: policy PostQuantumKeyAgreementEnabled=false; not the fix")
      ],
      .certUntrusted: [.init("Import the authority under chrome://certificate-manager or into the system's store")],
      .certSelfSigned: [.init("Import the certificate under chrome://certificate-manager or into the system's store")],
      .certClientRequired: [.init("Import the client certificate with its key (PKCS#12) into the system's store")],
    ])

  static let firefox = RemedyTable(
    name: "Firefox",
    client: [
      .tlsVersion: [.init("See security.tls.version.min and .max in about:config")],
      .tlsIntolerance: [
        .init("Confirm without the post-quantum share: security.tls.enable_kyber=false in about:config")
      ],
      .tcpPathMTU: [.init("Confirm without the post-quantum share: security.tls.enable_kyber=false in about:config")],
      .certUntrusted: [
        .init(
          "Import the authority in Settings, Certificates, or set security.enterprise_roots.enabled=true to use the system's"
        )
      ],
      .certSelfSigned: [.init("Import the certificate in Settings, Certificates, or add an exception")],
      .certClientRequired: [
        .init("Import the client certificate (PKCS#12) in Settings, Certificates, Your Certificates")
      ],
    ])

  private static let gnutlsTrust: [RemedyTemplate] = [
    .init("Name the authority", "gnutls-cli --x509cafile ca.pem -p {port|443} {host|HOST}")
  ]

  private static let windowsTrust: [RemedyTemplate] = [
    .init(
      "Import the authority into the machine's trusted roots (Windows)",
      "Import-Certificate -FilePath ca.cer -CertStoreLocation Cert:\\LocalMachine\\Root"),
    .init("On Linux .NET uses OpenSSL's store", "SSL_CERT_FILE=ca.pem dotnet …"),
  ]

  private static let appleTrust: [RemedyTemplate] = [
    .init(
      "Import and trust the authority (macOS)",
      "security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.pem"),
    .init("On iOS install a profile, and switch it on under Certificate Trust Settings"),
  ]
}
