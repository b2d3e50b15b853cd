import HandshakeModel
import TLSProtocol

/// The server began to answer and stopped: the client waited, then closed without a word.
struct StalledAnswer {
  /// Seconds from the server's last byte to the client's close.
  let waited: Double
  let lastFrame: Int
  let closeFrame: Int

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, let waited = inquiry.wordlessWait, let ending = inquiry.ending,
      ending.phase == .clientHello || ending.phase == .serverHello || ending.phase == .serverFlight,
      let frame = ending.frame, let last = connection.lastServerData(before: frame), connection.transcript.isTLS,
      connection.transcript.serverTLSOffset != nil || connection.serverBeginsRecord,
      connection.network.server.missingBytes == 0, !connection.serverRepeatsInVain,
      // The server had gone on, and the network was late.
      connection.unreceivedAnswer.map({ $0 > frame }) ?? true
    else { return nil }
    (self.waited, lastFrame, closeFrame) = (waited, last.frame, frame)
  }
}
