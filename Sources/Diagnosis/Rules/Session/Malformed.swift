import HandshakeModel
import TLSProtocol

extension Rule {
  /// A peer sends bytes that break the protocol, and the other side says so or gives up.
  static let malformed = Rule(.tlsMalformed) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, connection.transcript.isTLS else {
      return []
    }
    var evidence: [Evidence] = []
    var culprit: Role?
    var isContradicted = false
    for note in connection.transcript.malformed.prefix(3) where note.sender != ending.ender || ending.ender == nil {
      culprit = note.sender
      evidence.append(inquiry.evidence([note.frame], "\(note.sender.rawValue) message does not parse: \(note.text)"))
    }
    for note in connection.transcript.notTLS.prefix(1) where connection.outcome == .failed {
      culprit = culprit ?? note.value
      evidence.append(inquiry.evidence([note.frame], "the \(note.value.rawValue)'s stream stops being TLS here"))
    }
    if connection.transcript.serverTLSOffset == nil, connection.serverBeginsRecord,
      let note = connection.transcript.plaintext.first(where: { $0.sender == .server })
    {
      culprit = .server
      evidence.append(
        inquiry.evidence(
          [note.frame], "what the server sends begins like a TLS record and is none: \"\(note.excerpt)\""))
    }
    if let heartbeat = connection.heartbeatInHandshake, connection.outcome == .failed {
      return [
        Finding(
          .tlsMalformed, 91,
          "The \(heartbeat.sender.rawValue) sends heartbeats in the midst of the handshake, as probes for Heartbleed do",
          evidence: [
            inquiry.evidence(
              [heartbeat.frame],
              "a heartbeat record of \(heartbeat.length) bytes before either side has finished; RFC 6520 forbids it"),
            inquiry.evidence(ending.frame.map { [$0] } ?? [connection.lastFrame], "the handshake goes no further"),
          ])
      ]
    }
    if let hello = inquiry.hello, let answer = connection.serverHello, let fault = contradiction(hello, answer.value) {
      culprit = .server
      isContradicted = true
      evidence.append(inquiry.evidence([answer.frame], fault))
    }
    var strength = evidence.isEmpty ? 0 : isContradicted ? (ending.ender == .client ? 91 : 80) : 68
    if let alert = ending.alert, alert.saysMalformed, let frame = ending.frame {
      strength =
        isContradicted
        ? 95 : evidence.isEmpty ? (alert == .illegalParameter || alert == .unexpectedMessage ? 56 : 64) : 91
      culprit = culprit ?? ending.ender?.peer
      evidence.append(
        inquiry.evidence([frame], "\(ending.ender?.rawValue ?? "peer") alert \(alert.name) (\(alert.rawValue))"))
    }
    guard strength > 0, let culprit else { return [] }
    return [
      Finding(.tlsMalformed, strength, "The \(culprit.rawValue) sent bytes that break the protocol", evidence: evidence)
    ]
  }

  /// A ServerHello that answers what was never asked (RFC 8446 §4.1.3).
  private static func contradiction(_ hello: ClientHello, _ answer: ServerHello) -> String? {
    if !hello.cipherSuites.contains(answer.cipherSuite), !hello.isSSLv2Format {
      return "the ServerHello selects \(answer.cipherSuite.name), which was not offered"
    }
    if let group = answer.selectedGroup, !hello.supportedGroups.isEmpty, !hello.supportedGroups.contains(group) {
      return "the ServerHello selects the group \(group.name), which was not offered"
    }
    return nil
  }
}

extension Connection {
  /// A heartbeat in the clear: no side may send one before it has finished the handshake (RFC 6520 §3).
  var heartbeatInHandshake: HeartbeatNote? { transcript.rareFeatures?.heartbeats.first { !$0.isEncrypted } }
}

extension AlertDescription {
  var saysMalformed: Bool {
    [.decodeError, .illegalParameter, .unexpectedMessage, .recordOverflow, .decompressionFailure].contains(self)
  }
}
