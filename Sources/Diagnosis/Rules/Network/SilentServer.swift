import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Inquiry {
  /// Seconds from the server's last byte to the client's wordless close, where no client is known to think that long about
  /// a certificate; nil where it closed at once, or said why.
  var wordlessWait: Double? {
    guard let connection, let ending, ending.ender == .client, ending.isSilentClose, let close = connection.firstClose,
      let last = connection.network.server.lastData
    else { return nil }
    let waited = close.time.seconds(since: last.time)
    return waited >= 2 ? waited : nil
  }
}

extension Rule {
  /// The server began to answer and stopped: the client waits, then closes without a word.
  private static func stalledFlight(_ inquiry: Inquiry) -> Finding? {
    guard let connection = inquiry.connection, let waited = inquiry.wordlessWait,
      let last = connection.network.server.lastData,
      let ending = inquiry.ending,
      ending.phase == .clientHello || ending.phase == .serverHello || ending.phase == .serverFlight,
      let frame = ending.frame, connection.transcript.isTLS, connection.network.server.missingBytes == 0
    else { return nil }
    return Finding(
      .tcpServerSilent, 80,
      "The server began to answer and then fell silent; the client gave up after \(Seconds.text(waited))",
      evidence: [
        inquiry.evidence([last.frame], "the server's last bytes: its handshake is not complete"),
        inquiry.evidence([frame], "the client closes \(Seconds.text(waited)) later, without an alert"),
      ])
  }

  /// The hello arrived, for it was acknowledged, and nothing came back until the client gave up.
  static let silentServer = Rule(.tcpServerSilent) { inquiry in
    if let stalled = stalledFlight(inquiry) { return [stalled] }
    guard let connection = inquiry.connection, let ending = inquiry.ending,
      let hello = connection.transcript.clientHellos.last, connection.network.server.isSilent,
      connection.network.client.unacknowledgedBytes == 0,
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
            gaveUp
              ? "the client gave up after \(Seconds.text(waited))" : "the last packet seen; the server is still silent"),
        ])
    ]
  }
}
