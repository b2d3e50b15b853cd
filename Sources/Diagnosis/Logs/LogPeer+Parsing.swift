import NetworkValues

extension LogPeer {
  /// What may stand before the peer, as the matcher folds it, surest first.
  private static let markers = [
    "peer addr: ", "peer addr=", "peer=", "client: ", "[client ", "remote addr=", "remote=", "error from ", "from ",
    "connect to ", "connecting to ", "trying ", "connect econnrefused ", "connect etimedout ", "dial tcp ",
  ].map { Array($0.utf8) }

  /// The peer that a line names; nil where it names none, or a name instead of an address.
  init?(_ line: [UInt8]) {
    var best: (rank: Int, peer: LogPeer)?
    var start = 0
    while start < line.count {
      var end = start
      while end < line.count, !Self.isSeparator(line[end]) { end += 1 }
      if let rank = Self.rank(line, start..<end), rank < best?.rank ?? .max,
        let peer = Self.parse(String(decoding: line[start..<end], as: UTF8.self)),
        rank < Self.markers.count || peer.port != nil
      {
        best = (rank, peer)
      }
      start = end + 1
    }
    guard let best else { return nil }
    self = best.peer
  }

  /// How sure it is that the word names the peer: the place of the marker before it, or one more for HAProxy's way,
  /// where the client stands before the bracketed time. Nil where it cannot.
  private static func rank(_ line: [UInt8], _ word: Range<Int>) -> Int? {
    guard word.count >= 2, word.count <= 64, word.contains(where: { line[$0] == 0x3a || line[$0] == 0x2e }) else {
      return nil
    }
    for (rank, marker) in markers.enumerated() where isPreceded(line, word.lowerBound, by: marker) { return rank }
    let isHAProxys = word.upperBound + 1 < line.count && line[word.upperBound + 1] == UInt8(ascii: "[")
    return isHAProxys ? markers.count : nil
  }

  private static func isPreceded(_ line: [UInt8], _ start: Int, by marker: [UInt8]) -> Bool {
    // An IPv6 address's own bracket may stand between.
    guard start >= marker.count else { return false }
    var index = 0
    while index < marker.count {
      if PatternMatcher.fold(line[start - marker.count + index]) != marker[index] { return false }
      index += 1
    }
    return true
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "}"),
      UInt8(ascii: ")"), UInt8(ascii: "="):
      true
    default: false
    }
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
