import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Inquiry {
  /// Seconds from the server's last byte to the client's wordless close; nil where the client said why.
  private var secondsToWordlessClose: Double? {
    guard let connection, let ending, ending.ender == .client, ending.isSilentClose, let close = connection.firstClose,
      let last = connection.lastServerData(before: close.frame)
    else { return nil }
    return close.time.seconds(since: last.time)
  }

  /// The wait before the client's wordless close, where no client is known to think that long about a certificate; nil
  /// where it closed at once, or said why. Behind half a flight there is nothing to think about.
  var wordlessWait: Double? {
    guard let waited = secondsToWordlessClose else { return nil }
    return waited >= (connection?.serverFlightIsVisiblyUnfinished == true ? 0.5 : 2) ? waited : nil
  }

  /// The client let time pass before it closed without a word: a check of a certificate takes milliseconds, and a client
  /// that gives up waiting looks the same.
  var clientHesitated: Bool { secondsToWordlessClose.map { $0 >= 0.5 } ?? false }
}

extension Rule {
  /// The server began to answer and stopped: the client waits, then closes without a word.
  private static func stalledFlight(_ inquiry: Inquiry) -> Finding? {
    guard let connection = inquiry.connection, let waited = inquiry.wordlessWait,
      let ending = inquiry.ending,
      ending.phase == .clientHello || ending.phase == .serverHello || ending.phase == .serverFlight,
      let frame = ending.frame, let last = connection.lastServerData(before: frame), connection.transcript.isTLS,
      connection.transcript.serverTLSOffset != nil || connection.serverBeginsRecord,
      connection.network.server.missingBytes == 0, !connection.serverRepeatsInVain
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
      let hello = connection.transcript.clientHellos.last, connection.serverIsSilentToHello,
      connection.network.client.unacknowledgedBytes == 0,
      !connection.network.isOneSided, !connection.network.isStartMissing
    else { return [] }
    let waited = connection.waited(since: hello.time)
    guard ending.ender != .server else { return [] }
    // Who ends it: the client in despair, or the capture.
    let gaveUp = ending.ender == .client
    guard gaveUp || waited >= 2 else { return [] }
    // Who leaves within a round trip has not waited for anything.
    let strength = waited >= Patience.answer ? 92 : waited >= 0.05 ? 62 : 42
    return [
      Finding(
        .tcpServerSilent, strength,
        "The server took the ClientHello and answered nothing for \(Seconds.text(waited))",
        evidence: [
          inquiry.evidence(
            [hello.frame] + (connection.network.client.dataAcknowledged.map { [$0.frame] } ?? []),
            "ClientHello sent and acknowledged; not one byte \(connection.preludeToHello.map { "of TLS came back, though \($0)" } ?? "came back")"
          ),
          inquiry.evidence(
            ending.frame.map { [$0] } ?? [connection.lastFrame],
            gaveUp
              ? "the client gave up after \(Seconds.text(waited))" : "the last packet seen; the server is still silent"),
        ])
    ]
  }
}
