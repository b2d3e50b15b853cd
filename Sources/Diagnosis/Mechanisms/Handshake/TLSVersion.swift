import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsVersion = Mechanism(
    MechanismID(.tlsVersion),
    CauseDescription(
      "No protocol version in common",
      "The TLS versions that the client offers and those that the server accepts do not overlap.",
      evidence: "the versions offered, then alert protocol_version (70), handshake_failure (40) or a close"),
    stage: .clientHello,
    event: { $0.refusedVersion ?? $0.refusedOffer(.version) },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Offer {java-version|TLSv1.3 and TLSv1.2}: jdk.tls.client.protocols governs every client, https.protocols "
              + "HttpsURLConnection",
            "java -Djdk.tls.client.protocols=TLSv1.3,TLSv1.2 -Dhttps.protocols=TLSv1.3,TLSv1.2 …"),
          .init(
            "TLS 1.0 and 1.1 are switched off since 8u291, 11.0.11 and 16 by jdk.tls.disabledAlgorithms in java.security; "
              + "upgrade the server rather than edit that list"),
        ],
        .rustls: [
          .init(
            "Enable the crate's `tls12` feature and both versions; rustls has no TLS 1.1 or older",
            "ClientConfig::builder_with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])")
        ],
        .curl: [.init("Allow older or newer versions", "curl -v --tlsv1.2 --tls-max 1.3 {url}")],
        .opensslCommand: [
          .init(
            "Check MinProtocol in openssl.cnf, and the program's own minimum",
            "openssl s_client -connect {endpoint} -tls1_2 </dev/null")
        ],
        .python: [.init("Set the range", "context.minimum_version = ssl.TLSVersion.TLSv1_2")],
        .node: [.init("Widen the range (options minVersion, maxVersion)", "node --tls-min-v1.2 --tls-max-v1.3 …")],
        .nginx: [.init("As a proxy", "proxy_ssl_protocols TLSv1.2 TLSv1.3;")],
        .go: [
          .init(
            "Set tls.Config.MinVersion: clients start at TLS 1.2 by default", "tls.Config{MinVersion: tls.VersionTLS12}"
          )
        ],
        .gnutls: [
          .init(
            "Widen the priority string",
            "gnutls-cli --priority 'NORMAL:+VERS-TLS1.2:+VERS-TLS1.3' -p {port|443} {host|HOST}")
        ],
        .dotNet: [
          .init(
            "Let the system choose (SslProtocols.None); old .NET Framework needs SchUseStrongCrypto and "
              + "SystemDefaultTlsVersions, old Windows its SCHANNEL\\Protocols registry keys"),
          .init("TLS 1.3 needs Windows 11 or Server 2022"),
        ],
        .apple: [
          .init(
            "App Transport Security demands TLS 1.2: upgrade the server, or add an NSExceptionDomains entry (NSExceptionMinimumTLSVersion)"
          )
        ],
        .firefox: [.init("See security.tls.version.min and .max in about:config")],
        .any: [.init("Enable TLS {version|1.2 and 1.3}")],
      ],
      server: [
        .java: [
          .init(
            "Enable TLS 1.2 and 1.3 in the connector (SSLParameters.setProtocols, Tomcat protocols, "
              + "jdk.tls.server.protocols)", "java -Djdk.tls.server.protocols=TLSv1.3,TLSv1.2 …")
        ],
        .rustls: [
          .init(
            "Accept TLS 1.2 as well: enable the crate's `tls12` feature; rustls has no TLS 1.1 or older",
            "ServerConfig::builder_with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])")
        ],
        .granian: [
          .init("granian accepts TLS 1.3 only by default: lower the minimum", "granian --ssl-protocol-min tls1.2 …")
        ],
        .opensslCommand: [.init("Check MinProtocol and MaxProtocol in openssl.cnf, and the program's own range")],
        .python: [.init("Set the range", "context.minimum_version = ssl.TLSVersion.TLSv1_2")],
        .node: [.init("Options `minVersion: 'TLSv1.2'`, `maxVersion: 'TLSv1.3'`")],
        .nginx: [.init("Allow both versions (1.22's default has no TLS 1.3)", "ssl_protocols TLSv1.2 TLSv1.3;")],
        .haproxy: [.init("Widen the range", "bind :{port|443} ssl crt site.pem ssl-min-ver TLSv1.2")],
        .apache: [.init("Allow both versions", "SSLProtocol -all +TLSv1.2 +TLSv1.3")],
        .go: [
          .init(
            "Set tls.Config.MinVersion: servers start at TLS 1.2 since Go 1.22",
            "tls.Config{MinVersion: tls.VersionTLS12}")
        ],
        .gnutls: [.init("Widen the priority string (+VERS-TLS1.2:+VERS-TLS1.3)")],
        .dotNet: [
          .init("Enable TLS 1.2 and 1.3 in the SCHANNEL\\Protocols registry keys, or Kestrel's SslProtocols")
        ],
        .any: [.init("Accept TLS 1.2 and 1.3")],
      ],
      steps: [
        .init(
          "Offer one version at a time",
          "openssl s_client -connect {endpoint} -tls1_2 </dev/null ; openssl s_client -connect {endpoint} -tls1_3 </dev/null"
        )
      ],
      confirm: { HandshakeConfirmation.plan($0, change: offerAcceptedVersion) }))

  private static func offerAcceptedVersion(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let version = accepted?.version, let name = VersionNames.dotted(version) else { return nil }
    let low = min(offer.versions?.lowest.rawValue ?? version.rawValue, version.rawValue)
    let high = max(offer.versions?.highest.rawValue ?? version.rawValue, version.rawValue)
    offer.versions = (ProtocolVersion(rawValue: low), ProtocolVersion(rawValue: high))
    // The old suites do not fit the new version: OpenSSL's own list goes along with it.
    if version == .tls13 { offer.tls13Suites = [] }
    if version.rawValue < ProtocolVersion.tls13.rawValue, offer.ciphers.isEmpty { offer.ciphers = ["DEFAULT"] }
    return "The same with TLS \(name) offered as well: should pass"
  }
}

