import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsMalformed = Mechanism(
    MechanismID(.tlsMalformed),
    CauseDescription(
      "A peer breaks the protocol",
      "One side sent bytes that do not form a valid TLS message at that place.",
      evidence: "alert decode_error (50), illegal_parameter (47) or unexpected_message (10), or bytes that do not "
        + "parse"),
    stage: .serverHello,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")]
      ],
      server: [
        .any: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")]
      ], steps: [.init("Capture on both ends at once: a box between them may rewrite the bytes")]))
}
