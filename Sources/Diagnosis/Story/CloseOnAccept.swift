import HandshakeModel
import TLSProtocol

/// The server accepted TCP, and closed it before one byte answered the hello.
struct CloseOnAccept {
  let connection: Connection
  /// As in `closed it (FIN)`.
  let manner: String
  /// When it closed, as the end of a sentence.
  let moment: String
  let frames: [Int]

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .server,
      ending.isSilentClose, connection.network.isConnected, connection.serverIsSilentToHello,
      connection.network.client.missingBytes == 0, !connection.network.isOneSided, let frame = ending.frame
    else { return nil }
    self.connection = connection
    manner = ending.manner == .fin ? "closed it (FIN)" : "reset it (RST)"
    let first = connection.network.client.firstData
    if let part = PartOfHello(inquiry) {
      (moment, frames) = ("when it had acknowledged \(part.bytes) of the ClientHello's \(part.size) bytes", part.frames)
    } else if let hello = connection.transcript.clientHellos.last, hello.frame < frame {
      (moment, frames) = ("right after the ClientHello", [hello.frame, frame])
    } else if let first, first.frame < frame {
      let said = connection.firstPlaintext(from: .client)
      (moment, frames) =
        connection.preludeToHello == nil
        ? ("after the client's first bytes" + (said.map { " (\($0.kind.described))" } ?? ""), [first.frame, frame])
        : ("before the ClientHello came", [frame])
    } else {
      (moment, frames) = ("before the client had sent anything", connection.network.acceptanceFrames + [frame])
    }
  }

  /// The client's part, or who really closed, is known, so that a listener without a service behind it explains nothing.
  func isExplained(_ inquiry: Inquiry) -> Bool {
    // Its mechanisms speak of a header that the server does not take.
    if connection.proxyHeader != nil, connection.transcript.serverHellos.isEmpty { return true }
    if connection.answeringReset != nil || inquiry.working?.speaksPlaintextOnly == true && inquiry.reachesSameServer {
      return true
    }
    guard inquiry.servesWorkingClient, let working = inquiry.working else { return false }
    // The working client began otherwise: with TLS where this one spoke plaintext, or the other way round.
    let offsets = [working, connection].map { $0.transcript.clientTLSOffset ?? 0 }
    if offsets.contains(0), offsets.contains(where: { $0 > 0 }) { return true }
    if connection.firstPlaintext(from: .client) != nil, !connection.transcript.isTLS { return true }
    return PartOfHello(inquiry) != nil
  }
}

/// The server closed, or said no, when it had taken in only the first segments of the ClientHello.
struct PartOfHello {
  /// Bytes that the server had acknowledged when it closed.
  let bytes: Int
  /// Bytes of the whole ClientHello, records and all.
  let size: Int
  let frames: [Int]

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .server,
      let frame = ending.frame, connection.transport == .tcp, connection.transcript.clientTLSOffset == 0,
      connection.transcript.serverHellos.isEmpty, let hello = connection.transcript.clientHellos.first,
      !hello.value.has(.earlyData), connection.transcript.clientHellos.count == 1
    else { return nil }
    let client = connection.network.client
    guard client.missingBytes == 0, client.dataSegments > 1, let first = client.firstData, first.frame < frame,
      client.retransmissionCount == 0 || ending.manner != .silence
    else { return nil }
    let taken = Int(clamping: client.payloadBytes) - Int(clamping: client.unacknowledgedBytes)
    guard taken > 0, client.unacknowledgedBytes > 0, taken < hello.value.messageLength else { return nil }
    (bytes, size) = (taken, Int(clamping: client.payloadBytes))
    frames = Set([first.frame, frame, hello.frame]).sorted()
  }
}

extension Connection {
  /// A reset without ACK that came as the answer to what the client sent, although the server's host had the connection:
  /// that host would have acknowledged the data, or would say with an ACK how far it had come (RFC 9293 §3.10.7.4). Nobody
  /// who knew the connection sent it.
  var answeringReset: Reset? {
    guard transport == .tcp, network.synAck != nil, network.server.payloadBytes == 0, network.serverFin == nil,
      network.client.payloadBytes > 0, network.client.unacknowledgedBytes == network.client.payloadBytes,
      let first = network.client.firstData, let reset = network.resets.first, reset.sender == .server, !reset.hasAck,
      reset.frame > first.frame
    else { return nil }
    return reset
  }
}

extension Inquiry {
  /// What ended the connection at the ClientHello is the server's answer to it: the server had the whole hello, and nobody
  /// else sent the reset.
  var serverAnsweredWholeHello: Bool { connection?.answeringReset == nil && PartOfHello(self) == nil }

  /// Another client got TLS from this very address and port: that a service is there needs no more proof.
  var servesWorkingClient: Bool { reachesSameServer && working?.showsWhatServerAccepts == true }
}
