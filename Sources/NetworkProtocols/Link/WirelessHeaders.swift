internal import Bytes
internal import PacketCapture

/// What a radio capture says about the end of the header and of the frame.
struct WirelessTrailer {
  /// Four bytes of checksum end the frame.
  var hasChecksum = false
  /// The header is padded to a multiple of four bytes.
  var hasPadding = false
}

/// IEEE 802.11 and the radio headers before it.
enum WirelessHeaders {
  /// https://www.radiotap.org: version, pad, length, presence words; only the flags field matters here.
  static func radiotap(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let start = cursor.offset
    try cursor.skip(2)
    let length = Int(try cursor.readLittleEndian(UInt16.self))
    guard length >= 8 else { throw ParseError(.invalid("header length \(length)"), at: start, field: "radiotap") }
    var header = try cursor.slice(length &- 4)
    let present = try header.readLittleEndian(UInt32.self)
    var more = present
    while more & 0x8000_0000 != 0 { more = try header.readLittleEndian(UInt32.self) }
    var trailer = WirelessTrailer()
    if present & 0b10 != 0 {
      if present & 0b01 != 0 {  // the timer, eight bytes, aligned to eight from the header's start
        let misalignment = (header.offset &- start) & 7
        try header.skip((misalignment == 0 ? 0 : 8 &- misalignment) &+ 8)
      }
      let flags = try header.read(UInt8.self)
      trailer.hasChecksum = flags & 0x10 != 0
      trailer.hasPadding = flags & 0x20 != 0
    }
    return .other(.wireless(trailer))
  }

  /// Per-packet information: version, flags, length, the link type of the frame that follows.
  static func ppi(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(2)
    let length = Int(try cursor.readLittleEndian(UInt16.self))
    let linkType = try cursor.readLittleEndian(UInt32.self)
    guard length >= 8 else { throw ParseError(.invalid("header length \(length)"), at: cursor.offset, field: "PPI") }
    try cursor.skip(length &- 8)
    return Layer(LinkType(rawValue: linkType))
  }

  /// A MAC frame, IEEE 802.11-2020 §9.2 and §9.3.2; only unencrypted, whole data frames hold packets.
  static func dataFrame(
    _ cursor: inout ByteCursor, _ walk: inout DecodingState, _ trailer: WirelessTrailer
  ) throws(ParseError) -> Layer {
    let start = cursor.offset
    let kind = try cursor.read(UInt8.self)
    let flags = try cursor.read(UInt8.self)
    // Type 2 is data; the subtype's bit 2 says that the frame has no body.
    guard kind & 0x0C == 0x08, kind & 0x40 == 0 else { return .undecoded(.wirelessManagement) }
    guard flags & 0x40 == 0 else { return .undecoded(.wirelessEncrypted) }
    try cursor.skip(20)
    let sequence = try cursor.readLittleEndian(UInt16.self)
    // Both "to" and "from the distribution system": a fourth address follows.
    if flags & 0x03 == 0x03 { try cursor.skip(6) }
    var isAggregate = false
    if kind & 0x80 != 0 {
      isAggregate = try cursor.readLittleEndian(UInt16.self) & 0x80 != 0
      if flags & 0x80 != 0 { try cursor.skip(4) }  // HT control
    }
    if trailer.hasPadding { try cursor.skip((4 &- (cursor.offset &- start) & 3) & 3) }
    guard sequence & 0x0F == 0, flags & 0x04 == 0 else { return .undecoded(.wirelessFragment) }
    if trailer.hasChecksum {
      walk.wireEnd = max(cursor.offset, walk.wireEnd &- 4)
      cursor = try cursor.slice(min(cursor.remaining, walk.wireEnd &- cursor.offset))
    }
    return isAggregate ? .aggregate : .other(.llc)
  }

  /// The next frame of an A-MSDU: two addresses, a length, the frame, padding to four bytes.
  @_lifetime(copy cursor)
  static func subframe(_ cursor: inout ByteCursor) throws(ParseError) -> ByteCursor {
    try cursor.skip(12)
    let length = Int(try cursor.read(UInt16.self))
    let subframe = try cursor.slice(length)
    try cursor.skip(min((4 &- (length &+ 14) & 3) & 3, cursor.remaining))
    return subframe
  }
}
