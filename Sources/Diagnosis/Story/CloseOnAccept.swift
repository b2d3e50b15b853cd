import HandshakeModel
import NetworkProtocols
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
    if let hello = connection.transcript.clientHellos.last, hello.frame < frame {
      (moment, frames) = ("right after the ClientHello", [hello.frame, frame])
    } else {
      (moment, frames) = ("before the client had sent anything", connection.network.acceptanceFrames + [frame])
    }
  }
}
