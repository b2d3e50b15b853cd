import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredAfterFinished = Mechanism(
    MechanismID(.certClientRequired, "after-finished"),
    CauseDescription(
      "Server gave up behind the client's flight",
      "The server gave up on the client's encrypted flight, which is larger than a Finished and too small to hold a "
        + "certificate: most often it wants one.",
      evidence: "records of the client's flight by their sizes, then an alert or close from the server (TLS 1.3)"),
    stage: .keyExchange,
    event: { inquiry in
      guard let refused = RefusedClientFlight(inquiry), !refused.flight.hasEmptyCertificate,
        !refused.flight.hasCertificate, !refused.flight.isFinishedAlone
      else { return nil }
      var observations = [refused.sizes, refused.ending]
      let working = inquiry.working.map { ClientFlight($0, before: .max) }
      if let working, working.hasCertificate {
        observations.append(
          inquiry.observedWorking(
            .clientFlight, working.frames, "the working client's flight is large enough to hold a certificate"))
      }
      return Claim(
        working?.hasCertificate == true ? .strong : .usual,
        "The server gave up right after the client's Finished: most likely it wants a client certificate",
        observations, told: "The server wants a client certificate, and gave up right after the client's Finished")
    })
}
