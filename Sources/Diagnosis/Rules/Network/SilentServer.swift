import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// The hello arrived, for it was acknowledged, and nothing came back until the client gave up.
  static let silentServer = Rule(.tcpServerSilent) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending,
      let hello = connection.transcript.clientHellos.last, connection.network.server.payloadBytes == 0,
      connection.network.server.waitingBytes == 0, connection.network.client.unacknowledgedBytes == 0,
      !connection.network.isOneSided, !connection.network.isStartMissing
    else { return [] }
    let waited = connection.ended.seconds(since: hello.time)
    guard ending.ender != .server else { return [] }
    // Who ends it: the client in despair, or the capture.
    let gaveUp = ending.ender == .client
    guard gaveUp || waited >= 2 else { return [] }
    let strength = waited >= 1 ? 92 : 62
    return [
      Finding(
        .tcpServerSilent, strength,
        "The server took the ClientHello and answered nothing for \(Seconds.text(waited))",
        evidence: [
          inquiry.evidence(
            [hello.frame] + (connection.network.server.lastAck.map { [$0.frame] } ?? []),
            "ClientHello sent and acknowledged; not one byte came back"),
          inquiry.evidence(
            ending.frame.map { [$0] } ?? [connection.lastFrame],
            gaveUp ? "the client gave up after \(Seconds.text(waited))" : "the capture ends with the server still silent"),
        ])
    ]
  }
}
