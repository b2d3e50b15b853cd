import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsGroupTooWeak = Mechanism(
    MechanismID(.tlsGroup, "too-weak"),
    CauseDescription(
      "The client finds the server's key exchange too weak",
      "The client refuses the strength of the group, or of the prime, with which the server exchanges keys.",
      evidence: "alert insufficient_security (71) from the client, behind the server's flight"),
    stage: .serverHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.alert == .insufficientSecurity, ending.ender == .client,
        let frame = ending.frame, inquiry.hello != nil,
        inquiry.failingStory.shortPrime == nil
      else { return nil }
      return Claim(
        .usual, "The client finds the server's key exchange too weak",
        [
          inquiry.observed(
            .ending, [frame], "client alert insufficient_security (71) after the server's flight")
        ])
    })
}
