import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsVersionQUICTampered = Mechanism(
    MechanismID(.tlsVersion, "quic-tampered"),
    CauseDescription(
      "QUIC version negotiation does not add up",
      "One side found that the QUIC versions which the other names under protection are not those that were negotiated "
        + "in the clear (RFC 9368 §4).",
      evidence: "CONNECTION_CLOSE with VERSION_NEGOTIATION_ERROR (0x11)"),
    stage: .clientHello,
    event: { inquiry in
      guard let close = TransportClose(inquiry), close.code == 0x11 else { return nil }
      return Claim(
        .proof, "The \(close.ender.rawValue) found the QUIC version negotiation tampered with", [close.observation])
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Try another network: something on the way may change Version Negotiation packets")]],
      server: [.any: [.init("Let every server behind this address speak the same QUIC versions")]],
      steps: [.init("Capture on both ends at once and compare the Version Negotiation packets")]))
}
