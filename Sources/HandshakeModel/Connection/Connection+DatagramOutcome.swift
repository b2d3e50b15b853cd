import NetworkValues
import TLSProtocol

extension Connection {
  /// Both sides of a QUIC or DTLS handshake repeat what is not answered within a second (RFC 9002 §6.2, RFC 6347 §4.2.4.1):
  /// when the capture went on for this many seconds without a packet of theirs, the handshake is over.
  static let telltaleSilence = 3.0

  /// How a QUIC or DTLS connection ended, which no FIN shows.
  package var outcomeOfDatagrams: Outcome {
    if transcript.alerts.contains(where: { $0.alert.map { $0.description != .closeNotify } ?? false }) {
      return .failed
    }
    // Its socket is gone by then: what the server repeats is answered by an ICMP error of the client's host.
    if asksForQUICVersions { return .incomplete }
    if let quic, let outcome = outcome(of: quic) { return outcome }
    if dtls != nil, let outcome = outcomeOfDTLS { return outcome }
    let isUnanswered = network.server.segments == 0 && repeatsItself && !lacksDatagramsOfServer
    return isUnanswered || !network.icmpErrors.isEmpty ? .failed : .incomplete
  }

  /// No datagram of the server's was captured, although those of the client's show that there were some; or they are not
  /// known to be the client's.
  public var lacksDatagramsOfServer: Bool {
    guard transport != .tcp, network.server.segments == 0 else { return false }
    if let quic {
      // Only who has heard from the server has keys for more than Initial and 0-RTT packets (RFC 9001 §4.1.4), and only
      // behind its first answer are the client's Initial packets protected by an identifier that is not in them (§5.2).
      return quic.client.handshake > 0 || quic.client.oneRTT > 0
        || transcript.clientHellos.isEmpty && quic.clientVersion?.isSupported == true
    }
    guard let dtls else { return false }
    return dtls.client.encryptedRecords > 0 || dtls.didReturnCookie || transcript.clientHellos.isEmpty
  }

  /// The client sent again what it had sent before. A ClientHello that fills several datagrams repeats nothing: they leave
  /// at once, and repetitions a good while later (RFC 9002 §6.2.2, RFC 6347 §4.2.4.1).
  public var repeatsItself: Bool {
    if let quic, quic.client.repeatedPieces > 0 { return true }
    guard network.client.segments > 1 else { return false }
    guard let first = network.client.firstData, let last = network.client.lastData else { return true }
    return last.time.seconds(since: first.time) >= Self.shortestRepetition
  }

  private static let shortestRepetition = 0.1

  private func outcome(of quic: QUICFacts) -> Outcome? {
    if quic.handshakeDoneFrame != nil { return .established }
    // The capture begins behind the handshake: that data flows shows nothing of that.
    if isJoinedMidway { return nil }
    // A client that sends 1-RTT packets accepted the server's flight; a server that does accepted the client's.
    if quic.client.firstOneRTTFrame != nil, quic.server.oneRTT > 0 || quic.server.handshake > 0 { return .established }
    if !quic.closes.isEmpty || foundNoQUICVersion { return .failed }
    return hasUnfinishedQUICAnswer && network.silence >= Self.telltaleSilence ? .failed : nil
  }

  /// The client answered the server's Handshake packets, none of its packets carries data, and nothing followed. With
  /// silence behind it the client closed under a protection that only keys open: neither side repeated anything.
  public var hasUnfinishedQUICAnswer: Bool {
    guard let quic, quic.client.handshake > 0, quic.server.handshake > 0, quic.client.oneRTT == 0, quic.closes.isEmpty,
      let client = network.client.lastData, let server = network.server.lastData
    else { return false }
    return client.frame > server.frame
  }

  /// The client offered a version that is reserved for this (RFC 9000 §15), and learnt from the server's Version Negotiation
  /// packet which ones it speaks: it asked, and nothing failed.
  public var asksForQUICVersions: Bool {
    guard let quic else { return false }
    return quic.clientVersion?.isReserved == true && quic.negotiationFrame != nil && quic.serverVersion == nil
  }

  /// The server named the versions that it speaks, the client's is not among them, and the client gave up.
  public var foundNoQUICVersion: Bool {
    guard !asksForQUICVersions, let quic, let offer = quic.negotiationOffer, let frame = quic.negotiationFrame,
      quic.serverVersion == nil,
      let version = quic.clientVersion, !offer.contains(version)
    else { return false }
    return (network.client.lastData?.frame ?? 0) < frame
  }

  /// Not one packet of the handshake's beginning was captured.
  public var isJoinedMidway: Bool {
    guard transcript.clientHellos.isEmpty, transcript.serverHellos.isEmpty else { return false }
    if let quic {
      return quic.client.initial + quic.server.initial == 0 && quic.negotiationFrame == nil && quic.retryFrame == nil
    }
    return dtls != nil || network.isStartMissing
  }

  private var outcomeOfDTLS: Outcome? {
    if isJoinedMidway { return nil }
    if finishedDTLS(.client), finishedDTLS(.server) { return .established }
    // The client repeated its last flight in vain: the server drops what it cannot verify (RFC 6347 §4.1.2.7).
    return ignoredFinishedRepetitions >= 2 ? .failed : nil
  }

  /// Whether a side sent its Finished, as far as a protected record shows it.
  private func finishedDTLS(_ role: Role) -> Bool {
    guard isTLS13 else {
      return transcript.records.contains {
        $0.sender == role && $0.record.isEncrypted && $0.record.contentType != .alert
      }
    }
    // DTLS 1.3 hides types: the client's Finished is at least as long as one with its 12-byte header, a type and a tag;
    // the server's acknowledgment of it (RFC 9147 §7) or its data is longer than an alert.
    let finished = transcript.records.first {
      $0.sender == .client && $0.record.isEncrypted && $0.record.length >= 12 + 32 + 1 + 8
    }
    guard let finished else { return false }
    return role == .client
      || transcript.records.contains {
        $0.sender == .server && $0.record.isEncrypted && $0.frame > finished.frame && $0.record.length != 2 + 1 + 16
      }
  }

  /// How often a DTLS client repeated a protected flight that the server never answered with one of its own.
  public var ignoredFinishedRepetitions: Int {
    guard let dtls, !isTLS13, serverHello != nil, dtls.server.encryptedRecords == 0 else { return 0 }
    return max(0, dtls.client.encryptedRecords - 1)
  }
}
