import Testing

@testable import NetworkProtocols

@Suite struct FragmentTests {
  typealias Build = FrameBuilder

  static let datagram = Build.udp([UInt8](0..<100), to: 5000)

  static func piece(
    _ range: Range<Int>, last: Bool = false, identification: UInt16 = 7, of whole: [UInt8] = datagram
  )
    -> [UInt8]
  {
    Build.ipv4(
      [UInt8](whole[range]), carrying: 17, identification: identification,
      fragmentation: UInt16(range.lowerBound / 8) | (last ? 0 : 0x2000))
  }

  static func piece6(_ range: Range<Int>, last: Bool = false, of whole: [UInt8] = datagram, next: UInt8 = 17) -> [UInt8]
  {
    let header = [next, 0] + Build.big(UInt16(range.lowerBound) | (last ? 0 : 1)) + [0, 0, 0, 9]
    return Build.ipv6(header + [UInt8](whole[range]), carrying: 44)
  }

  @Test func fragmentsInAnyOrderMakeOnePacketWithTheLastFramesNumber() throws {
    let pieces = [Self.piece(0..<48), Self.piece(48..<96), Self.piece(96..<108, last: true)]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
      var decoder = FrameDecoder()
      var packets: [DecodedPacket] = []
      for (number, index) in order.enumerated() { packets += decoder.packets(pieces[index], 101, number: number + 1) }
      let packet = try #require(packets.first)
      #expect(packets.count == 1)
      #expect(packet.frame == 3)
      #expect(packet.payload == [UInt8](0..<100))
      #expect(packet.payloadLength == 100)
      #expect(packet.isUDP)
      #expect(decoder.statistics.fragments == 3)
      #expect(decoder.statistics.droppedFragments == 0)
      #expect(decoder.statistics.decodedFrames == 3)
      #expect(decoder.fragments.waiting == 0)
    }
  }

  @Test func ipv6FragmentsTakeTheFirstOnesProtocol() throws {
    var decoder = FrameDecoder()
    #expect(decoder.packets(Self.piece6(48..<108, last: true, next: 99), 101).isEmpty)
    let packet = try #require(decoder.packets(Self.piece6(0..<48), 101).first)
    #expect(packet.isUDP)
    #expect(packet.payload == [UInt8](0..<100))
  }

  @Test func aMissingFragmentDeliversNothingAndIsDroppedWithAge() {
    var decoder = FrameDecoder()
    #expect(decoder.packets(Self.piece(0..<48), 101, seconds: 0).isEmpty)
    #expect(decoder.packets(Self.piece(96..<108, last: true), 101, seconds: 1).isEmpty)
    #expect(decoder.fragments.waiting == 1)
    #expect(decoder.packets(Self.piece(0..<48, identification: 8), 101, seconds: 31).isEmpty)
    #expect(decoder.fragments.waiting == 1)
    #expect(decoder.statistics.droppedFragments == 2)
    // Too late: its datagram is gone.
    #expect(decoder.packets(Self.piece(48..<96), 101, seconds: 31).isEmpty)
  }

  @Test func theBytesThatCameFirstStayWhereIPv4FragmentsOverlap() throws {
    var decoder = FrameDecoder()
    var forged = Self.datagram
    for index in 8..<forged.count { forged[index] = 0xEE }
    #expect(decoder.packets(Self.piece(0..<48), 101).isEmpty)
    #expect(decoder.packets(Self.piece(24..<64, of: forged), 101).isEmpty)
    let packet = try #require(decoder.packets(Self.piece(64..<108, last: true), 101).first)
    #expect(packet.payload[..<40] == [UInt8](0..<40)[...])
    #expect(packet.payload[40..<56].allSatisfy { $0 == 0xEE })
    #expect(packet.payload[56...] == [UInt8](56..<100)[...])
  }

  @Test func anOverlapCondemnsAnIPv6Datagram() {
    var decoder = FrameDecoder()
    #expect(decoder.packets(Self.piece6(0..<48), 101).isEmpty)
    #expect(decoder.packets(Self.piece6(40..<64), 101).isEmpty)
    #expect(decoder.packets(Self.piece6(48..<108, last: true), 101).isEmpty)
    #expect(decoder.packets(Self.piece6(0..<48), 101).isEmpty)
    #expect(decoder.fragments.waiting == 1)
  }

  @Test func aRepeatedFragmentHarmsNothing() throws {
    var decoder = FrameDecoder()
    var decoder6 = FrameDecoder()
    for _ in 0..<2 {
      #expect(decoder.packets(Self.piece(0..<48), 101).isEmpty)
      #expect(decoder6.packets(Self.piece6(0..<48), 101).isEmpty)
    }
    #expect(decoder.packets(Self.piece(48..<108, last: true), 101).count == 1)
    #expect(decoder6.packets(Self.piece6(48..<108, last: true), 101).count == 1)
  }

  @Test func contradictoryFragmentsAreIgnoredAndCounted() throws {
    var decoder = FrameDecoder()
    #expect(decoder.packets(Self.piece(96..<108, last: true), 101).isEmpty)
    // A second end, bytes beyond the end, and a middle that is no multiple of eight.
    #expect(decoder.packets(Self.piece(48..<90, last: true), 101).isEmpty)
    let long = Build.udp([UInt8](repeating: 0, count: 200))
    #expect(decoder.packets(Self.piece(104..<160, of: long), 101).isEmpty)
    #expect(decoder.packets(Self.piece(0..<45), 101).isEmpty)
    #expect(decoder.packets(Self.piece(0..<48), 101).isEmpty)
    #expect(decoder.packets(Self.piece(48..<96), 101).first?.payload == [UInt8](0..<100))
    #expect(decoder.statistics.droppedFragments == 3)
  }

  @Test func aDatagramLongerThanIPAllowsIsRefused() {
    var decoder = FrameDecoder()
    let beyond = Build.ipv4([UInt8](repeating: 0, count: 64), carrying: 1, fragmentation: 0x1FFF)
    #expect(decoder.packets(beyond, 101).isEmpty)
    #expect(decoder.statistics.packets == 0)
  }

  @Test func aFloodOfFirstFragmentsStaysBounded() {
    var decoder = FrameDecoder()
    for identification in 0..<2000 as Range<UInt16> {
      _ = decoder.packets(Self.piece(0..<48, identification: identification), 101)
    }
    #expect(decoder.fragments.waiting == FragmentTable.datagramLimit)
    #expect(decoder.statistics.droppedFragments == 2000 - FragmentTable.datagramLimit)
    // Far offsets cost memory: the limit on bytes throws out more.
    for identification in 0..<2000 as Range<UInt16> {
      _ = decoder.packets(
        Build.ipv4([1, 2, 3, 4, 5, 6, 7, 8], carrying: 17, identification: identification, fragmentation: 0x3FF0), 101)
    }
    #expect(decoder.fragments.waiting <= FragmentTable.byteLimit / 65000 + 1)
  }

  @Test func aFragmentThatTheCaptureCutIsDropped() {
    var decoder = FrameDecoder()
    let first = Self.piece(0..<48)
    #expect(decoder.packets([UInt8](first.prefix(40)), 101, originalLength: first.count).isEmpty)
    #expect(decoder.packets(Self.piece(48..<108, last: true), 101).isEmpty)
    #expect(decoder.statistics.droppedFragments == 1)
    #expect(decoder.statistics.truncatedPackets == 1)
  }

  @Test func aTunnelInFragmentsIsFollowed() throws {
    var decoder = FrameDecoder()
    let inner = Build.hidden
    #expect(decoder.packets(Build.ipv4([UInt8](inner[..<24]), carrying: 4, fragmentation: 0x2000), 101).isEmpty)
    let rest = Build.ipv4([UInt8](inner[24...]), carrying: 4, fragmentation: 3)
    #expect(decoder.packets(rest, 101).first?.isHidden == true)
  }
}
