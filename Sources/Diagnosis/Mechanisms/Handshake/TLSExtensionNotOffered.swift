import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionNotOffered = Mechanism(
    MechanismID(.tlsExtension, "not-offered"),
    CauseDescription(
      "The server requires an extension that is not offered",
      "The server serves only clients with extended_master_secret (RFC 7627 §5.1) or renegotiation_info (RFC 5746 §3.6), "
        + "and the hello lacks it.",
      evidence: "a hello for TLS 1.2 or older without these extensions, then alert insufficient_security (71) or "
        + "handshake_failure (40)"),
    stage: .clientHello, binds: [.client, .server],
    state: { story in
      guard let hello = story.hello, !Offer(hello: hello.value).offersTLS13 else { return nil }
      let missing = Offer(hello: hello.value).missingProtections.joined(separator: " and ")
      guard !missing.isEmpty else { return nil }
      return State(
        missing, [story.observed(.offeredExtensions, [hello.frame], "the ClientHello lacks \(missing)")])
    },
    reaction: { _, inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, ending.phase == .clientHello,
        let alert = ending.alert, alert.saysNothingInCommon, let hello = inquiry.hello,
        let last = inquiry.endingObservation
      else { return nil }
      let other = inquiry.workingHello.map(Offer.init)
      let alsoMissing = other?.missingProtections ?? []
      let missing = Offer(hello: hello).missingProtections.filter { !alsoMissing.contains($0) }
      guard !missing.isEmpty else { return nil }
      let names = missing.joined(separator: " and ")
      let observations = [
        last, inquiry.observed(.offeredExtensions, inquiry.helloFrames, "the ClientHello lacks \(names)"),
      ]
      let headline = "The client does not send \(names), which the server seems to require"
      let told = "The client does not send \(names), which the server requires"
      guard other != nil else {
        return Claim(alert == .insufficientSecurity ? .usual : .hint, headline, observations, told: told)
      }
      return Claim(
        alert == .insufficientSecurity ? .strong : .hint, headline,
        observations + [
          inquiry.observedWorking(
            .offeredExtensions, inquiry.workingHelloFrames, "the working ClientHello has \(names)")
        ], told: told)
    })
}

extension Offer {
  /// What protects TLS 1.2 and older against being spliced, as far as the hello does not announce it.
  fileprivate var missingProtections: [String] {
    (hasExtendedMasterSecret ? [] : ["extended_master_secret"])
      + (announcesSecureRenegotiation ? [] : ["renegotiation_info"])
  }
}
