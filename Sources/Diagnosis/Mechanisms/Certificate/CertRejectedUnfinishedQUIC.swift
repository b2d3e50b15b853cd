import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certRejectedUnfinishedQUIC = Mechanism(
    MechanismID(.certRejected, "unfinished-quic"),
    CauseDescription(
      "QUIC client may have rejected the certificate",
      "The capture ends behind the client's Handshake packets, before any data: a close hides among them as well as a "
        + "Finished.",
      evidence: "the server's Handshake packets, the client's behind them, no 1-RTT packet, and the capture's end"),
    stage: Mechanism.certRejected.stage,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome == .incomplete, connection.hasUnfinishedQUICAnswer,
        let last = connection.network.client.lastData
      else { return nil }
      return Claim(
        .hint, "The client may have turned the server's certificate down: it sent no data after its answer",
        [
          inquiry.observed(
            .ending, [last.frame],
            "the client answers the server's flight with Handshake packets only, and sends no data")
        ])
    })
}
