internal import Bytes

/// Tunnels that IP protocol numbers and EtherTypes announce.
enum TunnelHeaders {
  /// RFC 2784 and RFC 2890 (version 0), RFC 2637 §4.1 (version 1, PPTP).
  static func gre(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let flags = try cursor.read(UInt16.self)
    let type = try cursor.read(UInt16.self)
    let hasSequence = flags & 0x1000 != 0
    switch flags & 0x0007 {
    case 0:
      let hasRouting = flags & 0x4000 != 0
      if flags & 0x8000 != 0 || hasRouting { try cursor.skip(4) }
      if flags & 0x2000 != 0 { try cursor.skip(4) }
      if hasSequence { try cursor.skip(4) }
      if hasRouting {  // RFC 1701: source route entries up to an empty one
        while true {
          try cursor.skip(3)
          let length = Int(try cursor.read(UInt8.self))
          if length == 0 { break }
          try cursor.skip(length)
        }
      }
      // Without a sequence number it is ERSPAN type I, which has no header of its own.
      if type == 0x88BE, !hasSequence { return .ethernet }
      // Aruba's access points send 802.11 frames to their controller under these numbers.
      if (0x8200...0x8210).contains(type) || type == 0x8240 { return .other(.wireless(WirelessTrailer())) }
      return .etherType(type)
    case 1:
      try cursor.skip(4)
      if hasSequence { try cursor.skip(4) }
      if flags & 0x0080 != 0 { try cursor.skip(4) }
      // An acknowledgment alone carries nothing.
      return type == 0x880B && !cursor.isAtEnd ? .other(.ppp) : .undecoded(.etherType(type))
    default: return .undecoded(.ipProtocol(47))
    }
  }

  /// RFC 3378: a version, then an Ethernet frame.
  static func etherIP(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(2)
    return .ethernet
  }

  /// ERSPAN type II, draft-foschiano-erspan §4.2.
  static func erspan2(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(8)
    return .ethernet
  }

  /// ERSPAN type III, draft-foschiano-erspan §4.3: the last word says what is mirrored and whether a subheader follows.
  static func erspan3(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(10)
    let flags = try cursor.read(UInt16.self)
    if flags & 1 != 0 { try cursor.skip(8) }
    switch flags >> 10 & 0x1F {
    case 0: return .ethernet
    case 2: return .ip
    default: return .undecoded(.etherType(0x22EB))
    }
  }
}
