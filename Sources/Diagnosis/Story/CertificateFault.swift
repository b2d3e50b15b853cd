import HandshakeModel
import NetworkValues
import TLSProtocol

/// Something that a server's certificates show against themselves, whatever the client said. Numbers are places in the
/// chain as it was sent, 0 for the server's own certificate. Trust is none of them: no certificate shows that.
enum CertificateFault: Hashable, Sendable {
  /// Seconds since 1970 at which it ended.
  case expired(Int, end: Int64)
  /// Seconds since 1970 at which it will begin.
  case notYetValid(Int, start: Int64)
  /// The name that was asked for stands in the common name alone.
  case commonNameOnly(String)
  /// No name of the certificate matches the one that was asked for; an address where the client sent no name.
  case otherName(String)
  /// The extended key usages, none of which is a server's.
  case purpose([String])
  /// The key usages, which lack the one that the key exchange needs.
  case keyUsage([String], needed: String)
  /// It issued a certificate and is no certification authority.
  case noAuthority(Int)
  case nameNotPermitted(by: Int, name: String)
  case pathTooLong(Int, limit: Int, intermediates: Int)
  case weak(Int, CertificateFacts.Weakness)
  /// By the OCSP response that the server itself stapled.
  case revoked
  /// The certificate demands a stapled OCSP response, and none was sent.
  case noStaple
}

extension CertificateFault {
  /// All of one connection: at most one of each kind, the one that a client meets first.
  static func all(in chain: CertificateChain, at time: Int64, of connection: Connection) -> [Self] {
    guard let leaf = chain.leaf else { return [] }
    return [
      validity(chain, time), name(leaf, connection), usage(leaf, connection) ?? issuance(chain), weakness(chain),
      revocation(leaf, connection),
    ].compactMap { $0 }
  }

  private static func validity(_ chain: CertificateChain, _ time: Int64) -> Self? {
    for (place, certificate) in chain.certificates.enumerated() where chain.path.contains(place) {
      if let end = certificate.notAfter, end < time { return .expired(place, end: end) }
      if let start = certificate.notBefore, start > time { return .notYetValid(place, start: start) }
    }
    return nil
  }

  private static func name(_ leaf: CertificateFacts, _ connection: Connection) -> Self? {
    guard let hello = connection.transcript.clientHellos.last?.value else { return nil }
    // By address is how a client that sends no name most often connects.
    let name = hello.serverName ?? connection.server.address.description
    switch leaf.matches(name: name) {
    case .matches: return nil
    case .commonNameOnly: return .commonNameOnly(name)
    case .mismatch: return .otherName(name)
    }
  }

  private static func usage(_ leaf: CertificateFacts, _ connection: Connection) -> Self? {
    if let usages = leaf.extendedKeyUsage, !usages.contains("serverAuth"), !usages.contains("anyExtendedKeyUsage") {
      return .purpose(usages)
    }
    let hasForwardSecrecy = connection.serverHello?.value.cipherSuite.hasForwardSecrecy ?? true
    let needed = hasForwardSecrecy ? "digitalSignature" : "keyEncipherment"
    guard let usages = leaf.keyUsage, !usages.contains(needed) else { return nil }
    return .keyUsage(usages, needed: needed)
  }

  private static func issuance(_ chain: CertificateChain) -> Self? {
    for problem in chain.problems {
      switch problem {
      case .issuerIsNoAuthority(let place), .certificateSigningNotAllowed(let place): return .noAuthority(place)
      case .nameNotPermitted(_, let place, let name): return .nameNotPermitted(by: place, name: name)
      case .pathTooLong(let place, let limit, let intermediates):
        return .pathTooLong(place, limit: limit, intermediates: intermediates)
      default: continue
      }
    }
    return nil
  }

  private static func weakness(_ chain: CertificateChain) -> Self? {
    for place in chain.path {
      let certificate = chain.certificates[place]
      // Nobody looks at a root's signature: what makes it a root is that the client has it.
      let isRoot = place != 0 && certificate.isSelfIssued
      if let fault = certificate.weakness(ignoringSignature: isRoot) { return .weak(place, fault) }
    }
    return nil
  }

  private static func revocation(_ leaf: CertificateFacts, _ connection: Connection) -> Self? {
    guard let staple = connection.transcript.stapledOCSPResponse?.value else {
      return leaf.requiresStaple ? .noStaple : nil
    }
    guard case .revoked = OCSPResponse(der: staple).answer(for: leaf)?.status else { return nil }
    return .revoked
  }
}

extension CertificateFault {
  /// The client's alert may be about this fault: it names it, or it is one that stacks send for many.
  func fits(_ alert: AlertDescription?) -> Bool {
    guard let alert, alert.concernsCertificate, alert != .certificateUnknown else { return true }
    return alerts.contains(alert)
  }

  /// The alerts that name the fault.
  private var alerts: Set<AlertDescription> {
    switch self {
    case .expired, .notYetValid: [.certificateExpired, .badCertificate]
    case .commonNameOnly, .otherName: [.badCertificate]
    case .purpose, .keyUsage: [.unsupportedCertificate, .badCertificate]
    case .noAuthority, .nameNotPermitted, .pathTooLong: [.unknownCA, .badCertificate, .unsupportedCertificate]
    case .weak: [.badCertificate, .unsupportedCertificate, .unknownCA]
    case .revoked, .noStaple: [.certificateRevoked, .badCertificateStatusResponse]
    }
  }

  /// Few clients look past it, whatever they say.
  private var isGlaring: Bool {
    switch self {
    case .expired, .notYetValid, .noAuthority, .nameNotPermitted, .pathTooLong, .revoked, .noStaple: true
    case .commonNameOnly, .otherName, .purpose, .keyUsage, .weak: false
    }
  }

  /// The fault alone makes it likely that the client turned away for it.
  func isLikely(behind alert: AlertDescription?) -> Bool { isGlaring || fits(alert) }
}
