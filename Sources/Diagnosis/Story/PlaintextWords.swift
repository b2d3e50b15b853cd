import HandshakeModel
import TLSProtocol

extension Connection {
  /// The server's first bytes have a record's type and version, whatever is wrong behind them.
  var serverBeginsRecord: Bool {
    if transcript.serverTLSOffset == 0 { return true }
    let prefix = transcript.serverPrefix
    return prefix.count >= 3 && (20...24).contains(prefix[0]) && prefix[1] == 3 && prefix[2] <= 4
  }

  /// Bytes that look like nothing known may be the middle of something, TLS for one, where the capture lacks what came
  /// before them, or nothing shows where the side began.
  func mayBeginMidway(_ note: PlaintextNote) -> Bool {
    guard note.kind == .unknown else { return false }
    let begins = note.sender == .client ? !network.syns.isEmpty : network.synAck != nil
    return !begins || network[note.sender].missingBytes > 0
  }

  /// The first plaintext of one side.
  func firstPlaintext(from sender: Role) -> PlaintextNote? { transcript.plaintext.first { $0.sender == sender } }
}

extension PlaintextKind {
  /// TLS begins after a command in this protocol.
  var upgradesByCommand: Bool {
    switch self {
    case .smtp, .ftp, .imap, .pop3, .ldap, .xmpp, .irc, .nntp, .sieve, .mysql, .postgresql: return true
    default: return false
    }
  }

  /// Words that a client says to a proxy, and not to the server.
  var isForProxy: Bool { self == .proxyProtocol || self == .httpConnect || self == .socks }

  /// As it stands in a sentence: `plain HTTP`.
  var described: String {
    switch self {
    case .unknown: return "bytes that are not TLS"
    case .httpRequest, .httpResponse: return "plain HTTP"
    case .http2: return "plain HTTP/2 (h2c, as gRPC without TLS)"
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
