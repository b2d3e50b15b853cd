import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsCipherSuite = Mechanism(
    MechanismID(.tlsCipherSuite),
    CauseDescription(
      "No cipher suite in common",
      "Client and server share no cipher suite that fits the version and the server's certificate.",
      evidence: "the suites offered, then alert handshake_failure (40), insufficient_security (71) or a close"),
    stage: .clientHello,
    event: { $0.refusedOffer(.cipherSuite) },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Let the client offer a suite that the server accepts: check jdk.tls.client.cipherSuites and https.cipherSuites, "
              + "SSLParameters.setCipherSuites in the code, and jdk.tls.disabledAlgorithms in java.security",
            "java -Djdk.tls.client.cipherSuites={suite|TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} …")
        ],
        .rustls: [
          .init(
            "rustls offers only ECDHE with AES-GCM or ChaCha20 (no RSA key exchange, no CBC): widen the server, or check "
              + "the provider's `cipher_suites`")
        ],
        .curl: [
          .init(
            "Offer the suite that works (TLS 1.3 suites go into --tls13-ciphers)",
            "curl -v --{curl-suite-option|ciphers} {openssl-suite|DEFAULT} {url}")
        ],
        .opensslCommand: [
          .init(
            "Check CipherString in openssl.cnf, and the program's cipher list",
            "openssl s_client -connect {endpoint} -{suite-option|cipher} {openssl-suite|DEFAULT} </dev/null")
        ],
        .python: [
          .init("Set the TLS 1.2 list (the 1.3 suites are always offered)", "context.set_ciphers(\"DEFAULT\")")
        ],
        .node: [.init("Set the list", "node --tls-cipher-list=DEFAULT …")],
        .go: [
          .init(
            "Set tls.Config.CipherSuites (TLS 1.2 only). RSA key exchange is off since Go 1.22, 3DES since 1.23",
            "GODEBUG=tlsrsakex=1 …")
        ],
        .gnutls: [.init("Widen the priority string", "gnutls-cli --priority NORMAL -p {port|443} {host|HOST}")],
        .dotNet: [
          .init(
            "List and enable suites on Windows (group policy \"SSL Cipher Suite Order\")",
            "Get-TlsCipherSuite | Format-Table Name")
        ],
        .apple: [.init("App Transport Security demands forward secrecy: enable ECDHE suites on the server")],
        .any: [
          .init("Enable a suite that the server accepts, e.g. {suite|TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}")
        ],
      ],
      server: [
        .java: [
          .init(
            "Check jdk.tls.server.cipherSuites, the connector's ciphers and jdk.tls.disabledAlgorithms; a key store "
              + "without a private key also ends as \"no cipher suites in common\"",
            "keytool -list -keystore server.p12")
        ],
        .rustls: [
          .init(
            "rustls accepts only ECDHE with AES-GCM or ChaCha20 (no RSA key exchange, no CBC): check the provider's "
              + "`cipher_suites`, and in TLS 1.2 that they fit the certificate's key")
        ],
        .opensslCommand: [
          .init(
            "\"no shared cipher\" also says that no certificate fits the offered suites: check key type and cipher list"
          )
        ],
        .nginx: [
          .init(
            "TLS 1.2 suites in ssl_ciphers, TLS 1.3 suites by ssl_conf_command",
            "ssl_ciphers {tls12-suite|HIGH:!aNULL:!MD5}; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;")
        ],
        .haproxy: [
          .init(
            "Widen ciphers (TLS 1.2) and ciphersuites (1.3)",
            "bind :{port|443} ssl crt site.pem ciphers {tls12-suite|DEFAULT} ciphersuites TLS_AES_128_GCM_SHA256")
        ],
        .apache: [.init("Widen the suites", "SSLCipherSuite {tls12-suite|HIGH:!aNULL}")],
        .go: [
          .init(
            "Set tls.Config.CipherSuites (TLS 1.2 only); RSA key exchange is off since Go 1.22", "GODEBUG=tlsrsakex=1 …"
          )
        ],
        .gnutls: [.init("Widen the priority string; suites must fit the certificate's key")],
        .dotNet: [
          .init(
            "Enable suites the client offers",
            "Enable-TlsCipherSuite -Name {suite|TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}"
          )
        ],
        .any: [.init("Enable suites that the client offers; in TLS 1.2 they must fit the certificate's key")],
      ],
      steps: [
        .init("List what the server accepts", "nmap --script ssl-enum-ciphers -p {port} {host|HOST}"),
        .init(
          "Offer the suite that is known to work",
          "openssl s_client -connect {endpoint} -{suite-version|tls1_2} -{suite-option|cipher} {openssl-suite|SUITE} </dev/null"
        ),
      ],
      confirm: { HandshakeConfirmation.plan($0, change: offerAcceptedSuite) },
      remedies: { $0.remediesForStaticRSA }))

  private static func offerAcceptedSuite(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let suite = accepted?.cipherSuite, let cipher = OpenSSLNames.cipher(suite) else { return nil }
    if cipher.isTLS13 {
      offer.tls13Suites.append(cipher.name)
      offer.widen(to: .tls13)
    } else {
      offer.ciphers.append(cipher.name)
      offer.widen(to: .tls12)
    }
    return "The same with \(cipher.name) offered as well: should pass"
  }
}

