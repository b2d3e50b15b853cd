import NetworkValues
import PacketCapture
import Testing

@testable import NetworkProtocols

/// What is read in one go is what is peeled layer by layer.
@Suite struct PlainSegmentTests {
  private typealias Build = FrameBuilder

  @Test func ordinarySegmentsArePlainAndOddOnesAreNot() {
    let segment = Build.tcp([1, 2, 3, 4, 5], flags: [.ack, .psh])
    #expect(isPlain(Build.ethernet(Build.ipv4(segment))))
    #expect(isPlain(Build.ethernet(Build.ipv4(Build.tcp(options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2])))))
    #expect(isPlain(Build.ethernet(Build.ipv4(Build.tcp(flags: .syn, options: [2, 4, 5, 180])))))
    // Padding, and the bit that forbids fragments.
    #expect(isPlain(Build.ethernet(Build.ipv4(Build.tcp()) + [0, 0, 0, 0, 0, 0])))
    #expect(isPlain(Build.ethernet(Build.ipv4(segment, fragmentation: 0x4000))))
    let odd: [[UInt8]] = [
      Build.ethernet(Build.ipv4(segment, options: [1, 1, 1, 1])),
      Build.ethernet(Build.ipv4(segment, fragmentation: 0x2000)), Build.ethernet(Build.ipv4(segment, fragmentation: 3)),
      Build.ethernet(Build.ipv4(segment, totalLength: 0)), Build.ethernet(Build.ipv4(segment, totalLength: 39)),
      Build.ethernet(Build.ipv4(segment, totalLength: 46)), Build.ethernet(Build.ipv4(Build.udp(), carrying: 17)),
      Build.ethernet(Build.ipv6(segment), type: 0x86DD), Build.ethernet(Build.hidden, type: 0x8100),
      Array(Build.ethernet(Build.ipv4(segment)).dropLast()), [],
    ]
    for frame in odd { #expect(!isPlain(frame), "\(frame)") }
    #expect(!isPlain(Build.ethernet(Build.ipv4(segment)), linkType: 101))
  }

  @Test func bothWaysGiveTheSamePackets() {
    var random = SeededGenerator(seed: 9)
    var plain = 0
    for round in 0..<20_000 {
      var payload = (0..<Int.random(in: 0...12, using: &random)).map { UInt8($0) }
      if round % 7 == 0 { payload += [0, 0, 0, 0] }
      var packet = Build.ipv4(
        Build.tcp(
          payload, from: .random(in: 0 ... .max, using: &random), sequence: .random(in: 0 ... .max, using: &random),
          acknowledgment: .random(in: 0 ... .max, using: &random),
          flags: TCPFlags(rawValue: .random(in: 0 ... .max, using: &random)),
          window: .random(in: 0 ... .max, using: &random),
          options: [[], [1, 1, 1, 0], [2, 4, 5, 180], [1, 3, 3, 7, 2, 4, 5, 180], [2, 9, 5, 180]][round % 5]),
        identification: .random(in: 0 ... .max, using: &random), timeToLive: .random(in: 0 ... .max, using: &random))
      if round % 2 == 0 {
        for _ in 0..<Int.random(in: 1...2, using: &random) {
          packet[Int.random(in: packet.indices, using: &random)] = .random(in: 0 ... .max, using: &random)
        }
      }
      if round % 11 == 0 { packet.removeLast(Int.random(in: 0...packet.count, using: &random)) }
      let frame = Build.ethernet(packet)
      if isPlain(frame) { plain += 1 }
      // The same packet without Ethernet before it, as LINKTYPE_IPV4 has it, is never plain.
      var inOneGo = FrameDecoder()
      var peeled = FrameDecoder()
      let (first, second) = (inOneGo.packets(frame), peeled.packets(packet, 228))
      #expect("\(first)" == "\(second)")
      #expect(inOneGo.statistics.packets == peeled.statistics.packets)
      #expect(inOneGo.statistics.decodedFrames == peeled.statistics.decodedFrames)
      #expect(inOneGo.statistics.truncatedPackets == peeled.statistics.truncatedPackets)
      #expect(inOneGo.statistics.malformedPackets == peeled.statistics.malformedPackets)
    }
    #expect((4000..<19_000).contains(plain), "\(plain)")
  }

  @Test func bothDirectionsFallIntoOneShareAndSharesAreAlike() {
    var random = SeededGenerator(seed: 4)
    var counts = [0, 0, 0, 0]
    for port in UInt16(30_000)..<34_000 {
      let client = Endpoint(address: IPAddress(ipv4: .random(in: 0 ... .max, using: &random)), port: port)
      let server = Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 443)
      let shard = ConnectionKey(source: client, destination: server).shard(of: 4)
      #expect(shard == ConnectionKey(source: server, destination: client).shard(of: 4))
      counts[shard] += 1
    }
    #expect(counts.allSatisfy { (800...1200).contains($0) }, "\(counts)")
    // One client, whose ports follow each other.
    counts = [0, 0, 0, 0]
    for port in UInt16(30_000)..<34_000 {
      let client = Endpoint(address: IPAddress(ipv6High: 0x2001_0DB8_0000_0000, low: 1), port: port)
      let server = Endpoint(address: IPAddress(ipv6High: 0x2001_0DB8_0000_0000, low: 2), port: 443)
      counts[ConnectionKey(source: client, destination: server).shard(of: 4)] += 1
    }
    #expect(counts.allSatisfy { (800...1200).contains($0) }, "\(counts)")
  }

  private func isPlain(_ bytes: [UInt8], linkType: UInt32 = 1) -> Bool {
    let span = bytes.span
    return unsafe PlainSegment(
      Frame(
        number: 1, timestamp: Timestamp(nanoseconds: 0), linkType: LinkType(rawValue: linkType),
        originalLength: bytes.count, bytes: span.bytes)) != nil
  }
}
