import HandshakeModel
import TLSProtocol

/// What an HTTP or SOCKS proxy said to the client's wish to be connected.
enum ProxyAnswer: Hashable {
  case granted
  /// In the proxy's words, or those of its protocol's document.
  case refused(String)

  /// Nil where the client asked no proxy, or the answer is not in the capture.
  init?(_ connection: Connection) {
    let transcript = connection.transcript
    guard let request = transcript.plaintext.first(where: { $0.sender == .client }) else { return nil }
    switch request.kind {
    case .httpConnect: self.init(http: transcript.serverPrefix)
    case .socks where request.excerpt.hasPrefix("\\x04"): self.init(socks4: transcript.serverPrefix)
    case .socks where request.excerpt.hasPrefix("\\x05"): self.init(socks5: transcript.serverPrefix)
    default: return nil
    }
  }

  /// Any status of the class 2xx grants a tunnel, RFC 9110 §9.3.6; 1xx comes before the answer.
  private init?(http reply: [UInt8]) {
    let line = String(decoding: reply.prefix(160).prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
    let words = line.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].hasPrefix("HTTP/"), let class_ = words[1].first, class_ != "1" else { return nil }
    self = class_ == "2" ? .granted : .refused(String(words[1]))
  }

  /// SOCKS 4: a zero, then the code.
  private init?(socks4 reply: [UInt8]) {
    guard reply.count >= 2, reply[0] == 0 else { return nil }
    self = reply[1] == 90 ? .granted : .refused("request rejected or failed (\(reply[1]))")
  }

  /// RFC 1928 §3 and §6: the method that the proxy chose, with one exchange of RFC 1929 behind it or none, then the reply.
  private init?(socks5 reply: [UInt8]) {
    guard reply.count >= 2, reply[0] == 5 else { return nil }
    if reply[1] == 0xff {
      self = .refused("no acceptable authentication method")
      return
    }
    var rest = reply.dropFirst(2)
    if reply[1] == 2 {
      guard rest.count >= 2, let status = rest.dropFirst().first else { return nil }
      guard status == 0 else {
        self = .refused("user name or password not accepted")
        return
      }
      rest = rest.dropFirst(2)
    }
    guard reply[1] == 0 || reply[1] == 2, rest.first == 5, let code = rest.dropFirst().first else { return nil }
    self = code == 0 ? .granted : .refused(Self.replies[code] ?? "reply \(code)")
  }

  private static let replies: [UInt8: String] = [
    1: "general SOCKS server failure", 2: "connection not allowed by ruleset", 3: "network unreachable",
    4: "host unreachable", 5: "connection refused", 6: "TTL expired", 7: "command not supported",
    8: "address type not supported",
  ]
}
