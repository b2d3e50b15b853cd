import TLSProtocol

extension Mechanism {
  static let certClientRejectedHidden = Mechanism(
    MechanismID(.certClientRejected, "hidden"),
    CauseDescription(
      "Flight with a client certificate refused",
      "The server gave up on the client's encrypted flight, whose size shows that a certificate was in it.",
      evidence: "records of a certificate's size before the client's Finished, then an alert or close from the server "
        + "(TLS 1.3)"),
    stage: .keyExchange,
    event: { inquiry in
      guard let refused = RefusedClientFlight(inquiry), refused.flight.hasCertificate else { return nil }
      return Claim(
        .strong, "The server gave up on the client's flight, which holds a certificate: most likely it refuses it",
        [refused.sizes, refused.ending],
        told: "The server refuses the certificate that the client sent, in an encrypted flight")
    })
}
