internal import Bytes

/// Link-layer headers up to the EtherType.
enum LinkHeaders {
  /// IEEE 802.3 §3.1: Ethernet II, or a length and an LLC header.
  static func ethernet(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer {
    try cursor.skip(12)
    let type = try cursor.read(UInt16.self)
    // The commonest first: no second dispatch for it.
    if type == 0x0800 { return .ipv4 }
    guard type < 0x0600 else { return .etherType(type) }
    // Below 0x600 it is a length: what lies behind it is padding.
    let length = Int(type)
    walk.wireEnd = min(walk.wireEnd, cursor.offset &+ length)
    cursor = try cursor.slice(min(length, cursor.remaining))
    return .other(.llc)
  }

  /// https://www.iana.org/assignments/ieee-802-numbers
  static func etherType(_ type: UInt16, _ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    switch type {
    case 0x0800: return .ipv4
    case 0x86DD: return .ipv6
    case 0x8100, 0x88A8, 0x9100, 0x9200:  // IEEE 802.1Q §9.5, and QinQ as it was before 802.1ad
      try cursor.skip(2)
      let inner = try cursor.read(UInt16.self)
      return inner < 0x0600 ? .other(.llc) : .etherType(inner)
    case 0x88E7:  // IEEE 802.1Q §9.7: a service instance, then the customer's frame
      try cursor.skip(4)
      return .ethernet
    case 0x8926, 0x8909:  // Cisco's VN-Tag and metadata, then the frame's own type
      try cursor.skip(type == 0x8926 ? 4 : 6)
      return .etherType(try cursor.read())
    case 0x8847, 0x8848: return .other(.mpls)
    case 0x8864: return .other(.pppoe)
    case 0x880B: return .other(.ppp)
    case 0x8870: return .other(.llc)  // jumbo frames with an LLC header
    case 0x6558: return .ethernet
    case 0x88BE: return .other(.erspan2)
    case 0x22EB: return .other(.erspan3)
    default: return .undecoded(.etherType(type))
    }
  }

  /// IEEE 802.2 LLC with a SNAP header (RFC 1042 §2).
  static func llc(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let destination = try cursor.read(UInt8.self)
    let source = try cursor.read(UInt8.self)
    let control = try cursor.read(UInt8.self)
    if destination == 0x06, source == 0x06 { return .ipv4 }
    guard destination == 0xAA, source == 0xAA, control == 0x03 else { return .undecoded(.llc(destination)) }
    // The organization code: zero or, for 802.1H bridges, 0x0000F8 says that an EtherType follows.
    try cursor.skip(3)
    return .etherType(try cursor.read(UInt16.self))
  }

  /// BSD loopback: the address family in the byte order of the machine that captured.
  static func null(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let family = try cursor.read(UInt32.self)
    // Families are small numbers: a big one was written the other way round.
    return addressFamily(family > 0xFFFF ? family.byteSwapped : family)
  }

  /// OpenBSD loopback: the same in network byte order.
  static func loop(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    addressFamily(try cursor.read(UInt32.self))
  }

  private static func addressFamily(_ family: UInt32) -> Layer {
    switch family {
    case 2: .ipv4
    case 10, 24, 28, 30: .ipv6  // Linux; NetBSD and OpenBSD; FreeBSD; macOS
    default: .undecoded(.addressFamily(family))
    }
  }

  /// LINKTYPE_PFLOG: a header that begins with its length, without the padding to four bytes.
  static func packetFilterLog(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let length = Int(try cursor.read(UInt8.self))
    guard length >= 45 else { return .undecoded(.linkType(117)) }
    try cursor.skip(((length &+ 3) & ~3) &- 1)
    return .ip
  }

  /// LINKTYPE_LINUX_SLL: type, ARPHRD, address length, address, protocol.
  static func linuxCooked(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    try cursor.skip(14)
    return cookedProtocol(try cursor.read())
  }

  /// LINKTYPE_LINUX_SLL2: protocol, reserved, interface, ARPHRD, type, address length, address.
  static func linuxCooked2(_ cursor: inout ByteCursor) throws(ParseError) -> Layer {
    let type = try cursor.read(UInt16.self)
    try cursor.skip(18)
    return cookedProtocol(type)
  }

  private static func cookedProtocol(_ type: UInt16) -> Layer {
    // Values below 0x600 are Linux's own: 4 is LLC (ETH_P_802_2).
    type == 4 ? .other(.llc) : .etherType(type)
  }

  /// RFC 3032 §2.1: a stack of labels; nothing says what lies below it, so the first bytes have to.
  static func mpls(_ cursor: inout ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer {
    while true {
      let entry = try cursor.read(UInt32.self)
      if entry & 0x100 != 0 { break }
    }
    if Plausibility.isIP(cursor, wireEnd: walk.wireEnd) { return .ip }
    // RFC 4448 §4.6: a pseudowire's control word begins with four zero bits.
    if cursor.peek().map({ $0 >> 4 == 0 }) == true {
      var inner = cursor
      try inner.skip(4)
      if Plausibility.isEthernetWithIP(inner, wireEnd: walk.wireEnd) {
        try cursor.skip(4)
        return .ethernet
      }
    }
    return Plausibility.isEthernetWithIP(cursor, wireEnd: walk.wireEnd) ? .ethernet : .undecoded(.mplsPayload)
  }
}
