import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionTransportParameters = Mechanism(
    MechanismID(.tlsExtension, "transport-parameters"),
    CauseDescription(
      "QUIC transport parameters not accepted",
      "One side found the other's QUIC transport parameters badly formed, or a value in them that is not allowed "
        + "(RFC 9000 §7.4).",
      evidence: "CONNECTION_CLOSE with TRANSPORT_PARAMETER_ERROR (0x08)"),
    stage: .clientHello,
    event: { inquiry in
      guard let close = TransportClose(inquiry), close.code == 0x08 else { return nil }
      return Claim(
        .strong, "The \(close.ender.rawValue) does not accept the peer's QUIC transport parameters", [close.observation]
      )
    },
    advice: Advice(
      mends: .client,
      client: [
        .any: [.init("Update the QUIC library, or reset its transport settings (limits, timeouts) to the defaults")]
      ],
      server: [
        .any: [.init("Update the QUIC library, or reset its transport settings (limits, timeouts) to the defaults")]
      ],
      steps: [.init("Read the log of the side that closed the connection: it knows which parameter it was")]))
}
