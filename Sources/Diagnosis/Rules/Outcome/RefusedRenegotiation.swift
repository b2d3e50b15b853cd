import HandshakeModel
import PacketCapture
import TLSProtocol

extension Rule {
  /// A second handshake was begun under the keys of the first and came to nothing: before TLS 1.3 servers ask so for a
  /// client certificate where only part of what they serve wants one. Its messages are encrypted; that they are
  /// handshake messages is not, and neither is a ChangeCipherSpec, without which no handshake completes.
  static func refusedRenegotiation(_ connection: Connection, _ inquiry: Inquiry) -> Finding? {
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
    let evidence = [
      inquiry.evidence(
        [begun.frame], "the \(opener.rawValue) begins a second handshake under the keys of the first (renegotiation)"),
      inquiry.evidence(
        [alert.frame], "the \(alert.sender.rawValue) ends it with an encrypted alert; no second ChangeCipherSpec came"),
    ]
    guard alert.sender == .server else {
      return Finding(
        .tlsExtension, inquiry.working == nil ? 50 : 62,
        "The client does not renegotiate: the second handshake on the connection came to nothing",
        evidence: evidence)
    }
    return Finding(
      .certClientRequired, inquiry.working == nil ? 50 : 64,
      "The server refuses the second handshake on the connection; most often such a handshake asks for a client certificate",
      evidence: evidence)
  }
}
