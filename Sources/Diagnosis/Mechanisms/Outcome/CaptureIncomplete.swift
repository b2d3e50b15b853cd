import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let captureIncomplete = Mechanism(
    MechanismID(.captureIncomplete),
    CauseDescription(
      "The capture does not hold enough",
      "Packets that would decide are not in the capture: it starts late, ends early, shows one direction only, or cut "
        + "its packets short.",
      evidence: "no SYN or no ClientHello, gaps that the peer acknowledged, frames cut by the snap length"),
    stage: nil,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome != .established, !connection.isWithdrawn else {
        return nil
      }
      let lacks = CaptureLacks(connection, inquiry)
      guard !lacks.observations.isEmpty else { return nil }
      let question = connection.outcome == .failed ? "why it failed" : "whether the handshake completed"
      return Claim(
        lacks.grade, "The capture does not hold enough of this connection to say \(question)", lacks.observations)
    },
    advice: Advice(
      steps: [
        .init(
          "Capture again from before the client starts, with whole packets",
          "tcpdump -i any -s 0 -w again.pcap port {port}")
      ], asksForLogs: true))
}
