internal import Bytes

/// The first bytes of a record: TLS's five (RFC 8446 §5.1), or SSLv2's two or three (RFC 5246 §E.2).
struct RecordHeader: Hashable, Sendable {
  var contentType: ContentType
  var version: ProtocolVersion
  /// Bytes of fragment behind the header.
  var length: Int
  var isSSLv2 = false
  /// Bytes of the header itself.
  var headerLength = RecordHeader.tlsLength

  static let tlsLength = 5
  /// What TLS 1.2 allows a ciphertext, RFC 5246 §6.2.3; later versions allow less.
  static let fragmentLimit = 16384 + 2048

  var note: RecordNote { RecordNote(contentType: contentType, version: version, length: length, isEncrypted: false) }

  /// Reads TLS's header; nil where the bytes cannot be one. Any minor version passes, and TLCP's 0x0101: what a peer
  /// answers to an odd version is part of the story.
  init?(_ byte0: UInt8, _ byte1: UInt8, _ byte2: UInt8, _ byte3: UInt8, _ byte4: UInt8) {
    guard byte0 >= 20, byte0 <= 24 else { return nil }
    guard byte1 == 3 || (byte1 == 1 && byte2 == 1) else { return nil }
    let length = Int(byte3) << 8 | Int(byte4)
    guard length <= Self.fragmentLimit else { return nil }
    contentType = ContentType(rawValue: byte0)
    version = ProtocolVersion(rawValue: UInt16(byte1) << 8 | UInt16(byte2))
    self.length = length
  }

  /// Reads an SSLv2 header whose record starts with a hello, or with an SSLv2 error, from its first five bytes.
  ///
  /// Random bytes look like this one time in some thousands, so only a stream's first record is read so.
  init?(sslv2Opening byte0: UInt8, _ byte1: UInt8, _ byte2: UInt8, _ byte3: UInt8, _ byte4: UInt8, from sender: Role) {
    guard byte0 & 0x80 != 0 else { return nil }
    let length = Int(byte0 & 0x7f) << 8 | Int(byte1)
    switch (sender, byte2) {
    case (.client, 1): guard length >= 12, byte3 == 3 && byte4 <= 4 || byte3 == 0 && byte4 == 2 else { return nil }
    case (.server, 4): guard length >= 11, byte3 <= 1, byte4 <= 1 else { return nil }
    case (.server, 0): guard length == 3, byte3 == 0, byte4 >= 1, byte4 <= 6 else { return nil }
    default: return nil
    }
    self.init(sslv2Length: length, headerLength: 2)
  }

  /// A record inside a conversation that is known to be SSLv2.
  init(sslv2Length length: Int, headerLength: Int) {
    contentType = .handshake
    version = .ssl2
    self.length = length
    isSSLv2 = true
    self.headerLength = headerLength
  }

  /// Whether the cursor may stand at a record's start, and the header if so; nil too where fewer than five bytes are
  /// left. Does not move.
  static func peek(_ cursor: borrowing ByteCursor, at distance: Int = 0) -> RecordHeader? {
    guard
      let byte0 = cursor.peek(distance), let byte1 = cursor.peek(distance &+ 1), let byte2 = cursor.peek(distance &+ 2),
      let byte3 = cursor.peek(distance &+ 3), let byte4 = cursor.peek(distance &+ 4)
    else { return nil }
    return RecordHeader(byte0, byte1, byte2, byte3, byte4)
  }
}
