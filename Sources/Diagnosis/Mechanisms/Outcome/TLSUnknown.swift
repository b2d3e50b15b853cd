import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsUnknown = Mechanism(
    MechanismID(.tlsUnknown),
    CauseDescription(
      "Failed for a reason that is not visible",
      "The handshake failed, and nothing in the packets or logs at hand names a reason.",
      evidence: "an alert or close that fits several causes"),
    stage: .finished,
    // Something ended the handshake, and nothing says why.
    event: { inquiry in
      guard inquiry.connection?.outcome == .failed, let ending = inquiry.ending,
        let observation = inquiry.endingObservation
      else { return nil }
      return Claim(
        .hint, "The handshake failed \(ending.phase.described): \(ending.described); the packets do not say why",
        [observation])
    },
    advice: Advice(
      mends: .server, steps: [.init("Capture on both ends, with a key log or the logs of both sides")],
      asksForLogs: true))
}
