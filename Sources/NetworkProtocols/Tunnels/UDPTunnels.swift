internal import Bytes

/// What a UDP tunnel carries.
enum TunnelledPayload {
  case ethernet
  case ip
  case mpls
  case gre
  case ppp

  var layer: Layer {
    switch self {
    case .ethernet: .ethernet
    case .ip: .ip
    case .mpls: .other(.mpls)
    case .gre: .other(.gre)
    case .ppp: .other(.ppp)
    }
  }
}

extension TunnelHeaders {
  /// Recognises a tunnel by its registered port, and only if what it should carry really stands there: other programs
  /// use these ports too. `cursor` stands behind the UDP header.
  static func overUDP(_ header: UDPHeader, _ cursor: ByteCursor, _ walk: DecodingState) -> Layer? {
    switch header.destinationPort {
    case 4789, 8472: return try? vxlan(cursor, walk)  // 8472: Linux before the port was assigned
    case 4790: return try? vxlanGPE(cursor, walk)
    case 1701: return try? l2tp(cursor, walk)
    case 6081: return try? geneve(cursor, walk)
    case 2152: return try? gtpUser(cursor, walk)
    case 3544: return try? teredo(cursor, walk)
    case 4754: return try? greInUDP(cursor, walk)
    case 6635: return try? mplsInUDP(cursor, walk)
    default: return header.sourcePort == 3544 ? try? teredo(cursor, walk) : nil
    }
  }

  /// RFC 7348 §5: flags with only the I bit, reserved zeros, network, reserved zero.
  private static func vxlan(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    guard try cursor.read(UInt32.self) == 0x0800_0000, try cursor.read(UInt32.self) & 0xFF == 0 else { return nil }
    guard Plausibility.isEthernetWithIP(cursor, wireEnd: walk.wireEnd) else { return nil }
    return .other(.tunnel(headerLength: 8, .ethernet))
  }

  /// draft-ietf-nvo3-vxlan-gpe §3: the same with a P bit, which says that the last reserved byte of the flags' word names
  /// what follows.
  private static func vxlanGPE(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    let flags = try cursor.read(UInt32.self)
    guard flags >> 24 & 0xfc == 0x0c, try cursor.read(UInt32.self) & 0xFF == 0 else { return nil }
    switch flags & 0xFF {
    case 1, 2: return inner(flags & 0xFF == 1 ? 0x0800 : 0x86DD, cursor, walk, headerLength: 8)
    case 3: return inner(0x6558, cursor, walk, headerLength: 8)
    default: return nil
    }
  }

  /// L2TP version 2, RFC 2661 §3.1: a data message, optional fields, PPP.
  private static func l2tp(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    let flags = try cursor.read(UInt16.self)
    guard flags & 0x800F == 0x0002 else { return nil }
    if flags & 0x4000 != 0 { try cursor.skip(2) }
    try cursor.skip(4)
    if flags & 0x0800 != 0 { try cursor.skip(4) }
    if flags & 0x0200 != 0 { try cursor.skip(Int(try cursor.read(UInt16.self))) }
    let headerLength = cursor.offset &- start.offset
    var payload = cursor
    if payload.peek() == 0xFF, payload.peek(1) == 0x03 { try payload.skip(2) }
    let type = try payload.read(UInt8.self)
    let number = type & 1 == 1 ? UInt16(type) : UInt16(type) << 8 | UInt16(try payload.read(UInt8.self))
    guard number == 0x21 || number == 0x57, Plausibility.isIP(payload, wireEnd: walk.wireEnd) else { return nil }
    return .other(.tunnel(headerLength: headerLength, .ppp))
  }

  /// RFC 8926 §3.4.
  private static func geneve(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    let versionAndLength = try cursor.read(UInt8.self)
    try cursor.skip(1)
    let type = try cursor.read(UInt16.self)
    let network = try cursor.read(UInt32.self)
    let options = Int(versionAndLength & 0x3F) &* 4
    guard versionAndLength >> 6 == 0, network & 0xFF == 0 else { return nil }
    try cursor.skip(options)
    return inner(type, cursor, walk, headerLength: 8 &+ options)
  }

  /// 3GPP TS 29.281 §5.1: version 1, message 255 (user data), optional fields, extension headers.
  private static func gtpUser(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    let flags = try cursor.read(UInt8.self)
    let message = try cursor.read(UInt8.self)
    let length = Int(try cursor.read(UInt16.self))
    try cursor.skip(4)
    guard flags >> 4 == 0b0011, message == 255, cursor.offset &+ length <= walk.wireEnd else { return nil }
    if flags & 0x07 != 0 {
      try cursor.skip(3)
      var next = try cursor.read(UInt8.self)
      while flags & 0x04 != 0, next != 0 {
        let words = Int(try cursor.read(UInt8.self))
        guard words > 0 else { return nil }
        try cursor.skip(words &* 4 &- 2)
        next = try cursor.read()
      }
    }
    guard Plausibility.isIP(cursor, wireEnd: walk.wireEnd) else { return nil }
    return .other(.tunnel(headerLength: cursor.offset &- start.offset, .ip))
  }

  /// RFC 4380 §5.1.1: an authentication and an origin header may precede the IPv6 packet.
  private static func teredo(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    if cursor.peek() == 0, cursor.peek(1) == 1 {
      try cursor.skip(2)
      let client = Int(try cursor.read(UInt8.self))
      let authentication = Int(try cursor.read(UInt8.self))
      try cursor.skip(client &+ authentication &+ 9)
    }
    if cursor.peek() == 0, cursor.peek(1) == 0 { try cursor.skip(8) }
    guard cursor.peek().map({ $0 >> 4 == 6 }) == true, Plausibility.isIP(cursor, wireEnd: walk.wireEnd) else {
      return nil
    }
    return .other(.tunnel(headerLength: cursor.offset &- start.offset, .ip))
  }

  /// RFC 8086 §3: a GRE header, version 0.
  private static func greInUDP(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    let flags = try cursor.read(UInt16.self)
    let type = try cursor.read(UInt16.self)
    // Checksum, key and sequence number; nothing else is allowed here.
    guard flags & 0x4FFF == 0 else { return nil }
    for bit: UInt16 in [0x8000, 0x2000, 0x1000] where flags & bit != 0 { try cursor.skip(4) }
    return inner(type, cursor, walk, headerLength: 0) == nil ? nil : .other(.gre)
  }

  /// RFC 7510 §3.
  private static func mplsInUDP(_ start: ByteCursor, _ walk: DecodingState) throws(ParseError) -> Layer? {
    var cursor = start
    while try cursor.read(UInt32.self) & 0x100 == 0 {}
    return Plausibility.isIP(cursor, wireEnd: walk.wireEnd) ? .other(.mpls) : nil
  }

  private static func inner(_ type: UInt16, _ cursor: ByteCursor, _ walk: DecodingState, headerLength: Int) -> Layer? {
    switch type {
    case 0x6558 where Plausibility.isEthernetWithIP(cursor, wireEnd: walk.wireEnd):
      .other(.tunnel(headerLength: headerLength, .ethernet))
    case 0x0800 where Plausibility.isIP(cursor, wireEnd: walk.wireEnd),
      0x86DD where Plausibility.isIP(cursor, wireEnd: walk.wireEnd):
      .other(.tunnel(headerLength: headerLength, .ip))
    default: nil
    }
  }
}
