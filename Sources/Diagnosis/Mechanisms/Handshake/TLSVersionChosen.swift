import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsVersionChosen = Mechanism(
    MechanismID(.tlsVersion, "chosen"),
    CauseDescription(
      "The server's version does not suit the client",
      "The server answered with a TLS version that the client does not offer, or no longer accepts.",
      evidence:
        "a ServerHello whose version the client then refuses with alert protocol_version (70), or one that is not "
        + "among those offered and behind which the client leaves"),
    stage: .serverHello, binds: [.client, .server],
    state: { story in
      guard let answer = story.connection?.serverHello else { return nil }
      let version = answer.value.version.displayName
      return State(version, [story.observed(.serverChoice, [answer.frame], "the server chose \(version)")])
    },
    reaction: { state, inquiry in
      guard inquiry.isEndedByClient, let ending = inquiry.ending, let hello = inquiry.hello,
        let version = inquiry.connection?.serverHello?.value.version
      else { return nil }
      let offer = Offer(hello: hello)
      let isRefused = ending.alert == .protocolVersion
      guard isRefused || !offer.offers(version), let last = inquiry.endingObservation else { return nil }
      let observations =
        [
          last,
          inquiry.observed(
            .offeredVersions, inquiry.helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions))"),
        ] + state.observations
      return isRefused
        ? Claim(
          .proof, "The server speaks \(version.displayName), which the client does not accept", observations)
        : Claim(
          .proof, "The server answered with \(version.displayName), which the client had not offered", observations)
    })
}
