import NetworkValues
import Testing

@testable import NetworkProtocols

@Suite struct IPHeaderTests {
  typealias Build = FrameBuilder

  @Test func ipv4FieldsAreReadBehindOptions() throws {
    let bytes = Build.ipv4(Build.tcp([9]), options: [1, 1, 1, 0], identification: 0xBEEF, timeToLive: 37)
    let packet = try #require(FrameDecoder.packets(bytes, 101).first)
    #expect(packet.source.description == "192.0.2.1:40000")
    #expect(packet.destination.description == "198.51.100.2:443")
    #expect(packet.hopLimit == 37)
    #expect(packet.identification == 0xBEEF)
    #expect(packet.payload == [9])
  }

  @Test func ipv6FieldsAreReadBehindExtensionHeaders() throws {
    let routing: [UInt8] = [60, 0, 0, 0, 0, 0, 0, 0]
    let options: [UInt8] = [51, 1] + [UInt8](repeating: 0, count: 14)
    let authentication: [UInt8] = [6, 4] + [UInt8](repeating: 0, count: 22)
    let hopByHop: [UInt8] = [43, 0, 1, 4, 0, 0, 0, 0]
    let bytes = Build.ipv6(hopByHop + routing + options + authentication + Build.tcp([8]), carrying: 0, hopLimit: 5)
    let packet = try #require(FrameDecoder.packets(bytes, 101).first)
    #expect(packet.source.description == "[2001:db8::1]:40000")
    #expect(packet.hopLimit == 5)
    #expect(packet.identification == nil)
    #expect(packet.payload == [8])
    #expect(packet.payloadLength == 1)
  }

  @Test func anAtomicFragmentIsAWholePacket() {
    let bytes = Build.ipv6([6, 0, 0, 0, 0, 0, 0, 9] + Build.tcp([1, 2, 3, 4, 5]), carrying: 44)
    #expect(FrameDecoder.packets(bytes, 101).first?.isHidden == true)
  }

  @Test func aZeroLengthReachesToTheEndOfTheFrame() {
    #expect(FrameDecoder.packets(Build.ipv4(Build.tcp([1, 2, 3, 4, 5]), totalLength: 0), 101).first?.isHidden == true)
    #expect(
      FrameDecoder.packets(Build.ipv6(Build.tcp([1, 2, 3, 4, 5]), payloadLength: 0), 101).first?.isHidden == true)
    let cut = FrameDecoder.packets(Build.ipv4(Build.tcp([1]), totalLength: 0), 101, originalLength: 60).first
    #expect(cut?.payload == [1])
    #expect(cut?.payloadLength == 20)
  }

  @Test func aCutPayloadKeepsItsLengthOnTheWire() throws {
    var decoder = FrameDecoder()
    let whole = Build.ethernet(Build.ipv4(Build.tcp([UInt8](repeating: 1, count: 100))))
    let packet = try #require(decoder.packets([UInt8](whole.prefix(64)), originalLength: whole.count).first)
    #expect(packet.payload.count == 10)
    #expect(packet.payloadLength == 100)
    #expect(decoder.statistics.truncatedPackets == 1)
  }

  @Test func aCutHeaderIsTruncatedAndNotMalformed() {
    var decoder = FrameDecoder()
    let whole = Build.ethernet(Build.hidden)
    for length in 0..<54 {
      #expect(decoder.packets([UInt8](whole.prefix(length)), originalLength: whole.count).isEmpty)
    }
    #expect(decoder.statistics.truncatedPackets == 54)
    #expect(decoder.statistics.malformedPackets == 0)
    #expect(decoder.statistics.decodedFrames == 0)
  }

  @Test(
    arguments: [
      [0x44] + Build.hidden.dropFirst(),  // a header of 16 bytes
      [0x65] + Build.hidden.dropFirst(),
      Build.ipv4(Build.tcp(), totalLength: 19),
      Build.ipv4([1, 2, 3]),  // no room for TCP
      Build.ipv6([1, 2, 3], carrying: 43),
      Build.ipv4(Build.tcp(options: [UInt8](repeating: 1, count: 8)), totalLength: 44),  // options beyond the end
    ] as [[UInt8]])
  func contradictionsAreMalformed(bytes: [UInt8]) {
    var decoder = FrameDecoder()
    #expect(decoder.packets(bytes, 228).isEmpty)
    #expect(decoder.statistics.malformedPackets == 1)
    #expect(decoder.statistics.truncatedPackets == 0)
  }

  @Test func otherProtocolsAreDeliveredAndCounted() throws {
    var decoder = FrameDecoder()
    let packet = try #require(decoder.packets(Build.ipv4([1, 2, 3], carrying: 132), 101).first)
    guard case .other(let number) = packet.transport else {
      Issue.record("not another protocol")
      return
    }
    #expect(number == 132)
    #expect(packet.payload == [1, 2, 3])
    #expect(decoder.statistics.undecoded == [.ipProtocol(132): 1])
    _ = decoder.packets(Build.ipv6([1, 2, 3, 4, 5, 6, 7, 8], carrying: 50), 101)
    #expect(decoder.statistics.undecoded[.ipProtocol(50)] == 1)
  }
}
