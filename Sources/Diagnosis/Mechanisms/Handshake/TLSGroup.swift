import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsGroup = Mechanism(
    MechanismID(.tlsGroup),
    CauseDescription(
      "No key-exchange group in common",
      "The elliptic curves or other groups that the client supports and those of the server do not overlap.",
      evidence: "supported_groups and key_share, perhaps a HelloRetryRequest, then alert handshake_failure (40)"),
    stage: .clientHello,
    event: { $0.refusedOffer(.group) },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Offer the server's group: jdk.tls.namedGroups limits them for the whole JVM",
            "java -Djdk.tls.namedGroups={group|x25519,secp256r1,secp384r1} …")
        ],
        .rustls: [.init("Check the provider's `kx_groups`: X25519, P-256 and P-384 by default")],
        .curl: [.init("Offer the server's group", "curl -v --curves {openssl-group|X25519:P-256:P-384} {url}")],
        .opensslCommand: [
          .init(
            "Check Groups in openssl.cnf (SSL_CTX_set1_groups_list)",
            "openssl s_client -connect {endpoint} -groups {openssl-group|X25519:P-256} </dev/null")
        ],
        .python: [
          .init("Widen the group: set_ecdh_curve limits the context to one", "context.set_ecdh_curve(\"prime256v1\")")
        ],
        .node: [.init("Option `ecdhCurve: 'auto'`")],
        .go: [.init("Widen tls.Config.CurvePreferences")],
        .gnutls: [.init("Widen the groups", "gnutls-cli --priority 'NORMAL:+GROUP-ALL' -p {port|443} {host|HOST}")],
        .dotNet: [.init("List and enable curves", "Get-TlsEccCurve")],
        .any: [.init("Enable a group that the server accepts, e.g. {group|x25519 or secp256r1}")],
      ],
      server: [
        .java: [.init("Widen jdk.tls.namedGroups", "java -Djdk.tls.namedGroups=x25519,secp256r1,secp384r1 …")],
        .rustls: [.init("Check the provider's `kx_groups`: X25519, P-256 and P-384 by default")],
        .opensslCommand: [.init("\"no suitable key share\": widen Groups (SSL_CTX_set1_groups_list)")],
        .nginx: [.init("Widen the groups", "ssl_ecdh_curve X25519:prime256v1:secp384r1;")],
        .haproxy: [.init("Widen the groups", "bind :{port|443} ssl crt site.pem curves X25519:P-256:P-384")],
        .apache: [.init("Widen the groups", "SSLOpenSSLConfCmd Groups X25519:P-256:P-384")],
        .go: [.init("Widen tls.Config.CurvePreferences")],
        .gnutls: [.init("Widen the groups in the priority string (+GROUP-X25519:+GROUP-SECP256R1)")],
        .dotNet: [.init("Enable the curve", "Enable-TlsEccCurve -Name NistP256")],
        .any: [.init("Enable X25519 and P-256 besides what is configured")],
      ],
      steps: [
        .init("Offer one group", "openssl s_client -connect {endpoint} -groups {openssl-group|X25519} </dev/null")
      ],
      confirm: { HandshakeConfirmation.plan($0, change: offerAcceptedGroup) }))

  private static func offerAcceptedGroup(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let group = accepted?.group, let name = OpenSSLNames.group(group) else { return nil }
    offer.groups.append(name)
    return "The same with group \(name) offered as well: should pass"
  }
}

extension Inquiry {
  /// What speaks against the groups offered: see ``doubt(about:)``.
  func groupDoubt(_ offer: Offer) -> Claim? {
    guard workingHello != nil, workingServerHello != nil else { return unusualGroups(offer) }
    guard offer.needsGroup, let group = workingGroup, !offer.groups.isEmpty, !offer.groups.contains(group) else {
      return nil
    }
    let narrow = !(offer.groups.contains(.x25519) || offer.groups.contains(.secp256r1))
    // A server that asked for this group by HelloRetryRequest had no use for the ones that it was sent.
    let retry = working?.helloRetryRequest
    return Claim(
      retry != nil || narrow || offer.groups.count <= 2 ? .strong : .hint,
      "The failing client does not offer the key exchange group \(group.name), which the server uses",
      [
        observed(.offeredGroups, helloFrames, "the ClientHello offers the groups \(Escaped.list(offer.groups))"),
        observedWorking(
          .serverChoice, workingServerHelloFrames + (retry.map { [$0.frame] } ?? []),
          "the server \(retry != nil ? "asked for" : "used") \(group.name) with the working client"),
      ])
  }

  private func unusualGroups(_ offer: Offer) -> Claim? {
    guard !Mainstream.hasGroup(offer) || offer.needsGroup && offer.groups.count == 1 else { return nil }
    let offered = Escaped.list(offer.groups)
    return Claim(
      Mainstream.hasGroup(offer) ? .hint : .usual, "The client offers an unusual set of groups: \(offered)",
      [observed(.offeredGroups, helloFrames, "the ClientHello offers the groups \(offered)")])
  }
}
