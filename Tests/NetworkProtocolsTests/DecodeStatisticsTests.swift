import Testing

@testable import NetworkProtocols

@Suite struct DecodeStatisticsTests {
  @Test func kindsBeyondTheLimitCountAsOthers() {
    var decoder = FrameDecoder()
    for linkType in 1000..<5000 as Range<UInt32> { _ = decoder.packets([], linkType) }
    _ = decoder.packets([], 1000)
    #expect(decoder.statistics.undecoded.count == DecodeStatistics.undecodedLimit + 1)
    #expect(decoder.statistics.undecoded[.others] == 4000 - DecodeStatistics.undecodedLimit)
    #expect(decoder.statistics.undecoded[.linkType(1000)] == 2)
    #expect(decoder.statistics.frames == 4001)
  }

  @Test func namesAreForPeople() {
    let names: [UndecodedProtocol] = [
      .linkType(147), .linkType(189), .etherType(0x0806), .etherType(0x0BAD), .ipProtocol(132), .ipProtocol(200),
      .pppProtocol(0xC021), .pppProtocol(0x1), .llc(0x42), .llc(0xE0), .addressFamily(7), .ipVersion(5), .mplsPayload,
      .wirelessManagement, .wirelessEncrypted, .wirelessFragment, .others,
    ]
    #expect(
      names.map(\.description) == [
        "link type 147", "USB (link type 189)", "ARP", "EtherType 0x0bad", "SCTP", "IP protocol 200", "LCP",
        "PPP protocol 0x0001", "spanning tree", "LLC service 0x00e0", "address family 7", "IP version 5",
        "MPLS payload", "802.11 without data", "encrypted 802.11", "fragmented 802.11", "others",
      ])
  }
}