extension Inquiry {
  /// What helps where the server has nothing but RSA key exchange, which clients have switched off; nil elsewhere.
  fileprivate var remediesForStaticRSA: [Remedy]? {
    guard let suite = workingServerHello?.cipherSuite, suite.keyExchange == .rsa, let hello,
      !Offer(hello: hello).suites.contains(where: { $0.keyExchange == .rsa })
    else { return nil }
    let stopgap =
      switch clientFamily {
      case .jsse:
        "As a stopgap take TLS_RSA_* out of jdk.tls.disabledAlgorithms in java.security, where JDK 24 put it; naming the suite in the "
          + "client's settings alone does not help"
      case .go: "As a stopgap run the client with GODEBUG=tlsrsakex=1 (off since Go 1.22)"
      case .rustls: "rustls has no RSA key exchange: only the server can mend this"
      default: "As a stopgap let the client offer \(suite.name) again"
      }
    return [
      Remedy(
        for: "server",
        "Enable ECDHE suites: RSA key exchange (TLS_RSA_*) has no forward secrecy, and clients have switched it off (JDK 24, Go 1.22, "
          + "rustls, browsers)"), Remedy(for: "client", stopgap),
    ]
  }

  /// What speaks against the cipher suites offered: see ``doubt(about:)``.
  func suiteDoubt(_ offer: Offer) -> Claim? {
    guard workingHello != nil, let answer = workingServerHello else { return unusualSuites(offer) }
    let chosen = answer.cipherSuite
    guard !offer.suites.contains(chosen) else { return nil }
    let claim = Claim(
      suiteGrade(offer, answer),
      "None of the failing client's cipher suites is known to be accepted; the working client got \(chosen.name)",
      [
        observed(.offeredSuites, helloFrames, "the ClientHello offers \(Escaped.list(offer.suites))"),
        observedWorking(.serverChoice, workingServerHelloFrames, "the server chose \(chosen.name)"),
      ]
      // Before TLS 1.3 a suite is shared only if the client can verify what the server's key signs.
    ).yielding(to: .tlsSignatureScheme)
    // An offer of several suites that servers of today have, beside a choice of TLS 1.3, is hardly one to refuse.
    return chosen.isTLS13 && offer.earlierSuites.count > 2 ? claim.yielding(to: .tlsUnknown) : claim
  }

  private func unusualSuites(_ offer: Offer) -> Claim? {
    // Suites that every server knows came with TLS 1.2: who offers nothing newer than 1.1 cannot have them.
    guard Mainstream.hasVersion(offer) && !Mainstream.hasSuite(offer) || offer.suites.count <= 2 else { return nil }
    let offered = Escaped.list(offer.suites)
    return Claim(
      Mainstream.hasSuite(offer) ? .hint : .usual, "The client offers an unusual set of cipher suites: \(offered)",
      [observed(.offeredSuites, helloFrames, "the ClientHello offers \(offered)")])
  }

  /// How likely the server has none of the suites offered, after what it chose for the working client.
  private func suiteGrade(_ offer: Offer, _ answer: ServerHello) -> Grade {
    let chosen = answer.cipherSuite
    let common = offer.offers(answer.version) ? answer.version : offer.highestVersion
    let pool = common.isTLS13 ? offer.tls13Suites : offer.earlierSuites
    if pool.isEmpty { return .strong }
    if common.isTLS13 { return .usual }
    if chosen.isTLS13 {
      // The server's TLS 1.2 suites are unknown; ECDHE with AEAD is what a modern one has.
      guard pool.contains(where: { $0.keyExchange == .ecdhe && $0.isAEAD }) else {
        return common.rawValue < ProtocolVersion.tls12.rawValue ? .hint : .usual
      }
      return .hint
    }
    let kin = pool.filter {
      $0.keyExchange == chosen.keyExchange && $0.authentication == chosen.authentication
    }
    if kin.isEmpty { return .strong }
    // A server that has this kind of suite mostly has several of it; an offer of one or two may still miss them all.
    return kin.contains(where: \.isAEAD) && pool.count > 2 ? .hint : .usual
  }
}
