import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecryptIgnoredFinished = Mechanism(
    MechanismID(.tlsDecrypt, "ignored-finished"),
    CauseDescription(
      "DTLS Finished ignored",
      "A DTLS server drops what it cannot verify without a word: a Finished that it ignores was changed, was made with "
        + "other keys, or never arrives.",
      evidence: "the client's protected Finished again and again, none from the server, no alert"),
    stage: .finished,
    event: { inquiry in
      guard let ignored = IgnoredFinished(inquiry), !ignored.usesSharedKey else { return nil }
      return Claim(
        .usual, "The server ignores the client's Finished: it most likely does not verify, or never arrives",
        ignored.observations, told: "The client's Finished does not verify, and the server ignores it")
    })
}
