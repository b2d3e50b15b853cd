import Bytes
import NetworkValues
import PacketCapture
import Testing

@testable import NetworkProtocols

/// Random and mutated frames: nothing may trap, and nothing may grow.
@Suite struct HostileInputTests {
  typealias Build = FrameBuilder

  static let linkTypes: [UInt32] = [
    0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 127, 149, 166, 192, 204, 226, 228, 229, 239, 258, 276, 999,
  ]

  /// Frames worth mutating: each layer's happy path.
  static let seeds: [(UInt32, [UInt8])] = [
    (1, Build.ethernet(Build.hidden)),
    (
      1,
      Build.ethernet(
        Build.ipv6([43, 0, 1, 4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0] + Build.tcp([1]), carrying: 0), type: 0x86DD)
    ),
    (1, Build.ethernet(Build.ipv4(Build.tcp([1, 2], flags: .syn, options: [2, 4, 5, 0xB4, 1, 1, 1, 1])))),
    (1, Build.ethernet(Build.ipv4([3, 4, 0, 0, 0, 0, 5, 0] + Build.hidden, carrying: 1))),
    (1, Build.ethernet(Build.ipv6([2, 0, 0, 0, 0, 0, 5, 0] + Build.hidden6, carrying: 58), type: 0x86DD)),
    (1, Build.ethernet(FragmentTests.piece(0..<48))),
    (1, Build.ethernet(FragmentTests.piece(48..<108, last: true))),
    (1, Build.ethernet(FragmentTests.piece6(0..<48), type: 0x86DD)),
    (1, Build.ethernet(FragmentTests.piece6(48..<108, last: true), type: 0x86DD)),
    (1, Build.ethernet(TunnelTests.udp([8, 0, 0, 0, 0, 0, 5, 0] + TunnelTests.frame, to: 4789))),
    (
      1,
      Build.ethernet(
        TunnelTests.udp([0x34, 255, 0, 53, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 9, 0] + Build.hidden, to: 2152))
    ),
    (1, Build.ethernet(TunnelTests.udp([1, 0, 8, 0, 0, 0, 5, 0, 0, 0, 0, 0] + Build.hidden, to: 6081))),
    (1, Build.ethernet(TunnelTests.udp([0, 0, 1, 2, 3, 4, 5, 6] + Build.hidden6, to: 3544))),
    (
      1,
      Build.ethernet(
        TunnelTests.gre(
          [0xFF, 3, 0, 0x21] + Build.hidden, flags: 0x3081, type: 0x880B, fields: TunnelTests.four + TunnelTests.eight))
    ),
    (
      127,
      [0, 0, 17, 0, 3, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0x30]
        + WirelessHeaderTests.data(Build.snap(Build.hidden), kind: 0x88, extra: [0x80, 0])
    ),
    (
      239,
      [2, 0, 0, 0, 6, 0, 10, 0, 1, 2, 0, 0] + Build.little(UInt16(Build.hidden.count + 4)) + [9, 0] + Build.hidden
    ),
  ]

  @Test func twoHundredThousandRandomAndMutatedFramesTrapNothing() {
    var random = SeededGenerator(seed: 2026)
    var decoder = FrameDecoder()
    var table = ConnectionTable()
    var streams = [StreamReassembler](repeating: StreamReassembler(bufferLimit: 16384), count: 64)
    var delivered = 0
    for number in 1...200_000 {
      var (linkType, bytes) = Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)]
      if number % 4 == 0 {
        linkType = Self.linkTypes[Int.random(in: 0..<Self.linkTypes.count, using: &random)]
        bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      } else {
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
        }
      }
      let span = bytes.span
      let frame = unsafe Frame(
        number: number, timestamp: Timestamp(nanoseconds: Int64(bitPattern: random.next())),
        linkType: LinkType(rawValue: linkType), originalLength: Int.random(in: -5...200, using: &random),
        bytes: span.bytes)
      decoder.decode(frame) { packet in
        delivered += 1
        guard let key = packet.connectionKey, case .tcp(let header) = packet.transport else { return }
        let slot = table.find(key) ?? delivered % streams.count
        table.insert(key, slot: UInt32(slot))
        _ = streams[slot].accept(
          packet.payload, at: header.sequenceNumber, payloadLength: packet.payloadLength, deliver: { _ in })
        streams[slot].acknowledge(upTo: header.acknowledgmentNumber, skip: { _ in }, deliver: { _ in })
      }
    }
    #expect(delivered > 50_000)
    #expect(decoder.statistics.frames == 200_000)
    #expect(decoder.fragments.waiting <= FragmentTable.datagramLimit)
    #expect(streams.allSatisfy { $0.reservedBytes <= 16384 * 9 / 8 })
  }

  @Test func everyPrefixOfEverySeedIsDecodedWithoutATrap() {
    var decoder = FrameDecoder()
    for (linkType, bytes) in Self.seeds {
      for length in 0...bytes.count { _ = decoder.packets([UInt8](bytes.prefix(length)), linkType) }
    }
    #expect(decoder.statistics.frames > 1000)
  }

  @Test func randomSegmentsNeverLeaveTheStreamsBounds() {
    var random = SeededGenerator(seed: 9)
    var stream = StreamReassembler(bufferLimit: 65536)
    let payload = [UInt8](repeating: 1, count: 3000)
    let span = payload.span
    for _ in 0..<50_000 {
      let near = Int.random(in: -70000...140_000, using: &random)
      let anywhere = Int(UInt32.random(in: .min ... .max, using: &random))
      let base = stream.nextSequenceNumber ?? SequenceNumber(rawValue: 0)
      let number = base + (Int.random(in: 0..<8, using: &random) == 0 ? anywhere : near)
      let count = Int.random(in: 0...3000, using: &random)
      let length = Int.random(in: 0..<16, using: &random) == 0 ? Int.max : count
      _ = unsafe stream.accept(span.bytes.extracting(0..<count), at: number, payloadLength: length) { _ in }
      if Int.random(in: 0..<5, using: &random) == 0 {
        stream.acknowledge(upTo: base + near, skip: { #expect($0 > 0) }, deliver: { _ in })
      }
    }
    #expect(stream.reservedBytes <= 65536 * 9 / 8)
  }

  @Test func randomDNSMessagesTrapNothing() {
    var random = SeededGenerator(seed: 4)
    let seed =
      DNSMessageTests.header(answers: 2) + DNSMessageTests.name("www", "example") + [0, 1, 0, 1]
      + DNSMessageTests.record([0xC0, 12], type: 5, [1, 97, 0xC0, 16])
      + DNSMessageTests.record([0xC0, 12], type: 1, [1, 2, 3, 4])
    var parsed = 0
    for _ in 0..<50_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if (try? DNSMessageTests.parse(bytes)) != nil { parsed += 1 }
    }
    #expect(parsed > 1000)
  }
}
