import HandshakeModel
import TLSProtocol

extension Rule {
  /// The server named the QUIC versions that it speaks (RFC 9000 §6), and the client gave up.
  static let quicVersion = Rule(.tlsVersion) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .failed, connection.foundNoQUICVersion,
      let quic = connection.quic, let offer = quic.negotiationOffer, let frame = quic.negotiationFrame,
      let version = quic.clientVersion
    else { return [] }
    let named = offer.filter { !$0.isReserved }.prefix(8).map(\.description).joined(separator: ", ")
    let spoken = named.isEmpty ? "no version that it names" : named
    var evidence = [
      inquiry.evidence([connection.firstFrame], "the client's Initial packet is of \(version)"),
      inquiry.evidence([frame], "Version Negotiation from the server: it speaks \(spoken)"),
    ]
    // Nobody vouches for the packet (RFC 9000 §6.2): a client that is answered all the same ignores it.
    if let working = inquiry.working, let accepted = working.quic?.serverVersion {
      evidence.append(
        inquiry.workingEvidence(
          inquiry.workingServerHelloFrames, "the server speaks \(accepted) with the working client"))
    }
    return [
      Finding(
        .tlsVersion, 94, "No QUIC version in common: the client speaks \(version), the server \(spoken)",
        evidence: evidence)
    ]
  }

  /// A CONNECTION_CLOSE without an alert, RFC 9000 §20.1.
  static let quicClose = Rule(.tcpRefused, .tlsVersion, .tlsMalformed, .tlsExtension) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .failed, let ending = inquiry.ending,
      case .quicClose(let close) = ending.manner, let frame = ending.frame, let ender = ending.ender,
      !close.isApplication
    else { return [] }
    let evidence = [inquiry.evidence([frame], "the \(ender.rawValue) closed the connection with \(close.said)")]
    func finding(_ code: CauseCode, _ strength: Int, _ title: String) -> [Finding] {
      [Finding(code, strength, title, evidence: evidence)]
    }
    switch close.code {
    case 0x02 where ender == .server:
      return finding(.tcpRefused, 93, "\(connection.server) refuses new QUIC connections (CONNECTION_REFUSED)")
    case 0x08:
      return finding(.tlsExtension, 88, "The \(ender.rawValue) does not accept the peer's QUIC transport parameters")
    case 0x11: return finding(.tlsVersion, 90, "The \(ender.rawValue) found the QUIC version negotiation tampered with")
    case 0x07, 0x0a, 0x0d:
      return finding(
        .tlsMalformed, 86, "The \(ender.peer.rawValue) sent what QUIC does not allow, says the \(ender.rawValue)")
    default: return []
    }
  }

  /// The capture ends behind the client's Handshake packets, before any data: a close hides among them as well as a
  /// Finished.
  static let unfinishedQUIC = Rule(.certRejected) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .incomplete, connection.hasUnfinishedQUICAnswer,
      let last = connection.network.client.lastData
    else { return [] }
    return [
      Finding(
        .certRejected, 48, "The client may have turned the server's certificate down: it sent no data after its answer",
        evidence: [
          inquiry.evidence(
            [last.frame], "the client answers the server's flight with Handshake packets only, and sends no data")
        ])
    ]
  }

  /// A DTLS client repeats its Finished, and the server acts as if it had not come: DTLS drops records that do not verify
  /// without a word (RFC 6347 §4.1.2.7), so that keys which differ look like loss.
  static let ignoredFinished = Rule(.tlsDecrypt) { inquiry in
    guard let connection = inquiry.connection, connection.ignoredFinishedRepetitions >= 2,
      connection.outcome == .failed, connection.fatalAlerts.isEmpty, let answer = connection.serverHello
    else { return [] }
    let records = connection.encryptedRecords(from: .client)
    let frames = Array(Set(records.map(\.frame))).sorted()
    let usesSharedKey = answer.value.cipherSuite.name.contains("_PSK_")
    return [
      Finding(
        .tlsDecrypt, usesSharedKey ? 78 : 62,
        usesSharedKey
          ? "The server ignores the client's Finished: the two sides most likely hold different pre-shared keys"
          : "The server ignores the client's Finished: it most likely does not verify, or never arrives",
        evidence: [
          inquiry.evidence(
            frames, "the client sends its protected Finished \(records.count) times; the server never sends its own"),
          inquiry.evidence([answer.frame], "the server chose \(answer.value.cipherSuite.name)"),
        ])
    ]
  }
}

extension QUICConnectionClose {
  /// The code, and the reason where one is given.
  var said: String { reason.isEmpty ? name : "\(name): \"\(Escaped.text(reason))\"" }
}

extension Inquiry {
  /// What to do where the advice for TLS over TCP would lead astray; nil elsewhere.
  func quicRemedies(for code: CauseCode) -> [Remedy]? {
    guard let connection, let quic = connection.quic else { return nil }
    switch code {
    case .tlsVersion where connection.foundNoQUICVersion:
      let spoken = (quic.negotiationOffer ?? []).filter { !$0.isReserved }.prefix(4).map(\.description)
      let wanted = quic.clientVersion.map(\.description) ?? "the client's version"
      return [
        Remedy(for: "client", "Offer a QUIC version that the server speaks: \(spoken.joined(separator: ", "))"),
        Remedy(for: "server", "Enable \(wanted), which the client speaks"),
      ]
    case .tlsALPN:
      let offered = Escaped.list(hello?.applicationProtocols ?? [])
      return [
        Remedy(for: "client", "Offer a protocol that the server speaks over QUIC, as h3 for HTTP/3"),
        Remedy(for: "server", "Enable one of the client's protocols on the QUIC listener: \(offered)"),
      ]
    default: return nil
    }
  }

  /// The words that came with the close that ended a QUIC connection.
  var closeWithReason: Evidence? {
    guard let ending, let connection, connection.outcome == .failed,
      let item = connection.quic?.closes.first(where: { $0.frame == ending.frame && $0.sender == ending.ender }),
      !item.close.reason.isEmpty, case .alert = ending.manner
    else { return nil }
    return evidence([item.frame], "the reason given: \"\(Escaped.text(item.close.reason))\"")
  }
}
