import HandshakeModel
import TLSProtocol

/// One difference between what the failing hello offers and what the server is known (or may be expected) to accept.
struct Suspicion {
  var code: CauseCode
  var strength: Int
  var title: String
  var evidence: [Evidence]
}

extension Inquiry {
  /// What could have made a server refuse this hello, dimension by dimension. With a working capture each is judged by
  /// what that shows the server to accept: an offer that holds the value chosen there cannot be the reason.
  func suspicions() -> [Suspicion] {
    guard let hello else { return [] }
    let offer = Offer(hello: hello)
    var found: [Suspicion] = []
    if let workingHello, let workingServerHello {
      let other = Offer(hello: workingHello)
      found += versionSuspicion(offer, other, workingServerHello)
      found += suiteSuspicion(offer, workingServerHello)
      found += groupSuspicion(offer, other, workingServerHello)
      found += schemeSuspicion(offer, other)
    } else {
      found += mainstreamSuspicions(offer)
    }
    // A sole suspect among those that a server checks has nobody to share the blame with.
    if found.count == 1, found[0].strength >= 40 { found[0].strength += 20 }
    return found
  }

  var helloFrames: [Int] { connection?.transcript.clientHellos.suffix(1).map(\.frame) ?? [] }
  var workingHelloFrames: [Int] { working?.transcript.clientHellos.suffix(1).map(\.frame) ?? [] }
  var workingServerHelloFrames: [Int] { working?.choice.map { [$0.frame] } ?? [] }

