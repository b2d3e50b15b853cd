import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSignatureScheme = Mechanism(
    MechanismID(.tlsSignatureScheme),
    CauseDescription(
      "No signature scheme fits the server's key",
      "The server's certificate has a key with which it cannot sign in any way that the client accepts.",
      evidence: "signature_algorithms without a scheme for the server's key, then alert handshake_failure (40)"),
    stage: .clientHello,
    event: { $0.refusedOffer(.signatureScheme) },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init("Java knows Ed25519 and Ed448 certificates in TLS from 15 on: upgrade"),
          .init(
            "Check jdk.tls.client.SignatureSchemes (from 17 on), and in java.security jdk.tls.disabledAlgorithms and "
              + "jdk.certpath.disabledAlgorithms: what these forbid is missing among the schemes that Java accepts"),
        ],
        .rustls: [
          .init("rustls knows no RSA with SHA-1, DSA or Ed448: have the server use ECDSA P-256 or RSA")
        ],
        .opensslCommand: [
          .init(
            "Check SignatureAlgorithms in openssl.cnf",
            "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
        ],
        .any: [.init("Upgrade to a version that knows the server's kind of key")],
      ],
      server: [
        .rustls: [
          .init(
            "Serve an ECDSA P-256 or RSA certificate instead of Ed25519, or one of each with a `ResolvesServerCert`")
        ],
        .opensslCommand: [.init("\"no suitable signature algorithm\": serve an RSA or ECDSA P-256 certificate")],
        .nginx: [.init("Serve an RSA and an ECDSA certificate: ssl_certificate may stand twice")],
        .any: [
          .init(
            "Serve a certificate whose key fits a scheme that the client accepts (RSA, ECDSA P-256 or P-384), or one of each"
          )
        ],
      ],
      steps: [
        .init(
          "Offer one signature scheme",
          "openssl s_client -connect {endpoint} -sigalgs {openssl-sigalg|ECDSA+SHA256} </dev/null")
      ], asksForLogs: true,
      confirm: { HandshakeConfirmation.plan($0, change: offerAcceptedScheme) },
      remedies: { inquiry in
        // The key is not the matter where the hash is.
        guard let scheme = inquiry.workingScheme, scheme.usesSHA1, let hello = inquiry.hello,
          Offer(hello: hello).schemes.contains(where: { $0.keyFamily == scheme.keyFamily })
        else { return nil }
        return [
          Remedy(
            for: "server",
            "Let the server sign with SHA-256 or better: update its TLS library or the box before it; the certificate's key may stay"
          ),
          Remedy(
            for: "client",
            "As a stopgap let the client take SHA-1 signatures again (OpenSSL: cipher string DEFAULT:@SECLEVEL=0; the signature "
              + "algorithm alone does not do)"),
        ]
      }))

  private static func offerAcceptedScheme(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    if let scheme = accepted?.signatureScheme, let name = OpenSSLNames.signatureScheme(scheme) {
      offer.signatureSchemes.append(name)
      if scheme.usesSHA1 {
        offer.lowersSecurityLevel = true
        return "The same with \(name) and security level 0 (SECLEVEL=0): passes"
      }
      return "The same with signature scheme \(name) offered as well: should pass"
    }
    offer.signatureSchemes = []
    return "The same with OpenSSL's own signature schemes: should pass"
  }
}

extension Inquiry {
  /// What speaks against the signature schemes accepted: see ``doubt(about:)``.
  func schemeDoubt(_ offer: Offer) -> Claim? {
    guard let workingHello, workingServerHello != nil else { return unusualSchemes(offer) }
    guard !offer.schemes.isEmpty || offer.offersTLS13 else { return nil }
    guard let scheme = workingScheme else { return narrowerSchemes(offer, than: Offer(hello: workingHello)) }
    guard !offer.schemes.contains(scheme) else { return nil }
    let sameKey = offer.schemes.contains { $0.keyFamily == scheme.keyFamily }
    return Claim(
      sameKey ? .usual : .strong, "The failing client does not accept \(scheme.name), with which the server signs",
      [
        acceptedSchemes(offer),
        observedWorking(
          .keyExchange, (working?.transcript.serverKeyExchange?.frame).map { [$0] } ?? workingServerHelloFrames,
          "the server signed with \(scheme.name)"),
      ])
  }

  /// Where the server's signature does not show, what the working client accepts tells.
  private func narrowerSchemes(_ offer: Offer, than other: Offer) -> Claim? {
    // DSA keys are gone from servers, and what is left of RSA's old pairs is covered by its siblings.
    let missing = other.schemes.filter {
      !offer.schemes.contains($0) && !$0.usesSHA1 && $0.keyFamily != "dsa" && $0.keyFamily != nil
    }
    guard !missing.isEmpty else { return nil }
    let families = Set(missing.compactMap(\.keyFamily)).subtracting(offer.schemes.compactMap(\.keyFamily))
    let narrow = !Mainstream.hasScheme(offer)
    let modern = families.contains("ed25519") || families.contains("ecdsa") || families.contains("rsa")
    // A sibling of the same key with another hash is refused only where the curve binds the hash, as in TLS 1.3 with ECDSA.
    let isBound = missing.contains { $0.keyFamily == "ecdsa" }
    guard narrow || modern || isBound else { return nil }
    let claim = Claim(
      narrow ? .strong : .hint,
      "The failing client accepts fewer signature schemes than the working one; the server's certificate may need "
        + "one of \(Escaped.list(missing, limit: 4))",
      [
        acceptedSchemes(offer),
        observedWorking(
          .offeredSchemes, workingHelloFrames, "the working client accepts \(Escaped.list(missing)) as well"),
      ],
      told: "The failing client accepts no signature scheme that fits the server's certificate; the working one "
        + "accepts \(Escaped.list(missing, limit: 4)) as well")
    return modern ? claim : claim.yielding(to: .tlsUnknown)
  }

  private func unusualSchemes(_ offer: Offer) -> Claim? {
    guard !Mainstream.hasScheme(offer) else { return nil }
    return Claim(
      .usual, "The client accepts an unusual set of signature schemes: \(Escaped.list(offer.schemes))",
      [acceptedSchemes(offer)])
  }

  private func acceptedSchemes(_ offer: Offer) -> Observation {
    observed(.offeredSchemes, helloFrames, "the ClientHello accepts \(Escaped.list(offer.schemes))")
  }
}

extension SignatureScheme {
  /// The kind of key that signs so, in one word; RSA keys sign with both paddings.
  fileprivate var keyFamily: String? {
    switch rawValue {
    case 0x0201, 0x0301, 0x0401, 0x0501, 0x0601, 0x0101, 0x0804, 0x0805, 0x0806: return "rsa"
    case 0x0809, 0x080a, 0x080b: return "rsa-pss"
    case 0x0203, 0x0303, 0x0403, 0x0503, 0x0603, 0x081a, 0x081b, 0x081c: return "ecdsa"
    case 0x0807: return "ed25519"
    case 0x0808: return "ed448"
    case 0x0202, 0x0302, 0x0402, 0x0502, 0x0602: return "dsa"
    case 0x0904...0x0906: return "ml-dsa"
    default: return nil
    }
  }
}
