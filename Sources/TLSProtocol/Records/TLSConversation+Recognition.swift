internal import Bytes

extension TLSConversation {
  /// Whether bytes at the start of a direction, or behind a prelude, are TLS: by content, not by port. Nil where there
  /// are too few to tell.
  ///
  /// A hello of this side, an alert, and the other records that a capture in mid-stream may start with all count; see
  /// ``startsWithHello(_:from:)`` for the hello alone.
  public static func looksLikeTLS(_ bytes: RawSpan, from sender: Role) -> Bool? {
    let cursor = ByteCursor(bytes)
    guard let first = cursor.peek() else { return nil }
    guard (20...24).contains(first) || first & 0x80 != 0 else { return false }
    guard let major = cursor.peek(1) else { return nil }
    guard first & 0x80 != 0 || major == 3 || major == 1 else { return false }
    guard
      let byte2 = cursor.peek(2), let byte3 = cursor.peek(3), let byte4 = cursor.peek(4)
    else { return nil }
    if first & 0x80 != 0 {
      return RecordHeader(sslv2Opening: first, major, byte2, byte3, byte4, from: sender) != nil
    }
    guard let header = RecordHeader(first, major, byte2, byte3, byte4) else { return false }
    // A version that nobody speaks is believed of a hello only.
    guard header.version.rawValue <= 0x0304 else {
      return header.contentType == .handshake ? opensHandshake(cursor, from: sender) : false
    }
    switch header.contentType {
    case .handshake: return header.length > 0 && opensHandshake(cursor, from: sender.peer) != true
    case .changeCipherSpec: return header.length == 1 ? cursor.peek(5).map { $0 == 1 } : false
    case .alert:
      guard header.length == 2 else { return header.length > ConversationDirection.plaintextAlertLimit }
      return cursor.peek(5).map { $0 == 1 || $0 == 2 }
    default: return header.length > 0
    }
  }

  /// Whether the bytes start with the hello that this side sends: ClientHello or ServerHello, in any version's framing.
  /// Nil where there are too few to tell. Tells client from server where a capture begins after TCP's handshake.
  public static func startsWithHello(_ bytes: RawSpan, from sender: Role) -> Bool? {
    let cursor = ByteCursor(bytes)
    guard let isTLS = looksLikeTLS(bytes, from: sender) else { return nil }
    guard isTLS, let first = cursor.peek() else { return false }
    if first & 0x80 != 0 { return true }
    return first == 22 ? opensHandshake(cursor, from: sender) : false
  }

  /// Whether the first message in a handshake record is this side's hello.
  private static func opensHandshake(_ cursor: borrowing ByteCursor, from sender: Role) -> Bool? {
    guard let type = cursor.peek(5) else { return nil }
    switch (sender, type) {
    case (.client, 1), (.server, 2), (.server, 6): break
    default: return false
    }
    guard let high = cursor.peek(6) else { return nil }
    return high <= 2
  }
}
