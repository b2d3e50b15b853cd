/// What a frame held where decoding ended for want of a decoder.
public enum UndecodedProtocol: Hashable, Sendable {
  /// A LINKTYPE_ value.
  case linkType(UInt32)
  case etherType(UInt16)
  /// An IP protocol, by its IANA number.
  case ipProtocol(UInt8)
  /// A PPP protocol field (RFC 1661 §2).
  case pppProtocol(UInt16)
  /// An IEEE 802.2 destination service access point.
  case llc(UInt8)
  /// An operating system's address family number.
  case addressFamily(UInt32)
  /// Neither 4 nor 6.
  case ipVersion(UInt8)
  /// No IP packet below the labels.
  case mplsPayload
  /// An 802.11 frame that carries no data.
  case wirelessManagement
  /// An 802.11 frame whose encryption was not taken off.
  case wirelessEncrypted
  /// A piece of an 802.11 frame.
  case wirelessFragment
  /// Kinds beyond those counted one by one.
  case others
}

extension UndecodedProtocol {
  /// Whether a program that decodes it may find TCP in it.
  var mayHoldTCP: Bool {
    switch self {
    case .linkType, .addressFamily, .ipVersion, .mplsPayload, .wirelessFragment, .others: true
    case .wirelessManagement, .wirelessEncrypted: false
    // Provider backbone bridging carries whole frames.
    case .etherType(let value): Self.etherTypes[value] == nil || value == 0x88E7
    // GRE, IPComp and L2TPv3 carry packets.
    case .ipProtocol(let value): Self.ipProtocols[value] == nil || [47, 108, 115].contains(value)
    // Compressed packets.
    case .pppProtocol(let value): Self.pppProtocols[value] == nil || [0x002D, 0x002F, 0x00FD].contains(value)
    case .llc(let value): value != 0x42
    }
  }
}

extension UndecodedProtocol: CustomStringConvertible {
  /// A short name for people: `ARP`, `SCTP`, `EtherType 0x88b5`.
  public var description: String {
    switch self {
    case .linkType(let value): Self.linkTypes[value].map { "\($0) (link type \(value))" } ?? "link type \(value)"
    case .etherType(let value): Self.etherTypes[value] ?? "EtherType \(Self.hexadecimal(value))"
    case .ipProtocol(let value): Self.ipProtocols[value] ?? "IP protocol \(value)"
    case .pppProtocol(let value): Self.pppProtocols[value] ?? "PPP protocol \(Self.hexadecimal(value))"
    case .llc(let value): value == 0x42 ? "spanning tree" : "LLC service \(Self.hexadecimal(UInt16(value)))"
    case .addressFamily(let value): "address family \(value)"
    case .ipVersion(let value): "IP version \(value)"
    case .mplsPayload: "MPLS payload"
    case .wirelessManagement: "802.11 without data"
    case .wirelessEncrypted: "encrypted 802.11"
    case .wirelessFragment: "fragmented 802.11"
    case .others: "others"
    }
  }

  private static func hexadecimal(_ value: UInt16) -> String {
    let digits = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static let linkTypes: [UInt32: String] = [
    3: "AX.25", 6: "Token Ring", 7: "ARCNET", 8: "SLIP", 10: "FDDI", 107: "Frame Relay", 114: "LocalTalk",
    117: "pflog", 119: "Prism 802.11", 122: "IP over Fibre Channel", 163: "AVS 802.11", 187: "Bluetooth HCI",
    189: "USB", 195: "802.15.4", 201: "Bluetooth HCI", 209: "I2C", 220: "USB", 227: "CAN", 230: "802.15.4",
    249: "USBPcap", 251: "Bluetooth Low Energy", 253: "Netlink", 254: "Bluetooth monitor", 258: "PKTAP",
  ]

  private static let etherTypes: [UInt16: String] = [
    0x0806: "ARP", 0x0842: "Wake-on-LAN", 0x2000: "CDP", 0x8035: "RARP", 0x809B: "AppleTalk", 0x80F3: "AARP",
    0x8137: "IPX", 0x8808: "Ethernet flow control", 0x8809: "LACP", 0x8863: "PPPoE discovery", 0x887B: "HomePlug",
    0x888E: "EAPOL", 0x8892: "PROFINET", 0x8899: "Realtek", 0x88A4: "EtherCAT", 0x88B5: "local experiment",
    0x88CC: "LLDP", 0x88E1: "HomePlug AV", 0x88E5: "MACsec", 0x88E7: "provider backbone bridging",
    0x88F7: "Precision Time Protocol", 0x8902: "connectivity fault management", 0x8906: "Fibre Channel over Ethernet",
    0x893A: "IEEE 1905.1", 0x9000: "Ethernet loopback",
  ]

  private static let ipProtocols: [UInt8: String] = [
    0: "hop-by-hop options", 2: "IGMP", 8: "EGP", 9: "IGP", 33: "DCCP", 46: "RSVP", 47: "GRE", 50: "ESP",
    59: "no next header", 84: "TTP", 88: "EIGRP", 89: "OSPF", 103: "PIM", 108: "IPComp", 112: "VRRP", 115: "L2TPv3",
    132: "SCTP", 135: "Mobility Header", 136: "UDP-Lite", 139: "HIP", 140: "Shim6",
  ]

  private static let pppProtocols: [UInt16: String] = [
    0x002D: "compressed TCP", 0x002F: "uncompressed TCP", 0x00FD: "compressed PPP", 0x8021: "IPCP", 0x8057: "IPv6CP",
    0x80FD: "CCP", 0xC021: "LCP", 0xC023: "PAP", 0xC025: "LQR", 0xC223: "CHAP", 0xC227: "EAP",
  ]
}
