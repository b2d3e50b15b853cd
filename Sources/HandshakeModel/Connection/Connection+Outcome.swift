public import NetworkValues
public import TLSProtocol

extension Connection {
  /// The negotiated version; nil before a ServerHello.
  public var negotiatedVersion: ProtocolVersion? {
    // By index: the hello itself would be copied for its version.
    for index in transcript.serverHellos.indices.reversed()
    where !transcript.serverHellos[index].value.isHelloRetryRequest {
      return transcript.serverHellos[index].value.version
    }
    return nil
  }

  /// The cipher suite that the ServerHello proper chose.
  public var negotiatedCipherSuite: CipherSuite? {
    for index in transcript.serverHellos.indices.reversed()
    where !transcript.serverHellos[index].value.isHelloRetryRequest {
      return transcript.serverHellos[index].value.cipherSuite
    }
    return nil
  }

  /// TLS 1.3, DTLS 1.3 or a draft of them was negotiated.
  public var isTLS13: Bool { negotiatedVersion?.isTLS13 ?? false }

  /// The ServerHello proper, not a HelloRetryRequest.
  public var serverHello: Observed<ServerHello>? { transcript.serverHellos.last { !$0.value.isHelloRetryRequest } }

  /// By index: the hello itself would be copied for its frame.
  private var serverHelloFrame: Int? {
    transcript.serverHellos.indices.last { !transcript.serverHellos[$0].value.isHelloRetryRequest }
      .map { transcript.serverHellos[$0].frame }
  }

  /// The server's request for another ClientHello (RFC 8446 §4.1.4).
  public var helloRetryRequest: Observed<ServerHello>? {
    transcript.serverHellos.first { $0.value.isHelloRetryRequest }
  }

  /// The ciphertext records of one side, in order.
  public func encryptedRecords(from sender: Role) -> [ObservedRecord] {
    transcript.records.filter { $0.sender == sender && $0.record.isEncrypted }
  }

  /// The first close of the connection by either side: FIN or RST, whichever came first.
  public var firstClose: Close? {
    var first: Close?
    func note(_ close: Close) { if first.map({ close.frame < $0.frame }) ?? true { first = close } }
    if let fin = network.clientFin { note(Close(kind: .fin, sender: .client, frame: fin.frame, time: fin.time)) }
    if let fin = network.serverFin { note(Close(kind: .fin, sender: .server, frame: fin.frame, time: fin.time)) }
    if let reset = network.resets.first {
      note(Close(kind: .reset, sender: reset.sender, frame: reset.frame, time: reset.time))
    }
    return first
  }

  /// Whether the connection is over as far as the capture shows.
  public var isClosed: Bool { network.clientFin != nil || network.serverFin != nil || !network.resets.isEmpty }

  /// One side has closed or reset the connection.
  public func isClosed(by role: Role) -> Bool {
    (role == .client ? network.clientFin : network.serverFin) != nil || network.resets.contains { $0.sender == role }
  }

  /// Nanoseconds from the first frame to the last Finished; nil where the handshake did not complete, or where that is
  /// not seen (QUIC).
  public var handshakeDuration: Int64? {
    guard outcome == .established else { return nil }
    var end = clientFinishedRecord?.time
    if !isTLS13 {
      end = Role.allCases.compactMap { role in
        encryptedRecords(from: role).first { $0.record.contentType != .alert }?.time
      }.max()
    }
    return end.map { max(0, $0.nanoseconds &- started.nanoseconds) }
  }

  /// Decides how the connection ended, from the whole story: once, when nothing can follow any more.
  package mutating func decideOutcome() {
    guard transport == .tcp else {
      outcome = outcomeOfDatagrams
      return
    }
    recogniseEncryptedAlerts()
    outcome = outcomeOfStream
  }

  /// Notes that the client got over it by itself: what was tried in vain first is no failure then.
  package mutating func note(_ fallback: Fallback) {
    network.fallback = fallback
    outcome = .incomplete
  }

  /// How a connection over TCP ended.
  private var outcomeOfStream: Outcome {
    if !network.isConnected, !network.syns.isEmpty, network.client.payloadBytes == 0 {
      return outcomeWithoutConnection
    }
    if isWithdrawn { return .incomplete }
    if !transcript.isTLS { return outcomeWithoutTLS }
    let isGreeted = !transcript.clientHellos.isEmpty || !transcript.serverHellos.isEmpty
    if network.isStartMissing, !isGreeted { return .incomplete }
    // Who imitates records without a handshake has none.
    if isGreeted, finishedHandshake { return .established }
    if !fatalAlerts.isEmpty { return .failed }
    if isClosed { return outcomeOfClose }
    // Still open when the capture ends: silence long enough is a failure, a short one is an early end of capture.
    return .incomplete
  }