extension Inquiry {
  /// The server says by alert that no version suits it.
  fileprivate var refusedVersion: Claim? {
    guard let ending, ending.alert == .protocolVersion, ending.ender == .server, let last = endingObservation, let hello
    else { return nil }
    let offer = Offer(hello: hello)
    let offered = Escaped.versions(offer.versions)
    var observations = [last, observed(.offeredVersions, helloFrames, "the ClientHello offers \(offered)")]
    guard let accepted = workingServerHello?.version else {
      return Claim(
        .proof, "No TLS version in common: the client offers \(offered), and the server refuses it", observations)
    }
    observations.append(
      observedWorking(
        .serverChoice, workingServerHelloFrames, "the server speaks \(accepted.displayName) with the working client"))
    let wish = offer.offers(accepted) ? "" : ", the server wants \(accepted.displayName)"
    return Claim(.proof, "No TLS version in common: the client offers \(offered)\(wish)", observations)
  }

  /// What speaks against the versions offered: see ``doubt(about:)``.
  func versionDoubt(_ offer: Offer) -> Claim? {
    guard let workingHello, let answer = workingServerHello else {
      guard !Mainstream.hasVersion(offer) else { return nil }
      let offered = Escaped.versions(offer.versions)
      return Claim(
        .hint, "The client offers \(offered) only",
        [
          observed(
            .offeredVersions, helloFrames, "the ClientHello offers \(offered), which servers have retired")
        ])
    }
    guard !offer.offers(answer.version) else { return nil }
    let accepted = answer.version.displayName
    // The server chose below the working client's best: it has nothing higher.
    let isServersBest = Offer(hello: workingHello).highestVersion.rawValue > answer.version.rawValue
    let isTooOld = offer.highestVersion.rawValue < answer.version.rawValue
    return Claim(
      // Nearly every server that speaks TLS 1.3 speaks 1.2 as well; fewer and fewer speak what came before it.
      isServersBest && !isTooOld
        ? .usual : offer.highestVersion.rawValue < ProtocolVersion.tls12.rawValue ? .strong : .hint,
      "The failing client does not offer \(accepted), which the server speaks",
      [
        observed(.offeredVersions, helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions))"),
        observedWorking(
          .serverChoice, workingServerHelloFrames, "the server chose \(accepted) with the working client"),
      ])
  }
}
