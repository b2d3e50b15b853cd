import Testing

@testable import NetworkProtocols

@Suite struct LinkHeaderTests {
  typealias Build = FrameBuilder

  @Test(
    arguments: [
      (1, Build.ethernet(Build.hidden)),
      (1, Build.ethernet(Build.hidden6, type: 0x86DD)),
      (0, [2, 0, 0, 0] + Build.hidden),
      (0, [0, 0, 0, 2] + Build.hidden),
      (0, [30, 0, 0, 0] + Build.hidden6),
      (0, [0, 0, 0, 24] + Build.hidden6),
      (0, [28, 0, 0, 0] + Build.hidden6),
      (108, [0, 0, 0, 2] + Build.hidden),
      (108, [0, 0, 0, 30] + Build.hidden6),
      (101, Build.hidden), (101, Build.hidden6), (12, Build.hidden), (14, Build.hidden6),
      (228, Build.hidden), (229, Build.hidden6),
      (113, [0, 4, 3, 4, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0] + Build.hidden),
      (113, [0, 4, 3, 4, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0x86, 0xDD] + Build.hidden6),
      (113, [0, 4, 3, 4, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0, 4] + Build.snap(Build.hidden)),
      (276, [8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0] + Build.hidden),
      (9, [0xFF, 0x03, 0x00, 0x21] + Build.hidden),
      (9, [0x21] + Build.hidden),
      (9, [0x00, 0x57] + Build.hidden6),
      (50, [0xFF, 0x03, 0x00, 0x21] + Build.hidden),
      (50, [0x0F, 0x00, 0x08, 0x00] + Build.hidden),
      (104, [0x0F, 0x00, 0x86, 0xDD] + Build.hidden6),
      (51, [0x11, 0, 0, 1, 0, 47, 0x00, 0x21] + Build.hidden),
      (166, [0, 1, 0x00, 0x21] + Build.hidden),
      (1, Build.ethernet([0, 0, 0, 5] + Build.ethernet(Build.hidden), type: 0x88E7)),
      (1, Build.ethernet([0, 0, 0, 0, 8, 0] + Build.hidden, type: 0x8926)),
      (1, Build.ethernet([1, 1, 0, 1, 0, 5, 0x86, 0xDD] + Build.hidden6, type: 0x8909)),
      (117, [61, 2] + [UInt8](repeating: 0, count: 62) + Build.hidden),
      (117, [100, 24] + [UInt8](repeating: 0, count: 98) + Build.hidden6),
      (204, [1, 0xFF, 0x03, 0x00, 0x21] + Build.hidden),
    ] as [(UInt32, [UInt8])])
  func everyLinkTypeLeadsToThePacket(linkType: UInt32, frame: [UInt8]) {
    let packets = FrameDecoder.packets(frame, linkType)
    #expect(packets.count == 1)
    #expect(packets.first?.isHidden == true)
  }

  @Test(arguments: [0x8100, 0x88A8, 0x9100] as [UInt16])
  func tagsAreSkippedOneBehindTheOther(type: UInt16) {
    let inner = [0, 5, 0x81, 0x00, 0, 6, 0x08, 0x00] + Build.hidden
    #expect(FrameDecoder.packets(Build.ethernet(inner, type: type)).first?.isHidden == true)
  }

  @Test func aLengthInsteadOfATypeMeansLLC() {
    let payload = Build.snap(Build.hidden)
    let frame = Build.ethernet(payload + [0xEE, 0xEE], type: UInt16(payload.count))
    #expect(FrameDecoder.packets(frame).first?.isHidden == true)
    #expect(FrameDecoder.packets(Build.ethernet(payload, type: 0x8870)).first?.isHidden == true)
    #expect(FrameDecoder.packets(Build.ethernet([6, 6, 3] + Build.hidden, type: 48)).first?.isHidden == true)
  }

  @Test func ethernetPaddingIsNoPayload() {
    let packet = FrameDecoder.packets(Build.ethernet(Build.ipv4(Build.tcp([])) + [0, 0, 0, 0, 0, 0])).first
    #expect(packet?.payload == [])
    #expect(packet?.payloadLength == 0)
  }

