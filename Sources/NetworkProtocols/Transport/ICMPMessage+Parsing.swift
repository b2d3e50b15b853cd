internal import Bytes
import NetworkValues

extension ICMPMessage {
  /// Reads the eight bytes of the header and, behind an error's, looks at the packet that it quotes.
  init(parsing cursor: inout ByteCursor, isICMPv6: Bool) throws(ParseError) {
    let type = try cursor.read(UInt8.self)
    let code = try cursor.read(UInt8.self)
    try cursor.skip(2)
    let rest = try cursor.read(UInt32.self)
    self.init(isICMPv6: isICMPv6, type: type, code: code)
    // RFC 4443 §2.1: errors have the high bit clear. RFC 792 errors: unreachable, source quench, redirect, time
    // exceeded, parameter problem.
    guard isICMPv6 ? type < 128 : [3, 4, 5, 11, 12].contains(type) else { return }
    if isICMPv6, type == 2 { nextHopMTU = Int(clamping: rest) }
    // RFC 1191 §4; routers older than it leave the field zero.
    if !isICMPv6, type == 3, code == 4, rest & 0xFFFF != 0 { nextHopMTU = Int(rest & 0xFFFF) }
    quoted = QuotedPacket(quotedIn: cursor)
  }
}

extension QuotedPacket {
  /// Reads as much of a quoted packet as there is; nil where it does not reach the ports.
  init?(quotedIn bytes: ByteCursor) {
    var cursor = bytes
    // The quote's lengths are those of the packet, not of the message: nothing here narrows by them.
    do throws(ParseError) {
      switch cursor.peek().map({ $0 >> 4 }) {
      case 4: try self.init(version4: &cursor)
      case 6: try self.init(version6: &cursor)
      default: return nil
      }
    } catch {
      return nil
    }
  }

  private init(version4 cursor: inout ByteCursor) throws(ParseError) {
    let headerLength = Int(try cursor.read(UInt8.self) & 0x0F) &* 4
    try cursor.skip(1)
    let length = Int(try cursor.read(UInt16.self))
    try cursor.skip(2)
    let fragmentation = try cursor.read(UInt16.self)
    try cursor.skip(1)
    let transport = try cursor.read(UInt8.self)
    try cursor.skip(2)
    let source = IPAddress(ipv4: try cursor.read())
    let destination = IPAddress(ipv4: try cursor.read())
    try cursor.skip(headerLength &- 20)
    guard fragmentation & 0x1FFF == 0 else {
      throw ParseError(.invalid("a later fragment"), at: cursor.offset, field: "quoted packet")
    }
    try self.init(source, destination, transport, length: length, &cursor)
  }

  private init(version6 cursor: inout ByteCursor) throws(ParseError) {
    try cursor.skip(4)
    let length = Int(try cursor.read(UInt16.self)) &+ 40
    var next = try cursor.read(UInt8.self)
    try cursor.skip(1)
    let source = IPAddress(ipv6High: try cursor.read(), low: try cursor.read())
    let destination = IPAddress(ipv6High: try cursor.read(), low: try cursor.read())
    while [0, 43, 44, 60].contains(next) {
      let isFragment = next == 44
      next = try cursor.read()
      let units = Int(try cursor.read(UInt8.self))
      let offset = try cursor.read(UInt16.self)
      try cursor.skip(isFragment ? 4 : units &* 8 &+ 4)
      guard !isFragment || offset & 0xFFF8 == 0 else {
        throw ParseError(.invalid("a later fragment"), at: cursor.offset, field: "quoted packet")
      }
    }
    try self.init(source, destination, next, length: length, &cursor)
  }

  /// Ports are read for TCP and UDP; other protocols have none and get zeros.
  private init(
    _ source: IPAddress, _ destination: IPAddress, _ transport: UInt8, length: Int, _ cursor: inout ByteCursor
  ) throws(ParseError) {
    let hasPorts = transport == 6 || transport == 17
    self.init(
      source: Endpoint(address: source, port: hasPorts ? try cursor.read() : 0),
      destination: Endpoint(address: destination, port: hasPorts ? try cursor.read() : 0),
      transportProtocol: transport,
      sequenceNumber: transport == 6 ? (try? cursor.read(UInt32.self)).map(SequenceNumber.init) : nil, length: length)
  }
}
