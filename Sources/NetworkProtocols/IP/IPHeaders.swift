internal import Bytes
import NetworkValues

/// IPv4 and IPv6 headers.
enum IPHeaders {
  static func anyVersion(_ cursor: ByteCursor) throws(ParseError) -> Layer {
    guard let first = cursor.peek() else {
      throw ParseError(.truncated(needed: 1, available: 0), at: cursor.offset, field: "IP version")
    }
    switch first >> 4 {
    case 4: return .ipv4
    case 6: return .ipv6
    default: return .undecoded(.ipVersion(first >> 4))
    }
  }

  /// RFC 791 §3.1.
  static func version4(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer {
    let start = cursor.offset
    let versionAndLength = try cursor.read(UInt8.self)
    let headerLength = Int(versionAndLength & 0x0F) &* 4
    guard versionAndLength >> 4 == 4, headerLength >= 20 else {
      throw ParseError(.invalid("version and header length \(versionAndLength)"), at: start, field: "IPv4")
    }
    try cursor.skip(1)
    let totalLength = Int(try cursor.read(UInt16.self))
    let identification = try cursor.read(UInt16.self)
    let fragmentation = try cursor.read(UInt16.self)
    walk.ip.hopLimit = try cursor.read()
    let transport = try cursor.read(UInt8.self)
    try cursor.skip(2)
    walk.ip.source = IPAddress(ipv4: try cursor.read())
    walk.ip.destination = IPAddress(ipv4: try cursor.read())
    walk.ip.identification = identification
    if headerLength > 20 { try cursor.skip(headerLength &- 20) }

    // Zero: the sender's network card was to fill it in (segmentation offload); the packet ends with the frame.
    if totalLength != 0 {
      guard totalLength >= headerLength else {
        throw ParseError(.invalid("total length \(totalLength)"), at: start, field: "IPv4")
      }
      // What lies behind it is Ethernet padding.
      walk.wireEnd = start &+ totalLength
      let payload = totalLength &- headerLength
      if payload < cursor.remaining { cursor = try cursor.slice(payload) }
    }
    // More fragments, or not the first one.
    guard fragmentation & 0x3FFF == 0 else {
      return .fragment(
        Fragment(
          identification: UInt32(identification), transportProtocol: transport,
          offset: Int(fragmentation & 0x1FFF) &* 8, isLast: fragmentation & 0x2000 == 0))
    }
    return .transport(transport)
  }

  /// RFC 8200 §3 and §4.
  static func version6(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer {
    let start = cursor.offset
    guard try cursor.read(UInt32.self) >> 28 == 6 else {
      throw ParseError(.invalid("version"), at: start, field: "IPv6")
    }
    let payloadLength = Int(try cursor.read(UInt16.self))
    var next = try cursor.read(UInt8.self)
    walk.ip.hopLimit = try cursor.read()
    walk.ip.source = IPAddress(ipv6High: try cursor.read(), low: try cursor.read())
    walk.ip.destination = IPAddress(ipv6High: try cursor.read(), low: try cursor.read())
    walk.ip.identification = nil
    // Zero: a jumbogram (RFC 2675) or segmentation offload; either way the packet ends with the frame.
    if payloadLength != 0 {
      walk.wireEnd = cursor.offset &+ payloadLength
      if payloadLength < cursor.remaining { cursor = try cursor.slice(payloadLength) }
    }
    while true {
      switch next {
      case 0, 43, 60:  // hop-by-hop options, routing, destination options: length in units of 8 bytes, less one
        next = try cursor.read()
        try cursor.skip(Int(try cursor.read(UInt8.self)) &* 8 &+ 6)
      case 44:
        next = try cursor.read()
        try cursor.skip(1)
        let offsetAndFlags = try cursor.read(UInt16.self)
        let identification = try cursor.read(UInt32.self)
        // An atomic fragment (RFC 6946) is a whole packet.
        if offsetAndFlags & 0xFFF9 == 0 { continue }
        return .fragment(
          Fragment(
            identification: identification, transportProtocol: next, offset: Int(offsetAndFlags & 0xFFF8),
            isLast: offsetAndFlags & 1 == 0))
      default: return .transport(next)
      }
    }
  }
}
