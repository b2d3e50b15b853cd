import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsMalformedHeartbeat = Mechanism(
    MechanismID(.tlsMalformed, "heartbeat"),
    CauseDescription(
      "Heartbeats in the midst of the handshake",
      "One side sends heartbeats before the handshake is over, which RFC 6520 §3 forbids; probes for Heartbleed do so.",
      evidence: "heartbeat records in the clear, and a handshake that goes no further"),
    stage: .serverHello,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, connection.transcript.isTLS,
        connection.failsUnderHeartbeats, let heartbeat = connection.heartbeatInHandshake
      else { return nil }
      return Claim(
        .proof,
        "The \(heartbeat.sender.rawValue) sends heartbeats in the midst of the handshake, as probes for Heartbleed do",
        [
          inquiry.observed(
            .malformed, [heartbeat.frame],
            "a heartbeat record of \(heartbeat.length) bytes before either side has finished; RFC 6520 forbids it"),
          inquiry.observed(.ending, [ending.frame ?? connection.lastFrame], "the handshake goes no further"),
        ])
    })
}

extension Connection {
  /// A heartbeat in the clear: no side may send one before it has finished the handshake (RFC 6520 §3).
  var heartbeatInHandshake: HeartbeatNote? { transcript.rareFeatures?.heartbeats.first { !$0.isEncrypted } }

  /// It failed, and such a heartbeat is in it.
  var failsUnderHeartbeats: Bool { outcome == .failed && heartbeatInHandshake != nil }
}
