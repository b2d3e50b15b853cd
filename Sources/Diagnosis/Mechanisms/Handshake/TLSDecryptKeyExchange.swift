import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecryptKeyExchange = Mechanism(
    MechanismID(.tlsDecrypt, "key-exchange"),
    CauseDescription(
      "The server's key exchange bears a wrong signature",
      "The server's own signature over its key exchange does not verify with its certificate's key: somebody changed the "
        + "bytes on their way, or the server signs with another key.",
      evidence: "a ServerKeyExchange whose signature is wrong over the bytes captured"),
    stage: .serverHello, binds: [.path, .server],
    state: { story in
      guard let connection = story.connection, let exchange = connection.transcript.serverKeyExchange,
        let hello = story.hello, let answer = connection.serverHello,
        let leaf = connection.transcript.serverCertificates?.value.first,
        exchange.value.checkSignature(
          clientRandom: Array(hello.value.random), serverRandom: Array(answer.value.random), leaf: leaf.facts)
          == .failed
      else { return nil }
      return State(
        "",
        [
          story.observed(
            .keyExchange, [exchange.frame],
            "ServerKeyExchange: the signature does not verify with the certificate's key over the bytes captured")
        ])
    },
    reaction: { state, inquiry in
      Claim(
        .proof,
        "The signature over the server's key exchange is wrong: the bytes were changed on their way, or signed with another key",
        state.observations + (inquiry.endingObservation.map { [$0] } ?? []))
    })
}
