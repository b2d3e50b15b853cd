import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecryptSharedKey = Mechanism(
    MechanismID(.tlsDecrypt, "pre-shared-key"),
    CauseDescription(
      "Pre-shared keys differ",
      "The two sides of a DTLS handshake with a pre-shared key hold different ones: the server cannot verify the "
        + "client's Finished, and drops it without a word.",
      evidence: "a PSK cipher suite, then the client's protected Finished again and again, none from the server"),
    stage: .finished,
    event: { inquiry in
      guard let ignored = IgnoredFinished(inquiry), ignored.usesSharedKey else { return nil }
      return Claim(
        .strong, "The server ignores the client's Finished: the two sides most likely hold different pre-shared keys",
        ignored.observations,
        told: "The two sides hold different pre-shared keys: the server ignores the client's Finished")
    },
    advice: Advice(
      mends: .client,
      client: [.any: [.init("Give the client the pre-shared key that the server holds for the client's identity")]],
      server: [
        .any: [.init("See which key the server holds for the client's identity: letters, hexadecimal, line ends")]
      ],
      steps: [.init("Compare the key on both sides byte by byte")]))
}
