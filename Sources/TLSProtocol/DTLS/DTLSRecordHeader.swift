internal import Bytes

/// The header of a DTLS record, RFC 6347 §4.1, RFC 9146 §4 (with a connection identifier) and RFC 9147 §4 (the short
/// header of DTLS 1.3's ciphertext).
struct DTLSRecordHeader {
  var contentType: ContentType
  /// As sent; DTLS 1.3's short header has none and stands for DTLS 1.2, as its long ones say.
  var version: ProtocolVersion
  /// In DTLS 1.3's short header the two low bits.
  var epoch: UInt16
  /// 48 bits; not readable in a short header.
  var sequenceNumber: UInt64
  var length: Int
  var isShort = false

  /// Bytes of the long header.
  static let longHeaderLength = 13

  /// Records hold 2^14 bytes, and what protection adds.
  static let longestFragment = (1 << 14) + 2048

  /// Reads a header; `idLength` is the length of the identifier that the receiver asked for.
  init(parsing cursor: inout ByteCursor, idLength: Int) throws(ParseError) {
    let start = cursor.offset
    let first: UInt8 = try cursor.read()
    if first & 0xe0 == 0x20 {
      isShort = true
      contentType = .applicationData
      version = .dtls12
      epoch = UInt16(first & 3)
      sequenceNumber = 0
      if first & 0x10 != 0 { try cursor.skip(idLength) }
      try cursor.skip(first & 0x08 != 0 ? 2 : 1)
      length = first & 0x04 != 0 ? Int(try cursor.read(UInt16.self)) : cursor.remaining
    } else {
      contentType = ContentType(rawValue: first)
      version = try cursor.read()
      guard Self.isPlausible(contentType, version) else {
        throw ParseError(.invalid("no DTLS record"), at: start)
      }
      epoch = try cursor.read()
      let high: UInt16 = try cursor.read()
      let low: UInt32 = try cursor.read()
      sequenceNumber = UInt64(high) << 32 | UInt64(low)
      if contentType == .tls12CID { try cursor.skip(idLength) }
      length = Int(try cursor.read(UInt16.self))
    }
    guard length <= Self.longestFragment else { throw ParseError(.invalid("length \(length)"), at: start) }
  }

  private static func isPlausible(_ type: ContentType, _ version: ProtocolVersion) -> Bool {
    (20...26).contains(type.rawValue) && version.isDTLS
  }
}
