import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionTLS13Required = Mechanism(
    MechanismID(.tlsExtension, "tls13-required"),
    CauseDescription(
      "The hello lacks what TLS 1.3 requires",
      "A hello that offers nothing older than TLS 1.3, and no pre-shared key, needs supported_groups, key_share and "
        + "signature_algorithms (RFC 8446 §9.2); this one lacks some of them.",
      evidence: "a ClientHello without one of these extensions, then the server's alert or close"),
    stage: .clientHello, binds: [.client, .server],
    state: { story in
      guard let hello = story.hello else { return nil }
      let offer = Offer(hello: hello.value)
      guard offer.offersTLS13, !offer.offers(.tls12), hello.value.preSharedKeyIdentities.isEmpty else { return nil }
      let missing = [ExtensionType.supportedGroups, .keyShare, .signatureAlgorithms].filter { !hello.value.has($0) }
      guard !missing.isEmpty else { return nil }
      return State(
        Escaped.list(missing),
        [
          story.observed(
            .offeredExtensions, [hello.frame],
            "the ClientHello carries \(Escaped.list(hello.value.extensionTypes, limit: 24))")
        ])
    },
    reaction: { state, inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, ending.phase == .clientHello,
        ending.alert?.isAboutExtensions != true, let frame = ending.frame
      else { return nil }
      return Claim(
        .strong, "The ClientHello lacks \(state.subject), which TLS 1.3 requires",
        state.observations + [inquiry.observed(.ending, [frame], "the server gives up in answer")])
    })
}