  private func versionSuspicion(_ offer: Offer, _ other: Offer, _ answer: ServerHello) -> [Suspicion] {
    guard !offer.offers(answer.version) else { return [] }
    let accepted = answer.version.displayName
    // The server chose below the working client's best: it has nothing higher.
    let isServersBest = other.highestVersion.rawValue > answer.version.rawValue
    let isTooOld = offer.highestVersion.rawValue < answer.version.rawValue
    return [
      Suspicion(
        // Nearly every server that speaks TLS 1.3 speaks 1.2 as well; fewer and fewer speak what came before it.
        code: .tlsVersion,
        strength: isServersBest && !isTooOld
          ? 72 : offer.highestVersion.rawValue < ProtocolVersion.tls12.rawValue ? 80 : 52,
        title: "The failing client does not offer \(accepted), which the server speaks",
        evidence: [
          evidence(helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions))"),
          workingEvidence(workingServerHelloFrames, "the server chose \(accepted) with the working client"),
        ])
    ]
  }

  private func suiteSuspicion(_ offer: Offer, _ answer: ServerHello) -> [Suspicion] {
    let chosen = answer.cipherSuite
    guard !offer.suites.contains(chosen) else { return [] }
    let common = offer.offers(answer.version) ? answer.version : offer.highestVersion
    let pool = common.isTLS13 ? offer.tls13Suites : offer.earlierSuites
    var strength = 66
    if pool.isEmpty {
      strength = 78
    } else if common.isTLS13 {
      strength = 74
    } else if chosen.isTLS13 {
      // The server's TLS 1.2 suites are unknown; ECDHE with AEAD is what a modern one has.
      strength =
        pool.contains { $0.keyExchange == .ecdhe && $0.isAEAD }
        ? (pool.count <= 2 ? 58 : 40) : common.rawValue < ProtocolVersion.tls12.rawValue ? 58 : 70
    } else if !pool.contains(where: {
      $0.keyExchange == chosen.keyExchange && $0.authentication == chosen.authentication
    }) {
      strength = 76
    } else if pool.contains(where: {
      $0.keyExchange == chosen.keyExchange && $0.authentication == chosen.authentication && $0.isAEAD
    }) {
      // A server that has this kind of suite mostly has several of it; an offer of one or two may still miss them all.
      strength = pool.count <= 2 ? 66 : 48
    }
    return [
      Suspicion(
        code: .tlsCipherSuite, strength: strength,
        title:
          "None of the failing client's cipher suites is known to be accepted; the working client got \(chosen.name)",
        evidence: [
          evidence(helloFrames, "the ClientHello offers \(Escaped.list(offer.suites))"),
          workingEvidence(workingServerHelloFrames, "the server chose \(chosen.name)"),
        ])
    ]
  }

  /// The group that the server used with the working client, where it shows.
  var workingGroup: NamedGroup? {
    workingServerHello?.selectedGroup ?? working?.transcript.serverKeyExchange?.value.group
  }

  private func groupSuspicion(_ offer: Offer, _ other: Offer, _ answer: ServerHello) -> [Suspicion] {
    guard offer.needsGroup, let group = workingGroup, !offer.groups.isEmpty, !offer.groups.contains(group) else {
      return []
    }
    let narrow = !(offer.groups.contains(.x25519) || offer.groups.contains(.secp256r1))
    // A server that asked for this group by HelloRetryRequest had no use for the ones that it was sent.
    let insisted = working?.helloRetryRequest != nil
    return [
      Suspicion(
        code: .tlsGroup, strength: insisted ? 82 : narrow || offer.groups.count <= 2 ? 76 : 45,
        title: "The failing client does not offer the key exchange group \(group.name), which the server uses",
        evidence: [
          evidence(helloFrames, "the ClientHello offers the groups \(Escaped.list(offer.groups))"),
          workingEvidence(
            workingServerHelloFrames + (working?.helloRetryRequest.map { [$0.frame] } ?? []),
            "the server \(insisted ? "asked for" : "used") \(group.name) with the working client"),
        ])
    ]
  }

  /// The signature scheme that the server used with the working client, where it shows.
  var workingScheme: SignatureScheme? {
    working?.transcript.serverCertificateVerify?.value.signatureScheme
      ?? working?.transcript.serverKeyExchange?.value.signatureScheme
  }

  private func schemeSuspicion(_ offer: Offer, _ other: Offer) -> [Suspicion] {
    guard !offer.schemes.isEmpty || offer.offersTLS13 else { return [] }
    if let scheme = workingScheme {
      guard !offer.schemes.contains(scheme) else { return [] }
      let sameKey = offer.schemes.contains { $0.keyFamily == scheme.keyFamily }
      return [
        Suspicion(
          code: .tlsSignatureScheme, strength: sameKey ? 60 : 78,
          title: "The failing client does not accept \(scheme.name), with which the server signs",
          evidence: [
            evidence(helloFrames, "the ClientHello accepts \(Escaped.list(offer.schemes))"),
            workingEvidence(
              (working?.transcript.serverKeyExchange?.frame).map { [$0] } ?? workingServerHelloFrames,
              "the server signed with \(scheme.name)"),
          ])
      ]
    }
    // DSA keys are gone from servers, and what is left of RSA's old pairs is covered by its siblings.
    let missing = other.schemes.filter {
      !offer.schemes.contains($0) && !$0.usesSHA1 && $0.keyFamily != "dsa" && $0.keyFamily != nil
    }
    guard !missing.isEmpty else { return [] }
    let families = Set(missing.compactMap(\.keyFamily)).subtracting(offer.schemes.compactMap(\.keyFamily))
    let narrow = !Mainstream.hasScheme(offer)
    let modern = families.contains("ed25519") || families.contains("ecdsa") || families.contains("rsa")
    // A sibling of the same key with another hash is refused only where the curve binds the hash, as in TLS 1.3 with ECDSA.
    let isBound = missing.contains { $0.keyFamily == "ecdsa" }
    return [
      Suspicion(
        code: .tlsSignatureScheme, strength: narrow ? 70 : modern ? 58 : isBound ? 40 : 24,
        title:
          "The failing client accepts fewer signature schemes than the working one; the server's certificate may need "
          + "one of \(Escaped.list(missing, limit: 4))",
        evidence: [
          evidence(helloFrames, "the ClientHello accepts \(Escaped.list(offer.schemes))"),
          workingEvidence(workingHelloFrames, "the working client accepts \(Escaped.list(missing)) as well"),
        ])
    ]
  }

  private func mainstreamSuspicions(_ offer: Offer) -> [Suspicion] {
    var found: [Suspicion] = []
    if !Mainstream.hasVersion(offer) {
      found.append(
        Suspicion(
          code: .tlsVersion, strength: 58, title: "The client offers \(Escaped.versions(offer.versions)) only",
          evidence: [
            evidence(
              helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions)), which servers have retired")
          ]))
    }
    // Suites that every server knows came with TLS 1.2: who offers nothing newer than 1.1 cannot have them.
    if Mainstream.hasVersion(offer) && !Mainstream.hasSuite(offer) || offer.suites.count <= 2 {
      found.append(
        Suspicion(
          code: .tlsCipherSuite, strength: Mainstream.hasSuite(offer) ? 52 : 60,
          title: "The client offers an unusual set of cipher suites: \(Escaped.list(offer.suites))",
          evidence: [evidence(helloFrames, "the ClientHello offers \(Escaped.list(offer.suites))")]))
    }
    if !Mainstream.hasGroup(offer) || offer.needsGroup && offer.groups.count == 1 {
      found.append(
        Suspicion(
          code: .tlsGroup, strength: Mainstream.hasGroup(offer) ? 50 : 62,
          title: "The client offers an unusual set of groups: \(Escaped.list(offer.groups))",
          evidence: [evidence(helloFrames, "the ClientHello offers the groups \(Escaped.list(offer.groups))")]))
    }
    if !Mainstream.hasScheme(offer) {
      found.append(
        Suspicion(
          code: .tlsSignatureScheme, strength: 60,
          title: "The client accepts an unusual set of signature schemes: \(Escaped.list(offer.schemes))",
          evidence: [evidence(helloFrames, "the ClientHello accepts \(Escaped.list(offer.schemes))")]))
    }
    return found
  }
}

extension SignatureScheme {
  /// The kind of key that signs so, in one word; RSA keys sign with both paddings.
  var keyFamily: String? {
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
