import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// TCP was accepted and closed by the server before one byte answered the hello.
  static let closedOnAccept = Rule(.tcpClosedOnAccept) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .server,
      ending.isSilentClose, connection.network.isConnected, connection.serverIsSilentToHello,
      connection.network.client.missingBytes == 0, !connection.network.isOneSided, let frame = ending.frame
    else { return [] }
    let how = ending.manner == .fin ? "closed it (FIN)" : "reset it (RST)"
    let when: String
    var frames = [frame]
    if let hello = connection.transcript.clientHellos.last, hello.frame < frame {
      when = "right after the ClientHello"
      frames.insert(hello.frame, at: 0)
    } else {
      when = "before the client had sent anything"
      frames = connection.network.acceptanceFrames + frames
    }
    if let prelude = connection.preludeToHello {
      return [
        Finding(
          .tcpClosedOnAccept, 80, "\(connection.server) answered the plaintext part and \(how) at the ClientHello",
          evidence: [inquiry.evidence(frames, "\(prelude); the server \(how) \(when), without one byte of TLS")])
      ]
    }
    return [
      Finding(
        .tcpClosedOnAccept,
        connection.transcript.clientHellos.isEmpty && connection.network.client.payloadBytes > 0 ? 50 : 80,
        "\(connection.server) accepted the connection and \(how) without sending one byte",
        evidence: [inquiry.evidence(frames, "the server \(how) \(when); no TLS alert, no other byte")])
    ]
  }
}
