import Testing

@testable import NetworkProtocols

@Suite struct TunnelTests {
  typealias Build = FrameBuilder

  static func gre(_ payload: [UInt8], flags: UInt16 = 0, type: UInt16 = 0x0800, fields: [UInt8] = []) -> [UInt8] {
    Build.ipv4(Build.big(flags) + Build.big(type) + fields + payload, carrying: 47)
  }

  static func udp(_ payload: [UInt8], to port: UInt16, from source: UInt16 = 50000) -> [UInt8] {
    Build.ipv4(Build.udp(payload, from: source, to: port), carrying: 17)
  }

  static let frame = Build.ethernet(Build.hidden)
  static let four: [UInt8] = [0, 0, 0, 0]
  static let eight = four + four

  @Test(
    arguments: [
      Build.ipv4(Build.hidden, carrying: 4),
      Build.ipv4(Build.hidden6, carrying: 41),
      Build.ipv6(Build.hidden6, carrying: 41),
      Build.ipv6(Build.hidden, carrying: 4),
      Build.ipv4([0x30, 0] + frame, carrying: 97),
      Build.ipv4([0, 1, 1, 64] + Build.hidden, carrying: 137),
      gre(Build.hidden),
      gre(Build.hidden6, type: 0x86DD),
      gre(Build.hidden, flags: 0xB000, fields: four + eight),
      gre(Build.hidden, flags: 0x4000, fields: four + [0, 2, 0, 2, 9, 9] + four),
      gre(frame, type: 0x6558),
      gre([0, 1, 1, 64] + Build.hidden, type: 0x8847),
      gre(frame, type: 0x88BE),
      gre(eight + frame, flags: 0x1000, type: 0x88BE, fields: four),
      gre([UInt8](repeating: 0, count: 12) + frame, flags: 0x1000, type: 0x22EB, fields: four),
      gre([UInt8](repeating: 0, count: 11) + [1] + eight + frame, flags: 0x1000, type: 0x22EB, fields: four),
      gre([UInt8](repeating: 0, count: 10) + [8, 0] + Build.hidden, flags: 0x1000, type: 0x22EB, fields: four),
      gre([0xFF, 3, 0, 0x21] + Build.hidden, flags: 0x3081, type: 0x880B, fields: four + eight),
      gre(WirelessHeaderTests.data(Build.snap(Build.hidden)), type: 0x8200),
      udp([8, 0, 0, 0, 0, 0, 5, 0] + frame, to: 4789),
      udp([8, 0, 0, 0, 0, 0, 5, 0] + Build.ethernet([0, 1, 8, 0] + Build.hidden, type: 0x8100), to: 8472),
      udp([0x0C, 0, 0, 1, 0, 0, 5, 0] + Build.hidden, to: 4790),
      udp([0x0C, 0, 0, 2, 0, 0, 5, 0] + Build.hidden6, to: 4790),
      udp([0x0D, 0, 0, 3, 0, 0, 5, 0] + frame, to: 4790),
      udp([0, 2, 0, 1, 0, 2, 0xFF, 3, 0, 0x21] + Build.hidden, to: 1701, from: 1701),
      udp([0x4A, 2, 0, 60, 0, 1, 0, 2, 0, 7, 0, 6, 0, 2, 9, 9, 0x21] + Build.hidden, to: 1701),
      udp([0, 0, 0x65, 0x58, 0, 0, 5, 0] + frame, to: 6081),
      udp([1, 0, 0x08, 0x00, 0, 0, 5, 0] + four + Build.hidden, to: 6081),
      udp([0, 0, 0x86, 0xDD, 0, 0, 5, 0] + Build.hidden6, to: 6081),
      udp([0x30, 255, 0, 45, 0, 0, 0, 1] + Build.hidden, to: 2152),
      udp([0x32, 255, 0, 49, 0, 0, 0, 1] + four + Build.hidden, to: 2152),
      udp([0x34, 255, 0, 53, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 9, 0] + Build.hidden, to: 2152),
      udp(Build.hidden6, to: 3544),
      udp([0, 0, 1, 2, 3, 4, 5, 6] + Build.hidden6, to: 50000, from: 3544),
      udp([0, 1, 1, 1] + [UInt8](repeating: 0, count: 11) + [0, 0, 1, 2, 3, 4, 5, 6] + Build.hidden6, to: 3544),
      udp([0, 0, 0x08, 0x00] + Build.hidden, to: 4754),
      udp([0xB0, 0, 0x65, 0x58] + four + eight + frame, to: 4754),
      udp([0, 1, 0, 64, 0, 2, 1, 64] + Build.hidden, to: 6635),
    ] as [[UInt8]])
  func theInnermostPacketIsDelivered(outer: [UInt8]) {
    let packets = FrameDecoder.packets(outer, 101)
    #expect(packets.count == 1)
    #expect(packets.first?.isHidden == true)
  }

