internal import Bytes

/// The part of a QUIC packet's header that nothing hides, RFC 9000 §17.
struct QUICPacketHeader {
  enum Kind: Hashable {
    case initial, zeroRTT, handshake, retry, versionNegotiation, oneRTT
  }

  var kind: Kind
  /// nil in short headers.
  var version: QUICVersion?
  var destinationID: [UInt8] = []
  var sourceID: [UInt8] = []
  /// An Initial's token, or a Retry's with its integrity tag.
  var token: [UInt8] = []
  var supportedVersions: [QUICVersion] = []
  /// Offset of the packet's first byte in the datagram.
  var start: Int
  /// Offset of the (protected) packet number.
  var numberOffset: Int
  /// Offset behind the packet.
  var end: Int

  /// The longest connection identifier of any version that is read here, RFC 9000 §17.2.
  static let longestID = 20

  /// The versions of a Version Negotiation packet are numbers that somebody has assigned: at least one of them is known
  /// here, and none is the one that asks for negotiation. Identifiers have the length of other packets' (RFC 9000 §17.2.1).
  var isPlausibleNegotiation: Bool {
    kind == .versionNegotiation && destinationID.count <= Self.longestID && sourceID.count <= Self.longestID
      && supportedVersions.contains { $0.isSupported || $0.isReserved || $0.isDraft }
      && !supportedVersions.contains { $0.rawValue == 0 }
  }

  /// Reads the header of the packet at the cursor and moves behind the packet. A short header does not tell how long its
  /// connection identifier is: the receiver chose it, and says so here.
  init(parsing cursor: inout ByteCursor, shortIDLength: Int) throws(ParseError) {
    start = cursor.offset
    let first: UInt8 = try cursor.read()
    guard first & 0x80 != 0 else {
      kind = .oneRTT
      destinationID = try cursor.readBytes(shortIDLength)
      numberOffset = cursor.offset
      try cursor.skip(cursor.remaining)
      end = cursor.offset
      return
    }
    let version = QUICVersion(rawValue: try cursor.read())
    self.version = version
    destinationID = try cursor.readBytes(prefixedBy: UInt8.self)
    sourceID = try cursor.readBytes(prefixedBy: UInt8.self)
    if version.rawValue == 0 {
      kind = .versionNegotiation
      while cursor.remaining >= 4 { supportedVersions.append(QUICVersion(rawValue: try cursor.read())) }
      (numberOffset, end) = (cursor.offset, cursor.offset)
      return
    }
    guard destinationID.count <= Self.longestID, sourceID.count <= Self.longestID else {
      throw ParseError(.invalid("connection identifier over 20 bytes"), at: start)
    }
    kind = Self.kind(first, version)
    if kind == .retry {
      token = cursor.readRemaining()
      (numberOffset, end) = (cursor.offset, cursor.offset)
      return
    }
    if kind == .initial {
      let length = try cursor.readVariableLength()
      token = try cursor.readBytes(length)
    }
    let length = try cursor.readVariableLength()
    numberOffset = cursor.offset
    try cursor.skip(length)
    end = cursor.offset
  }

  /// RFC 9000 §17.2; RFC 9369 §3.2 numbers them one higher.
  private static func kind(_ first: UInt8, _ version: QUICVersion) -> Kind {
    let number = first >> 4 & 3
    switch version == .version2 ? number &- 1 & 3 : number {
    case 0: return .initial
    case 1: return .zeroRTT
    case 2: return .handshake
    default: return .retry
    }
  }
}

extension ByteCursor {
  /// Reads a variable-length integer, RFC 9000 §16.
  mutating func readVariableInteger() throws(ParseError) -> UInt64 {
    let first: UInt8 = try read()
    var value = UInt64(first & 0x3f)
    for _ in 0..<(1 << (first >> 6)) - 1 { value = value << 8 | UInt64(try read(UInt8.self)) }
    return value
  }

  /// Reads a variable-length integer that counts bytes.
  mutating func readVariableLength() throws(ParseError) -> Int { Int(clamping: try readVariableInteger()) }
}
