import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionRenegotiation = Mechanism(
    MechanismID(.tlsExtension, "renegotiation"),
    CauseDescription(
      "Client does not renegotiate",
      "A second handshake was begun on the connection, and the client ended it. Go, rustls and browsers do not "
        + "renegotiate; others want renegotiation_info (RFC 5746).",
      evidence: "handshake records behind a completed handshake before TLS 1.3, and an encrypted alert from the client"),
    stage: .finished,
    event: { inquiry in
      guard let refused = RefusedRenegotiation(inquiry), refused.ender == .client else { return nil }
      return Claim(
        inquiry.working == nil ? 50 : 62,
        "The client does not renegotiate: the second handshake on the connection came to nothing",
        refused.observations(inquiry))
    })
}
