import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsMalformedQUIC = Mechanism(
    MechanismID(.tlsMalformed, "quic"),
    CauseDescription(
      "What QUIC does not allow",
      "One side sent a frame, a packet or CRYPTO data that QUIC does not allow, says the other.",
      evidence: "CONNECTION_CLOSE with FRAME_ENCODING_ERROR (0x07), PROTOCOL_VIOLATION (0x0a) or "
        + "CRYPTO_BUFFER_EXCEEDED (0x0d)"),
    stage: Mechanism.tlsMalformed.stage,
    event: { inquiry in
      guard let close = TransportClose(inquiry), [0x07, 0x0a, 0x0d].contains(close.code) else { return nil }
      return Claim(
        .strong, "The \(close.ender.peer.rawValue) sent what QUIC does not allow, says the \(close.ender.rawValue)",
        [close.observation])
    })
}