  @Test(
    arguments: [
      (4789, [8, 0, 0, 1, 0, 0, 5, 0] + frame),  // a reserved bit
      (4789, [8, 0, 0, 0, 0, 0, 5, 0] + Build.ethernet([1, 2, 3], type: 0x0806)),
      (4789, [8, 0, 0, 0, 0, 0, 5, 0] + Build.ethernet(Build.ipv4(Build.tcp(), totalLength: 1000))),
      (6081, [0x40, 0, 0x65, 0x58, 0, 0, 5, 0] + frame),  // version 1
      (6081, [0, 0, 0x65, 0x59, 0, 0, 5, 0] + frame),
      (2152, [0x30, 1, 0, 45, 0, 0, 0, 1] + Build.hidden),  // an echo request
      (2152, [0x30, 255, 1, 45, 0, 0, 0, 1] + Build.hidden),  // longer than the datagram
      (2152, [0x34, 255, 0, 53, 0, 0, 0, 1, 0, 0, 0, 0x85, 0, 0, 9, 0] + Build.hidden),  // an endless extension
      (3544, Build.hidden), (3544, [1, 2, 3]), (3544, []),
      (4754, [0x40, 0, 0x08, 0x00] + Build.hidden),
      (6635, [0, 1, 0, 64]),
      (6635, [0, 1, 1, 64, 1, 2, 3]),
    ] as [(UInt16, [UInt8])])
  func otherTrafficOnATunnelsPortStaysUDP(port: UInt16, payload: [UInt8]) throws {
    let packets = FrameDecoder.packets(Self.udp(payload, to: port), 101)
    let packet = try #require(packets.first)
    #expect(packets.count == 1)
    #expect(packet.isUDP)
    #expect(packet.payload == payload)
  }

  @Test func tunnelsInTunnelsAreFollowedUpToALimit() {
    func nested(_ depth: Int) -> [UInt8] {
      (0..<depth).reduce(Build.hidden) { packet, _ in Build.ipv4(packet, carrying: 4) }
    }
    #expect(FrameDecoder.packets(nested(20), 101).first?.isHidden == true)
    var decoder = FrameDecoder()
    #expect(decoder.packets(nested(1000), 101).isEmpty)
    #expect(decoder.statistics.tooDeepFrames == 1)
  }

  @Test func unknownPayloadsAreNamed() {
    #expect(FrameDecoder.undecoded(Self.gre([1], type: 0x88CC), 101) == [.etherType(0x88CC): 1])
    #expect(FrameDecoder.undecoded(Self.gre([1], flags: 0x0002), 101) == [.ipProtocol(47): 1])
    #expect(
      FrameDecoder.undecoded(Self.gre([], flags: 0x2081, type: 0x880B, fields: Self.eight), 101) == [
        .etherType(0x880B): 1
      ])
    let infrared = Self.gre([UInt8](repeating: 0, count: 10) + [4, 0], flags: 0x1000, type: 0x22EB, fields: Self.four)
    #expect(FrameDecoder.undecoded(infrared, 101) == [.etherType(0x22EB): 1])
  }
}
