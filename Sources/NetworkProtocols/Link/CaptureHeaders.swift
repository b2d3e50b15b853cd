internal import Bytes
internal import PacketCapture

/// Headers that a capturing system puts before the frame.
enum CaptureHeaders {
  /// Apple's PKTAP: header length, record type, link type; the rest describes process and interface.
  static func pktap(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let length = Int(clamping: try cursor.readLittleEndian(UInt32.self))
    let recordType = try cursor.readLittleEndian(UInt32.self)
    let linkType = try cursor.readLittleEndian(UInt32.self)
    guard recordType == 1 else { return .undecoded(.linkType(258)) }
    guard length >= 12 else { throw ParseError(.invalid("header length \(length)"), at: cursor.offset, field: "PKTAP") }
    try cursor.skip(length &- 12)
    return Layer(LinkType(rawValue: linkType))
  }

  /// Solaris IPNET: version, family, hook type, length, interface, group, zones.
  static func ipnet(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(1)
    let family = try cursor.read(UInt8.self)
    try cursor.skip(22)
    switch family {
    case 2: return .ipv4
    case 26: return .ipv6
    default: return .undecoded(.addressFamily(UInt32(family)))
    }
  }

  /// Linux NFLOG: family, version, resource, then attributes in the byte order of the machine that captured.
  static func nflog(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer {
    try cursor.skip(4)
    while !cursor.isAtEnd {
      let length = try cursor.readLittleEndian(UInt16.self)
      let type = try cursor.readLittleEndian(UInt16.self)
      let isSwapped = type & 0x7FFF > 0xFF
      let count = Int(isSwapped ? length.byteSwapped : length) &- 4
      let attribute = (isSwapped ? type.byteSwapped : type) & 0x7FFF
      guard count >= 0 else { throw ParseError(.invalid("attribute length"), at: cursor.offset, field: "NFLOG") }
      if attribute == 9 {  // NFULA_PAYLOAD
        walk.wireEnd = cursor.offset &+ count
        cursor = try cursor.slice(min(count, cursor.remaining))
        return .ip
      }
      try cursor.skip(min((count &+ 3) & ~3, cursor.remaining))
    }
    return .undecoded(.linkType(239))
  }
}
