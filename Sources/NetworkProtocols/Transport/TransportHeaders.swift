internal import Bytes
internal import PacketCapture

extension FrameDecoder {
  /// Reads what an IP protocol number announces and delivers the packet, or says which tunnel goes on inside.
  mutating func transport(
    _ number: UInt8, _ cursor: inout ByteCursor, _ walk: inout DecodingState, _ receive: (borrowing Packet) -> Void
  ) throws(ParseError) -> Layer? {
    let transport: Transport
    switch number {
    case 6:
      var headerEnd = 0
      transport = .tcp(try TCPHeader(parsing: &cursor, wireEnd: walk.wireEnd, end: &headerEnd))
      deliver(transport, cursor, payloadLength: walk.wireEnd &- headerEnd, &walk, receive)
      return nil
    case 17:
      let header = UDPHeader(sourcePort: try cursor.read(), destinationPort: try cursor.read())
      let length = Int(try cursor.read(UInt16.self)) &- 8
      try cursor.skip(2)
      // Zero on a jumbogram (RFC 2675 §4) or before segmentation offload: to the end of the packet.
      if length >= 0, cursor.offset &+ length < walk.wireEnd {
        walk.wireEnd = cursor.offset &+ length
        if length < cursor.remaining { cursor = try cursor.slice(length) }
      }
      if let inner = TunnelHeaders.overUDP(header, cursor, walk) { return inner }
      transport = .udp(header)
    case 1: transport = .icmp(try ICMPMessage(parsing: &cursor, isICMPv6: false))
    case 58: transport = .icmp(try ICMPMessage(parsing: &cursor, isICMPv6: true))
    case 4: return .ipv4  // RFC 2003
    case 41: return .ipv6  // RFC 2473, RFC 4213
    case 47: return .other(.gre)
    case 97: return .other(.etherIP)
    case 137: return .other(.mpls)  // RFC 4023
    case 51:  // RFC 4302 §2: its length counts units of four bytes, less two
      let next = try cursor.read(UInt8.self)
      try cursor.skip(Int(try cursor.read(UInt8.self)) &* 4 &+ 6)
      return .transport(next)
    default:
      statistics.count(.ipProtocol(number))
      transport = .other(number)
    }
    deliver(transport, cursor, payloadLength: walk.wireEnd &- cursor.offset, &walk, receive)
    return nil
  }

  @inline(__always)
  private mutating func deliver(
    _ transport: Transport, _ cursor: ByteCursor, payloadLength: Int, _ walk: inout DecodingState,
    _ receive: (borrowing Packet) -> Void
  ) {
    walk.isDecoded = true
    statistics.packets &+= 1
    let payload = cursor.rest
    if payload.byteCount < payloadLength { statistics.truncatedPackets &+= 1 }
    let packet = Packet(
      frame: walk.frame, timestamp: walk.timestamp, source: walk.ip.source, destination: walk.ip.destination,
      hopLimit: walk.ip.hopLimit, identification: walk.ip.identification, transport: transport, payload: payload,
      payloadLength: max(payloadLength, payload.byteCount))
    receive(packet)
  }
}
