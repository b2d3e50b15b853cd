import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecryptClientFinished = Mechanism(
    MechanismID(.tlsDecrypt, "client-finished"),
    CauseDescription(
      "Server refused the client's Finished",
      "The server gave up on a client's flight that held nothing but the Finished, and said so under encryption: the "
        + "record did not decrypt, or its content did not verify.",
      evidence: "one record of a Finished's size from the client, and an alert in answer to it (TLS 1.3)"),
    stage: .finished,
    event: { inquiry in
      // A client that is asked for a certificate sends a Certificate message, if an empty one (RFC 8446 §4.4.2): it was
      // not asked. What is left for the server to refuse is the Finished itself, and who refuses that says so.
      guard let answer = RefusedClientFlight(inquiry), answer.flight.isFinishedAlone, !answer.isSilentClose else {
        return nil
      }
      return Claim(
        .usual,
        "The server gave up on the client's Finished, and no client certificate was asked for: it did not decrypt or "
          + "verify", [answer.sizes, answer.ending])
    })
}