  private var outcomeOfClose: Outcome {
    network.isOneSided || network.missingBytes(before: self)
      || mayBeTLS13 && (clientLeftBehindFinished || idledBehindFinished) || hasNoHello
      ? .incomplete : .failed
  }

  private var outcomeWithoutConnection: Outcome {
    if network.refusal != nil || !network.icmpErrors.isEmpty { return .failed }
    // A reset that answers something else than the SYN: what it answers is not in the capture.
    if network.resets.contains(where: { $0.sender == .server }) { return .incomplete }
    if !network.resets.isEmpty { return .failed }
    return network.syns.count > 1 || network.silence >= Self.unansweredSYN ? .failed : .incomplete
  }

  /// Seconds after which a SYN without an answer has failed, though it was not repeated: its client has given up.
  package static let unansweredSYN = 10.0

  /// The client asked a PostgreSQL server for TLS, was told that there is none (`N`), and logged in without: libpq's sslmode
  /// `prefer` does. The session works unencrypted.
  public var wentOnUnencrypted: Bool {
    guard !transcript.isTLS,
      let asked = transcript.plaintext.firstIndex(where: { $0.sender == .client && $0.kind == .postgresql }),
      let reply = transcript.plaintext[asked...].first(where: { $0.sender == .server }), reply.excerpt == "N",
      let sent = network.client.lastData, let answered = network.server.lastData
    else { return false }
    return sent.frame > reply.frame && answered.frame > sent.frame
      || transcript.plaintext.contains { $0.sender == .client && $0.frame > reply.frame }
        && transcript.plaintext.contains { $0.sender == .server && $0.frame > reply.frame }
  }

  private var outcomeWithoutTLS: Outcome {
    wentOnUnencrypted || network.isStartMissing || !isClosed || network.isOneSided || network.missingBytes(before: self)
      ? .incomplete : .failed
  }

  private var finishedHandshake: Bool {
    mayBeTLS13 ? finishedTLS13Handshake : finishedEarlierHandshake
  }

  /// A capture that lost the ServerHello, or both hellos, does not show the version: what TLS 1.3 hides is the larger
  /// doubt.
  private var mayBeTLS13: Bool {
    negotiatedVersion?.isTLS13
      ?? transcript.clientHellos.last?.value.supportedVersions.contains(where: \.isTLS13) ?? true
  }

  /// Before TLS 1.3 each side's Finished follows its ChangeCipherSpec, encrypted (RFC 5246 §7.1).
  private var finishedEarlierHandshake: Bool {
    func sentFinished(_ role: Role) -> Bool {
      transcript.records.contains {
        $0.sender == role && $0.record.isEncrypted && $0.record.contentType != .alert
      }
    }
    guard sentFinished(.client), sentFinished(.server) else { return false }
    // A Finished that does not verify is answered with an alert and nothing else.
    let clientData = dataRecords(from: .client)
    let serverData = dataRecords(from: .server)
    if clientData + serverData == 0, let alert = transcript.alerts.first(where: { $0.alert != nil && !wasOutlived($0) })
    {
      return alert.alert?.description == .closeNotify
    }
    return true
  }

  private func dataRecords(from sender: Role) -> Int {
    transcript.records.count {
      $0.sender == sender && $0.record.isEncrypted && $0.record.contentType == .applicationData
    }
  }

  /// TLS 1.3 hides the Finished: the client's is the first record of its size behind the server's flight. That the server
  /// took it shows in what it sends next: tickets or data, all larger than an alert.
  private var finishedTLS13Handshake: Bool {
    guard let finished = clientFinishedRecord else { return false }
    if transcript.decryption == .succeeded, fatalAlerts.contains(where: { $0.sender == .server }) { return false }
    return transcript.records.contains {
      $0.sender == .server && $0.frame > finished.frame && $0.record.isEncrypted && !isAlertSized($0)
    }
  }

  /// The client's Finished of a TLS 1.3 handshake that the capture does not show to have come to its end, though neither
  /// side is seen to object: no record larger than an alert follows it from the server. Nil where there is none.
  public var unansweredFinished: ObservedRecord? {
    guard outcome == .incomplete, transport == .tcp, mayBeTLS13 else { return nil }
    return clientFinishedRecord
  }

  /// The client sent its Finished and then closed, or took its leave, before the server had said anything to it: an alert
  /// that follows is the server's answer to that.
  private var clientLeftBehindFinished: Bool {
    guard let finished = clientFinishedRecord, let close = firstClose else { return false }
    let answer = transcript.records.first {
      $0.sender == .server && $0.frame > finished.frame && $0.record.isEncrypted
    }
    return answer.map { clientLeft(before: $0.frame) } ?? (close.sender == .client)
  }

