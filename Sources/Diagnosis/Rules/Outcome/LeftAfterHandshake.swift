import HandshakeModel
import PacketCapture
import TLSProtocol

extension Rule {
  /// The handshake completed, and the client left at once, without the request that the working client sends: some
  /// clients look at the certificate only then (curl at its names, Node and Apache HttpClient, NSS programs). A fault that
  /// the certificate shows makes that likely; without one a client that simply had no more to say looks the same.
  static let leftAfterHandshake = Rule(
    .certNameMismatch, .certUntrusted, .certSelfSigned, .certExpired, .certNotYetValid, .certWrongCertificate,
    .certRejected, .certWeak, .certUsage, .certRevoked, .certClientRequired, .tlsDecrypt, .tlsExtension
  ) { inquiry in
    guard let connection = inquiry.connection, connection.isFinishedByClient, let close = connection.firstClose
    else { return [] }
    if let refused = refusedRenegotiation(connection, inquiry) { return [refused] }
    // What was sent cannot be told from what the capture lost.
    if connection.network.lacksBytes { return [] }
    guard let working = inquiry.working, working.outcome == .established, working.clientSentData,
      !connection.clientSentData
    else { return leftBeforeAnswer(connection, close, inquiry) }
    let leaving = connection.transcript.alerts.first { $0.sender == .client && $0.isEncrypted }
    guard close.sender == .client || leaving.map({ $0.frame < close.frame }) == true else { return [] }
    let frame = leaving?.frame ?? close.frame
    let last = inquiry.evidence([frame], "the client leaves right after the handshake, without sending any data")
    let contrast = inquiry.workingEvidence(
      working.encryptedRecords(from: .client).suffix(1).map(\.frame), "the working client goes on to send data")
    guard let view = CertificateView(connection) else {
      // Who has simply no more to say takes leave with close_notify; who drops the connection is displeased.
      let isAbrupt = leaving == nil && close.sender == .client
      return [
        Finding(
          .certRejected, isAbrupt ? 66 : 50,
          isAbrupt
            ? "The client dropped the connection right after the handshake, without close_notify: most likely its own check of the certificate failed"
            : "The client left right after the handshake: its own check of the certificate may have failed",
          evidence: [last, contrast])
      ]
    }
    let faults =
      CertificateFaults(
        view: view, refusal: Refusal(leaving: frame, evidence: last), inquiry: inquiry, connection: connection
      )
      .findings() + differentCertificate(view, working, inquiry, last)
    // The server would answer a close_notify with its own (RFC 8446 §6.1); it answers a fatal alert with the end.
    let wasFatal =
      leaving != nil && !connection.isTLS13 && connection.isClosed(by: .server)
      && !connection.transcript.alerts.contains { $0.sender == .server && $0.frame > frame }
    var found = faults.map { fault in
      var fault = fault
      let isTrust = fault.code == .certUntrusted || fault.code == .certIncompleteChain
      fault.strength = min(fault.strength, 88) - (isTrust ? (wasFatal ? 14 : 34) : 8)
      // Another server answered: its certificate's faults are only how that shows.
      if fault.code == .certWrongCertificate, !inquiry.reachesSameServer { fault.strength += 4 }
      fault.evidence.append(contrast)
      return fault
    }
    // Faults of the certificate cannot be told without the hello.
    if wasFatal, inquiry.hello != nil, !found.contains(where: { $0.strength >= Finding.likely }) {
      found.append(
        Finding(
          .tlsDecrypt, 61, "The client answered the server's Finished with an alert and left: it may not have verified",
          evidence: [last, contrast]))
    }
    return found.sorted { $0.strength > $1.strength }
  }

  /// Nobody to compare with, or a client that sent its request before it looked at the certificate (lftp): only a fault
  /// that the certificate itself shows counts, and programs that merely test a server leave like this as well.
  private static func leftBeforeAnswer(_ connection: Connection, _ close: Close, _ inquiry: Inquiry) -> [Finding] {
    guard connection.mayHaveLeftDispleased, close.sender == .client, let view = CertificateView(connection) else {
      return []
    }
    let sent = connection.clientSentData
    let last = inquiry.evidence(
      [close.frame],
      sent
        ? "the client leaves at once, before the server has answered its request"
        : "the client leaves right after the handshake, without sending any data")
    // What this looks at is what `CertificateLeave` holds.
    let faults = CertificateFaults(
      view: view, refusal: Refusal(leaving: close.frame, evidence: last), setting: CertificateSetting(connection),
      stapleFrame: connection.transcript.stapledOCSPResponse?.frame ?? view.frame)
    let hasContrast = inquiry.working.map { $0.outcome == .established && $0.serverSentData } ?? false
    return faults.ownFindings().filter { $0.strength >= Finding.likely }.map { fault in
      var fault = fault
      fault.strength = min(fault.strength, sent && hasContrast ? 66 : 50)
      return fault
    }
  }

  private static func differentCertificate(
    _ view: CertificateView, _ working: Connection, _ inquiry: Inquiry, _ last: Evidence
  ) -> [Finding] {
    guard let leaf = view.leaf, let other = CertificateView(working)?.leaf, leaf.sha256 != other.sha256,
      leaf.subjectDER != other.subjectDER, inquiry.hello?.serverName == inquiry.workingHello?.serverName
    else { return [] }
    return [
      Finding(
        .certWrongCertificate, 90, "The two clients asked for the same name and were shown different certificates",
        evidence: [
          inquiry.evidence([view.frame], "the failing client was shown \(Escaped.text(leaf.subject))"),
          inquiry.workingEvidence(
            [working.transcript.serverCertificates?.frame ?? 0],
            "the working one was shown \(Escaped.text(other.subject))"), last,
        ])
    ]
  }
}

/// A client that left a completed handshake at once, with nobody to compare it with: all that the doubts about the
/// certificate follow from, but for their frames.
struct CertificateLeave: Hashable, Sendable {
  /// By identity.
  let certificates: [Certificate]
  /// When the certificates were shown, in seconds since 1970.
  let time: Int64
  let setting: CertificateSetting
  let sentData: Bool

  /// Nil where something else counts as well.
  init?(_ connection: Connection, _ close: Close) {
    guard close.sender == .client, connection.isTLS13 || connection.transcript.rareFeatures?.renegotiation == nil,
      let observed = connection.transcript.serverCertificates, connection.transcript.stapledOCSPResponse == nil
    else { return nil }
    certificates = observed.value
    time = observed.time.nanoseconds / 1_000_000_000
    setting = CertificateSetting(connection)
    sentData = connection.clientSentData
  }
}

extension Connection {
  /// The handshake completed, or the client finished it and left before the server could show that it took that.
  var isFinishedByClient: Bool { outcome == .established || unansweredFinished != nil && isClosed }

  /// The handshake completed, and the way in which the client left, or a second handshake, may yet show a failure.
  var mayHaveLeftDispleased: Bool {
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
