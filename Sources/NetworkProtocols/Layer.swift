internal import Bytes
internal import PacketCapture

/// The header that comes next in a frame.
enum Layer {
  case ethernet
  /// What an EtherType announces.
  case etherType(UInt16)
  case ipv4
  case ipv6
  /// IPv4 or IPv6: the first four bits say which.
  case ip
  /// What an IP protocol number announces.
  case transport(UInt8)
  /// One piece of a fragmented IP datagram.
  case fragment(Fragment)
  /// A header that most frames do not have.
  case other(RareHeader)
  /// An 802.11 A-MSDU: several frames in one.
  case aggregate
  case undecoded(UndecodedProtocol)

  /// The layer that frames of a link type begin with: https://www.tcpdump.org/linktypes.html.
  init(_ linkType: LinkType) {
    switch linkType.rawValue {
    case 1: self = .ethernet
    case 0: self = .other(.null)
    case 9, 50: self = .other(.ppp)  // PPP, PPP_HDLC
    case 12, 14, 101: self = .ip  // RAW, in its BSD, OpenBSD and portable numbers
    case 51: self = .other(.pppoe)  // PPP_ETHER
    case 104: self = .other(.ciscoHDLC)
    case 105: self = .other(.wireless(WirelessTrailer()))  // IEEE802_11
    case 108: self = .other(.loop)
    case 113: self = .other(.linuxCooked)
    case 117: self = .other(.packetFilterLog)
    case 127: self = .other(.radiotap)
    case 149, 258: self = .other(.pktap)  // Apple writes DLT_USER2, the registry says PKTAP
    case 166: self = .other(.pppWithDirection(2))
    case 192: self = .other(.ppi)
    case 204: self = .other(.pppWithDirection(1))
    case 226: self = .other(.ipnet)
    case 228: self = .ipv4
    case 229: self = .ipv6
    case 239: self = .other(.nflog)
    case 276: self = .other(.linuxCooked2)
    default: self = .undecoded(.linkType(linkType.rawValue))
    }
  }
}

/// A header off the common path.
enum RareHeader {
  case null
  case loop
  case packetFilterLog
  case linuxCooked
  case linuxCooked2
  case llc
  case ppp
  /// PPP behind so many bytes that say who sent it.
  case pppWithDirection(Int)
  case pppoe
  case ciscoHDLC
  case mpls
  case radiotap
  case ppi
  case wireless(WirelessTrailer)
  case pktap
  case ipnet
  case nflog
  case gre
  case etherIP
  case erspan2
  case erspan3
  /// A UDP tunnel whose header, this many bytes, has been checked already.
  case tunnel(headerLength: Int, TunnelledPayload)

  /// Reads the header and says which layer follows; nil where none does.
  func step(_ cursor: inout ByteCursor, _ walk: inout DecodingState) throws(ParseError) -> Layer? {
    switch self {
    case .null: return try LinkHeaders.null(&cursor)
    case .loop: return try LinkHeaders.loop(&cursor)
    case .packetFilterLog: return try LinkHeaders.packetFilterLog(&cursor)
    case .linuxCooked: return try LinkHeaders.linuxCooked(&cursor)
    case .linuxCooked2: return try LinkHeaders.linuxCooked2(&cursor)
    case .llc: return try LinkHeaders.llc(&cursor)
    case .ppp: return try PointToPointHeaders.ppp(&cursor)
    case .pppWithDirection(let count):
      try cursor.skip(count)
      return .other(.ppp)
    case .pppoe: return try PointToPointHeaders.pppoe(&cursor, &walk)
    case .ciscoHDLC: return try PointToPointHeaders.ciscoHDLC(&cursor)
    case .mpls: return try LinkHeaders.mpls(&cursor, walk)
    case .radiotap: return try WirelessHeaders.radiotap(&cursor)
    case .ppi: return try WirelessHeaders.ppi(&cursor)
    case .wireless(let trailer): return try WirelessHeaders.dataFrame(&cursor, &walk, trailer)
    case .pktap: return try CaptureHeaders.pktap(&cursor)
    case .ipnet: return try CaptureHeaders.ipnet(&cursor)
    case .nflog: return try CaptureHeaders.nflog(&cursor, &walk)
    case .gre: return try TunnelHeaders.gre(&cursor)
    case .etherIP: return try TunnelHeaders.etherIP(&cursor)
    case .erspan2: return try TunnelHeaders.erspan2(&cursor)
    case .erspan3: return try TunnelHeaders.erspan3(&cursor)
    case .tunnel(let headerLength, let payload):
      try cursor.skip(headerLength)
      return payload.layer
    }
  }
}
