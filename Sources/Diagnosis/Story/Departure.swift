import HandshakeModel
import NetworkValues
import TLSProtocol

/// A client that completed the handshake and left at once: some clients look at the certificate only then (curl at its
/// names, Node and Apache HttpClient, NSS programs). A client that simply had no more to say looks the same.
struct Departure {
  /// The client's last word.
  let ending: Observation
  /// The working client went on to send data; nil where there is none to compare with.
  let contrast: Observation?
  /// The client dropped the connection without close_notify.
  let isAbrupt: Bool
  /// The server took the client's last record for a fatal alert: it would answer a close_notify with its own (RFC 8446
  /// §6.1), and answers a fatal alert with the end.
  let wasFatal: Bool
  /// It left between its request and the answer, and the working client got its answer.
  let missedAnswer: Bool

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, connection.isFinishedByClient, let close = connection.firstClose,
      RefusedRenegotiation(connection) == nil,
      // What was sent cannot be told from what the capture lost.
      !connection.network.lacksBytes
    else { return nil }
    if let working = inquiry.working, working.outcome == .established, working.clientSentData,
      !connection.clientSentData
    {
      self.init(connection, close, besides: working, inquiry)
    } else {
      self.init(connection, close, inquiry)
    }
  }

  /// The client sent nothing, and the working one did.
  private init?(_ connection: Connection, _ close: Close, besides working: Connection, _ inquiry: Inquiry) {
    let leaving = connection.transcript.alerts.first { $0.sender == .client && $0.isEncrypted }
    guard close.sender == .client || leaving.map({ $0.frame < close.frame }) == true else { return nil }
    let frame = leaving?.frame ?? close.frame
    ending = inquiry.observed(
      .ending, [frame], "the client leaves right after the handshake, without sending any data")
    contrast = inquiry.observedWorking(
      .afterHandshake, working.encryptedRecords(from: .client).suffix(1).map(\.frame),
      "the working client goes on to send data")
    isAbrupt = leaving == nil && close.sender == .client
    wasFatal =
      leaving != nil && !connection.isTLS13 && connection.isClosed(by: .server)
      && !connection.transcript.alerts.contains { $0.sender == .server && $0.frame > frame }
    missedAnswer = false
  }

  /// Nobody to compare with, or a client that sent its request before it looked at the certificate (lftp).
  private init?(_ connection: Connection, _ close: Close, _ inquiry: Inquiry) {
    guard connection.mayHaveRefusedAndLeft, close.sender == .client else { return nil }
    let sent = connection.clientSentData
    ending = inquiry.observed(
      .ending, [close.frame],
      sent
        ? "the client leaves at once, before the server has answered its request"
        : "the client leaves right after the handshake, without sending any data")
    contrast = nil
    (isAbrupt, wasFatal) = (false, false)
    missedAnswer = sent && inquiry.working.map { $0.outcome == .established && $0.serverSentData } ?? false
  }
}

extension Connection {
  /// The handshake completed, or the client finished it and left before the server could show that it took that.
  var isFinishedByClient: Bool { outcome == .established || unansweredFinished != nil && isClosed }

  /// The handshake completed, and the way in which the client left, or a second handshake, may yet show a failure.
  var mayHaveRefusedAndLeft: Bool {
    guard isFinishedByClient, transport == .tcp, let close = firstClose else { return false }
    if !isTLS13, transcript.rareFeatures?.renegotiation != nil { return true }
    guard close.sender == .client, transcript.serverCertificates != nil, !serverSentData, !network.lacksBytes else {
      return false
    }
    guard clientSentData else { return true }
    // Who waits for an answer in vain leaves late.
    return network.client.lastData.map { close.time.seconds(since: $0.time) < 0.5 } ?? false
  }

  /// The server sent application data before either side closed. What follows a TLS 1.3 handshake first is tickets.
  var serverSentData: Bool {
    let end = firstClose?.frame ?? .max
    guard isTLS13 else {
      return transcript.records.contains {
        $0.sender == .server && $0.record.isEncrypted && $0.record.contentType == .applicationData && $0.frame < end
      }
    }
    guard let finished = clientFinishedRecord else { return false }
    return transcript.records.contains {
      $0.sender == .server && $0.frame > finished.frame && $0.frame < end && !isAlertSized($0)
    }
  }

  /// The client sent application data, not only what ends the handshake or the connection.
  var clientSentData: Bool {
    let records = encryptedRecords(from: .client)
    guard isTLS13 else { return records.contains { $0.record.contentType == .applicationData } }
    guard let finished = records.firstIndex(where: { $0.record == clientFinishedRecord?.record }) else { return false }
    return records[(finished + 1)...].contains { !isAlertSized($0) }
  }
}
