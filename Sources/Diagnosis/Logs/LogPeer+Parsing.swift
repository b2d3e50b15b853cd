import NetworkProtocols

extension LogPeer {
  /// The texts after which logs name the peer.
  private static let markers = [
    "peer addr: ", "peer addr=", "peer=", "client: ", "[client ", "remote addr=", "remote=", "error from ", "from ",
    "connect to ", "connecting to ", "Trying ", "connect ECONNREFUSED ", "connect ETIMEDOUT ", "dial tcp ",
  ]

  /// The peer that a line names; nil where it names none, or a name instead of an address.
  init?(_ line: [UInt8]) {
    for marker in Self.markers {
      guard let start = LogText.find(marker, in: line) else { continue }
      let word = LogText.word(line, from: start + marker.utf8.count, stops: " ,;\"'})\t", limit: 64)
      if let peer = Self.parse(word) {
        self = peer
        return
      }
    }
    // HAProxy begins its message with the client: `127.0.0.1:52666 [23/Nov/2026…`.
    guard let bracket = LogText.find(" [", in: line), bracket > 0 else { return nil }
    var start = bracket
    while start > 0, line[start - 1] > 0x20, bracket - start < 64 { start -= 1 }
    guard let peer = Self.parse(String(decoding: line[start..<bracket], as: UTF8.self)), peer.port != nil else {
      return nil
    }
    self = peer
  }

  /// `192.0.2.1`, `192.0.2.1:443`, `[2001:db8::1]:443`, `2001:db8::1`, with stray brackets and colons at the end.
  static func parse(_ text: String) -> LogPeer? {
    var text = text[...]
    while let last = text.last, last == ":" || last == "." { text = text.dropLast() }
    if text.first == "[" {
      guard let close = text.firstIndex(of: "]"), let address = IPAddress(String(text[..<close].dropFirst())) else {
        return nil
      }
      let rest = text[text.index(after: close)...]
      return LogPeer(address: address, port: rest.first == ":" ? UInt16(rest.dropFirst()) : nil)
    }
    if text.last == "]" { text = text.dropLast() }
    if let address = IPAddress(String(text)) { return LogPeer(address: address, port: nil) }
    guard let colon = text.lastIndex(of: ":"), let address = IPAddress(String(text[..<colon])),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    return LogPeer(address: address, port: port)
  }
}
