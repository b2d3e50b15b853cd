import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsUnknownVanishingData = Mechanism(
    MechanismID(.tlsUnknown, "vanishing-data"),
    CauseDescription(
      "Small segments vanish on the way",
      "Segments that fit through every path are repeated and never acknowledged, although TCP is connected: something "
        + "drops them for what is in them, or the path broke.",
      evidence: "three or more repetitions of small segments without an acknowledgment, no ICMP error about their size"),
    stage: .finished,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome != .established, connection.network.isConnected,
        connection.network.synAckRepetitions.count < 2,
        inquiry.ending?.alert == nil, !connection.network.icmpErrors.contains(where: \.isTooBig)
      else { return nil }
      for sender in Role.allCases {
        guard let vanished = VanishedSegments(sender, in: connection), vanished.frames.count >= 3,
          vanished.largest <= connection.payloadThatFitsEverywhere
        else { continue }
        let isHello = sender == .client && connection.transcript.serverHellos.isEmpty
        let what = isHello ? "The ClientHello" : "What the \(sender.rawValue) sends"
        let loss = inquiry.observed(
          .loss, vanished.frames,
          "\(vanished.repetitions) retransmissions from the \(sender.rawValue) of up to \(vanished.largest) bytes, none "
            + "acknowledged")
        return Claim(
          .usual,
          "\(what) is repeated and never acknowledged, although the connection stands: something on the way drops it",
          [loss] + (inquiry.endingObservation.map { [$0] } ?? []))
      }
      return nil
    })
}
