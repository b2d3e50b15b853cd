import HandshakeModel
import TLSProtocol

/// What a ClientHello offers, in the terms in which a server chooses.
struct Offer {
  let hello: ClientHello

  /// Versions without GREASE; empty lists fall back on `legacy_version`.
  var versions: [ProtocolVersion] { hello.offeredVersions }

  func offers(_ version: ProtocolVersion) -> Bool {
    if !hello.supportedVersions.isEmpty { return versions.contains(version) }
    // Without the extension a client accepts versions up to its own; how far down it does not say (RFC 5246 §E.1).
    return version.rawValue <= hello.legacyVersion.rawValue && version.rawValue >= ProtocolVersion.ssl3.rawValue
  }

  var highestVersion: ProtocolVersion { versions.max { $0.rawValue < $1.rawValue } ?? hello.legacyVersion }
  var offersTLS13: Bool { versions.contains { $0.isTLS13 } }

  var suites: [CipherSuite] { hello.cipherSuites.filter { !$0.isGREASE && !$0.isSCSV } }
  var tls13Suites: [CipherSuite] { suites.filter(\.isTLS13) }
  var earlierSuites: [CipherSuite] { suites.filter { !$0.isTLS13 } }
  var groups: [NamedGroup] { hello.supportedGroups.filter { !$0.isGREASE } }
  var schemes: [SignatureScheme] { hello.signatureSchemes.filter { !$0.isGREASE } }

  /// A suite with an elliptic-curve exchange is offered, so that a group must be agreed on.
  var needsGroup: Bool {
    offersTLS13 || earlierSuites.contains { $0.keyExchange == .ecdhe }
  }

  var hasExtendedMasterSecret: Bool { hello.has(.extendedMasterSecret) }
  var announcesSecureRenegotiation: Bool {
    hello.has(.renegotiationInfo) || hello.cipherSuites.contains { $0.rawValue == 0x00ff }
  }

  /// The hello tries to resume: a pre-shared key, or a ticket.
  var resumes: Bool { !hello.preSharedKeyIdentities.isEmpty || (hello.sessionTicketLength ?? 0) > 0 }
}

/// What nearly every server that is up to date accepts (RFC 9325 §3 and §4; the defaults of OpenSSL, rustls, Go, JSSE):
/// the yardstick where no working capture shows what this server accepts.
enum Mainstream {
  static func hasVersion(_ offer: Offer) -> Bool { offer.offers(.tls12) || offer.offersTLS13 }

  static func hasSuite(_ offer: Offer) -> Bool {
    if offer.offersTLS13, !offer.tls13Suites.isEmpty { return true }
    return offer.earlierSuites.contains { $0.keyExchange == .ecdhe && $0.isAEAD }
  }

  static func hasGroup(_ offer: Offer) -> Bool {
    !offer.needsGroup || offer.groups.isEmpty || offer.groups.contains(.x25519) || offer.groups.contains(.secp256r1)
  }

  static func hasScheme(_ offer: Offer) -> Bool {
    if offer.schemes.isEmpty { return true }
    let names = Set(offer.schemes.map(\.rawValue))
    // One for RSA keys and one for ECDSA P-256 keys, the two that servers have.
    return (names.contains(0x0804) || names.contains(0x0401)) && names.contains(0x0403)
  }
}
