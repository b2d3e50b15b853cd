import HandshakeModel
import NetworkProtocols
import TLSProtocol

extension Rule {
  /// The server answers a ClientHello in plaintext.
  static let plaintextServer = Rule(.appPlaintextServer, .appStartTLS) { inquiry in
    guard let connection = inquiry.connection else { return [] }
    if let behind = plaintextBehindPrelude(connection, inquiry) { return [behind] }
    guard connection.transcript.serverTLSOffset == nil,
      let hello = connection.transcript.clientHellos.first, connection.transcript.clientTLSOffset == 0,
      let answer = connection.transcript.plaintext.first(where: { $0.sender == .server }),
      !connection.serverBeginsRecord, !connection.mayBeginMidway(answer),
      // What the client may have said before the hello is what it answers then.
      connection.network.client.missingBytes == 0
    else { return [] }
    let quote = "\"\(answer.excerpt)\""
    let order =
      answer.frame < hello.frame
      ? "it had greeted the client before the ClientHello" : "in answer to the ClientHello"
    if answer.kind.upgradesByCommand {
      return [
        Finding(
          .appStartTLS, 94,
          "The client starts TLS at once, but the server speaks \(answer.kind.rawValue) in plaintext first: TLS begins only after its upgrade command",
          evidence: [
            inquiry.evidence([answer.frame], "the server says \(quote), \(order)"),
            inquiry.evidence([hello.frame], "the client opens with a ClientHello"),
          ])
      ]
    }
    return [
      Finding(
        .appPlaintextServer, 94,
        "The server does not speak TLS on \(connection.server): it answers with \(answer.kind.described)",
        evidence: [
          inquiry.evidence([hello.frame], "the client opens with a ClientHello"),
          inquiry.evidence([answer.frame], "the server says \(quote), \(order)"),
        ])
    ]
  }

  /// The way to TLS was cleared, by a proxy or an upgrade command, and the ClientHello is answered in plaintext.
  private static func plaintextBehindPrelude(_ connection: Connection, _ inquiry: Inquiry) -> Finding? {
    guard connection.transcript.serverTLSOffset == nil, let offset = connection.transcript.clientTLSOffset, offset > 0,
      let hello = connection.transcript.clientHellos.first, let prelude = connection.preludeToHello,
      let answer = connection.transcript.plaintext.first(where: { $0.sender == .server && $0.frame > hello.frame }),
      connection.refusedUpgradeReply == nil, !connection.mayBeginMidway(answer),
      connection.network.client.missingBytes == 0
    else { return nil }
    let isTunnel = ProxyAnswer(connection) == .granted
    return Finding(
      .appPlaintextServer, 92,
      isTunnel
        ? "What the proxy connected the client to does not speak TLS: it answers with \(answer.kind.described)"
        : "\(connection.server) answers the ClientHello with \(answer.kind.described)",
      evidence: [
        inquiry.evidence([hello.frame], "\(prelude), and the client sends its ClientHello"),
        inquiry.evidence([answer.frame], "the answer is \"\(answer.excerpt)\""),
      ])
  }

  /// The client speaks plaintext to a port where TLS is spoken.
  static let plaintextClient = Rule(.appPlaintextClient) { inquiry in
    guard let connection = inquiry.connection, connection.transcript.clientTLSOffset == nil,
      let words = connection.transcript.plaintext.first(where: { $0.sender == .client }),
      words.kind != .proxyProtocol, words.kind != .httpConnect, words.kind != .socks,
      !connection.mayBeginMidway(words)
    else { return [] }
    let answer = connection.transcript.plaintext.first { $0.sender == .server }
    var evidence = [
      inquiry.evidence([words.frame], "the client opens with \(words.kind.described): \"\(words.excerpt)\"")
    ]
    // What the capture lost of the client's words may have been TLS.
    if let alert = connection.transcript.alerts.first(where: { $0.sender == .server }),
      connection.network.client.missingBytes == 0
    {
      evidence.append(inquiry.evidence([alert.frame], "the server answers with a TLS alert\(alert.named)"))
      return [
        Finding(.appPlaintextClient, 96, "The client speaks \(words.kind.described) to a TLS port", evidence: evidence)
      ]
    }
    if let answer, answer.frame > words.frame, answer.complainsOfPlaintext(connection.transcript.serverPrefix) {
      evidence.append(inquiry.evidence([answer.frame], "the server complains in plaintext: \"\(answer.excerpt)\""))
      return [
        Finding(.appPlaintextClient, 94, "The client speaks \(words.kind.described) to a TLS port", evidence: evidence)
      ]
    }
    if let working = inquiry.working, inquiry.reachesSameServer, working.showsWhatServerAccepts,
      working.network.client.missingBytes == 0,
      working.transcript.clientTLSOffset == 0
    {
      evidence.append(
        inquiry.workingEvidence(
          working.transcript.clientHellos.map(\.frame),
          "the working client opens with a ClientHello on \(working.server)"))
      return [
        Finding(.appPlaintextClient, 92, "The client speaks \(words.kind.described) to a TLS port", evidence: evidence)
      ]
    }
    if let ending = inquiry.ending, ending.ender == .server, answer == nil, let frame = ending.frame {
      evidence.append(inquiry.evidence([frame], "the server closes without a word"))
      return [
        Finding(
          .appPlaintextClient, 55, "The client speaks \(words.kind.described); the server may expect TLS",
          evidence: evidence)
      ]
    }
    return []
  }
}

extension Connection {
  /// The server's first bytes have a record's type and version, whatever is wrong behind them.
  var serverBeginsRecord: Bool {
    if transcript.serverTLSOffset == 0 { return true }
    let prefix = transcript.serverPrefix
    return prefix.count >= 3 && (20...24).contains(prefix[0]) && prefix[1] == 3 && prefix[2] <= 4
  }
}

extension PlaintextKind {
  /// TLS begins after a command in this protocol.
  var upgradesByCommand: Bool {
    switch self {
    case .smtp, .ftp, .imap, .pop3, .ldap, .xmpp, .irc, .nntp, .sieve, .mysql, .postgresql: return true
    default: return false
    }
  }

  var described: String {
    switch self {
    case .unknown: return "bytes that are not TLS"
    case .httpRequest, .httpResponse: return "plain HTTP"
    default: return "plain \(rawValue)"
    }
  }
}

extension AlertNote {
  /// ` handshake_failure (40)`, or that it is encrypted.
  var named: String {
    guard let alert else { return ", encrypted" }
    return " \(alert.description.name) (\(alert.description.rawValue))"
  }
}

extension PlaintextNote {
  /// The server's text says that it expected TLS.
  func complainsOfPlaintext(_ prefix: [UInt8]) -> Bool {
    let text = String(decoding: prefix, as: UTF8.self).lowercased()
    return [
      "plain http request", "http request to an https", "speaking plain http", "https port", "https server", "tls port",
      "requires tls", "client sent an http request to an https",
    ].contains { text.contains($0) }
  }
}

extension Connection {
  /// Bytes that look like nothing known may be the middle of something, TLS for one, where the capture lacks what came
  /// before them, or nothing shows where the side began.
  func mayBeginMidway(_ note: PlaintextNote) -> Bool {
    guard note.kind == .unknown else { return false }
    let begins = note.sender == .client ? !network.syns.isEmpty : network.synAck != nil
    return !begins || network[note.sender].missingBytes > 0
  }
}
