import TLSProtocol

extension Mechanism {
  static let certClientRequiredHidden = Mechanism(
    MechanismID(.certClientRequired, "hidden"),
    CauseDescription(
      "Flight with an empty certificate refused",
      "The client's encrypted flight holds an empty Certificate message, as its size shows, so the server asked for one; "
        + "then the server gave up.",
      evidence: "a record of an empty Certificate's size before the client's Finished, then an alert or close from the "
        + "server (TLS 1.3)"),
    stage: .keyExchange,
    event: { inquiry in
      guard let refused = RefusedClientFlight(inquiry), refused.flight.hasEmptyCertificate else { return nil }
      return Claim(
        .strong, "The server asked for a client certificate, the client sent an empty one, and the server gave up",
        [
          refused.sizes,
          inquiry.observed(
            .clientCertificate, refused.flight.frames,
            "a record of an empty Certificate's size stands before the Finished"),
          refused.ending,
        ])
    })
}
