import HandshakeModel
import TLSProtocol

/// Two kinds of values that a peer has to ignore or to answer with less, and chokes on.
extension Mechanism {
  static let tlsIntoleranceGREASE = Mechanism(
    MechanismID(.tlsIntolerance, "grease"),
    CauseDescription(
      "GREASE values are not ignored",
      "The server or a box before it fails on the reserved values of RFC 8701, which everybody has to ignore.",
      evidence: "the failing hello carries GREASE values, the working one none"),
    stage: .clientHello,
    event: { $0.intolerance(of: .grease) })

  static let tlsIntoleranceVersion = Mechanism(
    MechanismID(.tlsIntolerance, "version"),
    CauseDescription(
      "Offer of TLS 1.3 is not taken",
      "The server or a box before it fails on a hello that offers TLS 1.3, instead of choosing an older version.",
      evidence: "the failing hello offers TLS 1.3, the working one does not"),
    stage: .clientHello,
    event: { $0.intolerance(of: .version) },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("As a stopgap offer TLS 1.2 at most to this server")]],
      server: [
        .any: [.init("Update the server or the box before it: it should choose an older version instead of failing")]
      ],
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          guard let versions = offer.versions, versions.highest.isTLS13 else { return nil }
          let lowest = min(versions.lowest.rawValue, ProtocolVersion.tls12.rawValue)
          offer.versions = (ProtocolVersion(rawValue: lowest), .tls12)
          offer.tls13Suites = []
          if offer.ciphers.isEmpty { offer.ciphers = ["DEFAULT"] }
          return "The same with TLS 1.2 at most: should pass"
        }
      }))
}
