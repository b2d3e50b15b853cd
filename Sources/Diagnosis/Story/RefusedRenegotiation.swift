import HandshakeModel
import TLSProtocol

/// A second handshake was begun under the keys of the first and came to nothing: before TLS 1.3 servers ask so for a
/// client certificate where only part of what they serve wants one. Its messages are encrypted; that they are handshake
/// messages is not, and neither is a ChangeCipherSpec, without which no handshake completes.
struct RefusedRenegotiation {
  /// The side that began the second handshake.
  let opener: Role
  let begunFrame: Int
  /// The side whose encrypted alert ended it.
  let ender: Role
  let alertFrame: Int
  /// The server began it in answer to the client's first data, and sent none of its own before the end.
  let leavesRequestUnanswered: Bool

  init?(_ connection: Connection) {
    guard !connection.isTLS13, connection.transport == .tcp,
      let begun = connection.transcript.rareFeatures?.renegotiation,
      connection.transcript.records.count < Transcript.recordLimit
    else { return nil }
    let later = connection.transcript.records.filter { $0.frame >= begun.frame && $0.record.isEncrypted }
    guard
      !connection.transcript.records.contains(where: {
        $0.record.contentType == .changeCipherSpec && $0.sender == .server && $0.frame > begun.frame
      })
    else { return nil }
    guard let opener = later.first(where: { $0.record.contentType == .handshake })?.sender,
      let alert = connection.transcript.alerts.first(where: { $0.isEncrypted && $0.frame > begun.frame }),
      !later.contains(where: {
        $0.sender == .server && $0.record.contentType == .applicationData && $0.frame > begun.frame
      })
    else { return nil }
    (self.opener, begunFrame, ender, alertFrame) = (opener, begun.frame, alert.sender, alert.frame)
    let data = connection.transcript.records.filter { $0.record.contentType == .applicationData }
    leavesRequestUnanswered =
      opener == .server && !data.contains { $0.sender == .server }
      && data.contains { $0.sender == .client && $0.frame < begun.frame }
  }

  /// Behind a handshake that the client had finished, and whose connection was closed.
  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, connection.isFinishedByClient, connection.firstClose != nil else {
      return nil
    }
    self.init(connection)
  }

  /// That it was begun, and how it ended.
  func observations(_ inquiry: Inquiry) -> [Observation] {
    [
      inquiry.observed(
        .afterHandshake, [begunFrame],
        "the \(opener.rawValue) begins a second handshake under the keys of the first (renegotiation)"),
      inquiry.observed(
        .ending, [alertFrame],
        "the \(ender.rawValue) ends it with an encrypted alert; no second ChangeCipherSpec came"),
    ]
  }
}
