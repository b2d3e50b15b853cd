import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredRenegotiation = Mechanism(
    MechanismID(.certClientRequired, "renegotiation"),
    CauseDescription(
      "Second handshake refused by the server",
      "A second handshake was begun under the keys of the first, and the server ended it. Before TLS 1.3 servers ask so "
        + "for a client certificate where only part of what they serve wants one.",
      evidence: "handshake records behind a completed handshake before TLS 1.3, and an encrypted alert from the server"),
    stage: .keyExchange,
    event: { inquiry in
      guard let refused = RefusedRenegotiation(inquiry), refused.ender == .server else { return nil }
      return Claim(
        inquiry.working == nil ? .hint : .usual,
        "The server refuses the second handshake on the connection; most often such a handshake asks for a client "
          + "certificate", refused.observations(inquiry))
    })
}