  /// The client sent its Finished, all of it arrived, and only after a while the server closed: it refuses at once, within
  /// milliseconds, and ends what is idle later.
  private var idledBehindFinished: Bool {
    guard clientFinishedRecord != nil, network.client.unacknowledgedBytes == 0,
      let close = firstClose, close.sender == .server, let last = network.client.lastData, last.frame < close.frame
    else { return false }
    let word = transcript.records.first { $0.sender == .server && $0.frame > last.frame && $0.record.isEncrypted }
    return (word?.time ?? close.time).seconds(since: last.time) >= Self.refusalLimit
  }

  /// No server takes longer to refuse what it has received.
  private static let refusalLimit = 5.0

  /// Neither side is seen to greet the other, nor to object to anything: records that begin no handshake.
  private var hasNoHello: Bool {
    transcript.clientHellos.isEmpty && transcript.serverHellos.isEmpty && transcript.alerts.isEmpty
      && transcript.malformed.isEmpty && transcript.clientTLSOffset != nil && transcript.serverTLSOffset != nil
  }

  private func clientLeft(before frame: Int) -> Bool {
    if let fin = network.clientFin, fin.frame < frame { return true }
    guard let last = encryptedRecords(from: .client).last(where: { $0.frame < frame }) else { return false }
    return isAlertSized(last)
  }

  /// The client's record that carries its Finished (RFC 8446 §4.4.4), alone or behind its certificate. JSSE pads each
  /// record with 16 zeros.
  public var clientFinishedRecord: ObservedRecord? {
    // What comes before the server's flight is 0-RTT data (RFC 8446 §4.2.10).
    let answered =
      serverHelloFrame ?? transcript.records.first { $0.sender == .server && $0.record.isEncrypted }?.frame ?? 0
    return transcript.records.first { note in
      guard note.sender == .client, note.record.isEncrypted, note.frame > answered else { return false }
      if let inner = note.record.innerContentType { return inner == .handshake }
      return note.record.contentType == .applicationData && note.record.length >= 4 + 32 + 1 + 16
    }
  }

  /// A ciphertext record of `sender` that is as long as an alert: 2 bytes, content type and tag (RFC 8446 §5.2), or 16
  /// more from JSSE, which pads. A CCM_8 suite's tag has 8 bytes.
  public func isAlertSized(_ record: RecordNote, from sender: Role) -> Bool {
    if let inner = record.innerContentType { return inner == .alert }
    switch record.length {
    case 11: return negotiatedCipherSuite.map { $0.rawValue == 0x1305 } ?? true
    case 19: return padding(of: sender) != 16
    case 35: return padding(of: sender) != 0
    default: return false
    }
  }

  /// The record is as long as an encrypted alert under the negotiated suite.
  public func isAlertSized(_ note: ObservedRecord) -> Bool { isAlertSized(note.record, from: note.sender) }

  /// The bytes with which a side pads each TLS 1.3 record, told from its Finished, whose length the cipher suite fixes;
  /// nil where no record of that length was seen.
  private func padding(of sender: Role) -> Int? {
    guard let hash = negotiatedCipherSuite?.hashOutputLength, hash > 0 else { return nil }
    let finished = 4 + hash + 1 + 16
    var isPadded = false
    for record in transcript.records where record.sender == sender && record.record.isEncrypted {
      if record.record.length == finished { return 0 }
      if record.record.length == finished + 16 { isPadded = true }
    }
    return isPadded ? 16 : nil
  }

  /// Notes as alerts the TLS 1.3 records that can hardly be anything else: alert-sized, last of their side, behind them
  /// the end.
  private mutating func recogniseEncryptedAlerts() {
    guard isTLS13, transcript.records.count < Transcript.recordLimit else { return }
    guard isClosed else { return }
    var isAnyFound = false
    for role in Role.allCases {
      guard let last = transcript.records.last(where: { $0.sender == role && $0.record.isEncrypted }),
        isAlertSized(last), last.record.innerContentType == nil
      else { continue }
      transcript.alerts.append(
        AlertNote(
          frame: last.frame, time: last.time, sender: role, alert: nil, isEncrypted: true,
          recordLength: last.record.length))
      isAnyFound = true
    }
    if isAnyFound { transcript.alerts.sort { $0.frame < $1.frame } }
  }
}

/// How and by whom a connection was closed.
public struct Close: Sendable, Hashable {
  /// By which kind of segment.
  public enum Kind: String, Sendable { case fin, reset }
  /// By which kind of segment.
  public var kind: Kind
  /// Who closed.
  public var sender: Role
  /// The frame of the FIN or RST.
  public var frame: Int
  /// Its time.
  public var time: Timestamp
}

extension NetworkFacts {
  /// The capture lost bytes that the handshake needed: a Finished that is not seen may have been there.
  func missingBytes(before connection: Connection) -> Bool {
    client.lacksBytes || server.lacksBytes || truncatedFrames > 0 && connection.transcript.clientHellos.isEmpty
  }
}
