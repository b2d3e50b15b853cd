import HandshakeModel
import TLSProtocol

/// A handshake that was going well when the capture ended: what its verdict follows from, besides who takes part in it.
///
/// A capture that is stopped cuts through all connections that are open then, hundreds on a busy server. Nothing in them
/// is out of the ordinary, and no time has passed that says anything: mechanisms have nothing to find but that.
struct HandshakeUnderWay: Hashable, Sendable {
  let isAnswered: Bool
  /// The client has sent its Finished.
  let isFinished: Bool

  /// Nil where there is something to look at.
  init?(_ connection: borrowing Connection) {
    guard connection.outcome == .incomplete, connection.transport == .tcp, !connection.isClosed,
      Self.isPlain(connection.network), Self.isPlain(connection.transcript),
      connection.waited(since: connection.started) < Patience.answer
    else { return nil }
    isAnswered = !connection.transcript.serverHellos.isEmpty
    isFinished = connection.unansweredFinished != nil
  }

  private static func isPlain(_ network: borrowing NetworkFacts) -> Bool {
    network.syns.count == 1 && network.synAck != nil && network.icmpErrors.isEmpty && !network.isStartMissing
      && network.truncatedFrames == 0 && isPlain(network.client) && isPlain(network.server)
  }

  /// Everything that was sent arrived, in order, once, and was acknowledged.
  private static func isPlain(_ side: borrowing DirectionFacts) -> Bool {
    side.segments > 0 && side.retransmissionCount == 0 && side.outOfOrderSegments == 0
      && side.unacknowledgedBytes == 0 && !side.lacksBytes && side.holeBytes == 0 && side.waitingBytes == 0
      && side.refusedBytes == 0 && side.zeroWindow == nil
  }

  /// One hello, at most one answer, and nothing else that can be read.
  private static func isPlain(_ transcript: borrowing Transcript) -> Bool {
    transcript.clientHellos.count == 1 && transcript.serverHellos.count <= 1 && transcript.serverCertificates == nil
      && transcript.clientCertificates == nil && transcript.plaintext.isEmpty && transcript.serverPrefix.isEmpty
      && transcript.alerts.isEmpty && transcript.malformed.isEmpty && transcript.notTLS.isEmpty
      && !transcript.hasRareFeatures && transcript.decryption == .none
  }
}