  @Test func pppoeSessionsCarryPPP() {
    let session = [0x11, 0, 0, 1] + Build.big(UInt16(Build.hidden.count + 2)) + [0, 0x21] + Build.hidden
    #expect(FrameDecoder.packets(Build.ethernet(session + [0, 0], type: 0x8864)).first?.isHidden == true)
    #expect(FrameDecoder.undecoded(Build.ethernet([0x11, 9, 0, 0, 0, 0], type: 0x8864)) == [.etherType(0x8863): 1])
  }

  @Test func labelsEndInAnIPPacketOrAPseudowire() {
    let labels: [UInt8] = [0, 1, 0, 64, 0, 2, 1, 64]
    #expect(FrameDecoder.packets(Build.ethernet(labels + Build.hidden, type: 0x8847)).first?.isHidden == true)
    #expect(FrameDecoder.packets(Build.ethernet(labels + Build.hidden6, type: 0x8848)).first?.isHidden == true)
    let pseudowire = labels + [0, 0, 0, 1] + Build.ethernet(Build.hidden)
    #expect(FrameDecoder.packets(Build.ethernet(pseudowire, type: 0x8847)).first?.isHidden == true)
    let noControlWord = labels + Build.ethernet(Build.hidden)
    #expect(FrameDecoder.packets(Build.ethernet(noControlWord, type: 0x8847)).first?.isHidden == true)
    #expect(FrameDecoder.undecoded(Build.ethernet(labels + [1, 2, 3, 4], type: 0x8847)) == [.mplsPayload: 1])
  }

  @Test func systemsPutTheirOwnHeadersFirst() {
    let pktap: [UInt8] = [20, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
    #expect(FrameDecoder.packets(pktap + Build.ethernet(Build.hidden), 258).first?.isHidden == true)
    #expect(FrameDecoder.packets(pktap + Build.ethernet(Build.hidden), 149).first?.isHidden == true)
    let ipnet: [UInt8] = [1, 2] + [UInt8](repeating: 0, count: 22)
    #expect(FrameDecoder.packets(ipnet + Build.hidden, 226).first?.isHidden == true)
    let ipnet6: [UInt8] = [1, 26] + [UInt8](repeating: 0, count: 22)
    #expect(FrameDecoder.packets(ipnet6 + Build.hidden6, 226).first?.isHidden == true)
    let ppi: [UInt8] = [0, 0, 12, 0, 1, 0, 0, 0, 9, 9, 9, 9]
    #expect(FrameDecoder.packets(ppi + Build.ethernet(Build.hidden), 192).first?.isHidden == true)
  }

  @Test func netfilterLogsArePaddedAttributesInEitherByteOrder() {
    let length = UInt16(Build.hidden.count + 4)
    let little: [UInt8] = [2, 0, 0, 0, 6, 0, 10, 0, 1, 2, 0, 0] + Build.little(length) + [9, 0] + Build.hidden
    let big: [UInt8] = [2, 0, 0, 0, 0, 6, 0, 10, 1, 2, 0, 0] + Build.big(length) + [0, 9] + Build.hidden
    #expect(FrameDecoder.packets(little, 239).first?.isHidden == true)
    #expect(FrameDecoder.packets(big, 239).first?.isHidden == true)
    #expect(FrameDecoder.undecoded([2, 0, 0, 0, 6, 0, 10, 0, 1, 2, 0, 0], 239) == [.linkType(239): 1])
  }

  @Test func whatHasNoDecoderIsCountedByName() {
    #expect(FrameDecoder.undecoded([1, 2, 3], 147) == [.linkType(147): 1])
    #expect(FrameDecoder.undecoded(Build.ethernet([0, 1], type: 0x0806)) == [.etherType(0x0806): 1])
    #expect(FrameDecoder.undecoded([7, 0, 0, 0], 0) == [.addressFamily(7): 1])
    #expect(FrameDecoder.undecoded([0, 0, 0, 7], 108) == [.addressFamily(7): 1])
    #expect(FrameDecoder.undecoded([0x50], 101) == [.ipVersion(5): 1])
    #expect(FrameDecoder.undecoded([0xC0, 0x21, 1, 2], 9) == [.pppProtocol(0xC021): 1])
    #expect(FrameDecoder.undecoded(Build.ethernet([0x42, 0x42, 3], type: 3)) == [.llc(0x42): 1])
    #expect(FrameDecoder.undecoded([1, 99] + [UInt8](repeating: 0, count: 22), 226) == [.addressFamily(99): 1])
    #expect(FrameDecoder.undecoded([12, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0], 258) == [.linkType(258): 1])
  }
}
