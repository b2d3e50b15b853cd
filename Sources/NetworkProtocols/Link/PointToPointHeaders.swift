internal import Bytes

/// PPP and what carries it.
enum PointToPointHeaders {
  /// RFC 1661 §2, in HDLC-like framing (RFC 1662 §3.1) or without; both fields may be compressed.
  static func ppp(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    switch cursor.peek() {
    case 0xFF where cursor.peek(1) == 0x03: try cursor.skip(2)
    case 0x0F, 0x8F: return .other(.ciscoHDLC)  // PPP_HDLC captures of a Cisco line
    default: break
    }
    var number = UInt16(try cursor.read(UInt8.self))
    // An odd first byte is the whole, compressed number (RFC 1661 §6.5).
    if number & 1 == 0 { number = number << 8 | UInt16(try cursor.read(UInt8.self)) }
    switch number {
    case 0x0021: return .ipv4
    case 0x0057: return .ipv6
    case 0x0281, 0x0283: return .other(.mpls)
    default: return .undecoded(.pppProtocol(number))
    }
  }

  /// RFC 2516 §4: version and type, code 0 for a session, session, length.
  static func pppoe(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer {
    try cursor.skip(1)
    guard try cursor.read(UInt8.self) == 0 else { return .undecoded(.etherType(0x8863)) }
    try cursor.skip(2)
    let length = Int(try cursor.read(UInt16.self))
    walk.wireEnd = min(walk.wireEnd, cursor.offset &+ length)
    cursor = try cursor.slice(min(length, cursor.remaining))
    return .other(.ppp)
  }

  /// RFC 1547 §4.3.1: address, control, EtherType.
  static func ciscoHDLC(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(2)
    return .etherType(try cursor.read())
  }
}
