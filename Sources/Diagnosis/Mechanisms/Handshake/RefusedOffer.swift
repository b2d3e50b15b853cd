import HandshakeModel
import TLSProtocol

/// A part of a ClientHello in which client and server need something in common. Cases stand in the order in which a
/// server chooses.
enum OfferPart: CaseIterable {
  case version
  case cipherSuite
  case group
  case signatureScheme

  /// The cause where nothing is in common.
  var code: CauseCode {
    switch self {
    case .version: .tlsVersion
    case .cipherSuite: .tlsCipherSuite
    case .group: .tlsGroup
    case .signatureScheme: .tlsSignatureScheme
    }
  }
}

/// Why a server may have refused a hello without naming the reason. With a working capture each part of the offer is
/// judged by what that shows the server to accept: an offer that holds the value chosen there cannot be the reason.
/// Without one the yardstick is ``Mainstream``.
extension Inquiry {
  /// The server refused the hello without naming the reason, and this part of the offer may be why: nothing in it is
  /// known to be accepted.
  func refusedOffer(_ part: OfferPart) -> Claim? {
    guard let refusal = namelessRefusal, let doubt = doubt(about: part),
      let grade = refusal.isAlert ? doubt.grade : doubt.grade.lowered
    else { return nil }
    var claim = doubt
    (claim.grade, claim.observations) = (grade, [refusal.observation] + doubt.observations)
    // What the protocol demands of a hello leaves the rest of the offer little to explain.
    return claim.yielding(to: .tlsExtension)
  }

  /// The part of the offer that is most likely why the server refused the hello without naming the reason.
  var likeliestRefusedOffer: (part: OfferPart, claim: Claim)? {
    let refused = OfferPart.allCases.compactMap { part in refusedOffer(part).map { (part: part, claim: $0) } }
    let first = refused.map { Finding(MechanismID($0.part.code), $0.claim) }.ranked.first
    return refused.first { $0.part.code == first?.code }
  }

  /// What speaks against the offer, part by part.
  var offerDoubts: [Claim] { OfferPart.allCases.compactMap(doubt(about:)) }

  /// What speaks against this part of the offer; nil where something in it is known, or may be expected, to be accepted.
  /// The observations are those of the offers alone: how the connection ended is the caller's to add.
  func doubt(about part: OfferPart) -> Claim? {
    guard let offer = hello.map(Offer.init), var claim = doubt(about: part, of: offer) else { return nil }
    // A sole suspect among those that a server checks has nobody to share the blame with.
    if OfferPart.allCases.allSatisfy({ $0 == part || doubt(about: $0, of: offer) == nil }) {
      claim.grade = claim.grade.raised
    }
    return claim
  }

  private func doubt(about part: OfferPart, of offer: Offer) -> Claim? {
    switch part {
    case .version: versionDoubt(offer)
    case .cipherSuite: suiteDoubt(offer)
    case .group: groupDoubt(offer)
    case .signatureScheme: schemeDoubt(offer)
    }
  }

  /// The server's refusal, a handshake_failure or its like, or a close in place of an answer, which says less than an
  /// alert.
  private var namelessRefusal: (observation: Observation, isAlert: Bool)? {
    guard let connection, let ending, ending.ender == .server, ending.phase == .clientHello, let frame = ending.frame,
      connection.helloRetryRequest == nil, serverAnsweredWholeHello
    else { return nil }
    if let alert = ending.alert {
      guard alert.saysNothingInCommon else { return nil }
      return (
        observed(.ending, [frame], "server alert \(alert.name) (\(alert.rawValue)) in answer to the ClientHello"), true
      )
    }
    // A close without a word is how a dead forwarder behaves as well: only a lone, strong suspect counts.
    guard working != nil, reachesSameServer, connection.serverIsSilent else { return nil }
    return (observed(.ending, [frame], "the server closes in answer to the ClientHello"), false)
  }
}

extension AlertDescription {
  /// The alerts with which stacks say that nothing in the offer suits them.
  var saysNothingInCommon: Bool {
    [.handshakeFailure, .insufficientSecurity, .illegalParameter, .unexpectedMessage].contains(self)
  }
}
