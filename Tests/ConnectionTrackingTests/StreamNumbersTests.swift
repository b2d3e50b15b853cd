import NetworkProtocols
import NetworkValues
import Testing

@testable import ConnectionTracking

/// TCP streams are numbered as Wireshark numbers them, or not at all.
@Suite struct StreamNumbersTests {
  private static let client = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 40_000)
  private static let other = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 40_001)
  private static let server = Endpoint(address: IPAddress(ipv4: 0xC000_0202), port: 443)

  private func numbers(_ script: PacketScript, missedTCP frame: Int = .max) -> StreamNumbers {
    var numbers = StreamNumbers()
    script.forEachPacket { numbers.note($0, mayHaveMissedTCP: $0.frame >= frame) }
    return numbers
  }

  private func key(_ client: Endpoint) -> ConnectionKey { ConnectionKey(source: client, destination: Self.server) }

  @Test func flowsAreNumberedFromZeroInTheOrderOfTheirFirstSegments() {
    var script = PacketScript()
    script.addTCP(from: Self.server, to: Self.other, sequence: 50, .ack)
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.server, to: Self.client, sequence: 9, [.syn, .ack])
    let numbers = numbers(script)
    #expect(numbers.number(of: key(Self.other), first: 1, last: 1) == 0)
    #expect(numbers.number(of: key(Self.client), first: 2, last: 3) == 1)
    #expect(numbers.number(of: key(Endpoint(address: Self.client.address, port: 1)), first: 1, last: 3) == nil)
  }

  @Test func aPortThatIsUsedAgainBeginsAnotherStream() {
    var script = PacketScript()
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.client, to: Self.server, sequence: 77, .syn)
    let numbers = numbers(script)
    #expect(numbers.number(of: key(Self.client), first: 1, last: 2) == 0)
    #expect(numbers.number(of: key(Self.client), first: 3, last: 3) == 1)
    // What is one connection here and two streams there has no number.
    #expect(numbers.number(of: key(Self.client), first: 1, last: 3) == nil)
  }

  @Test func whereWiresharksVersionsDifferNothingIsNumberedAnyMore() {
    var script = PacketScript()
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.server, to: Self.client, sequence: 0, [.rst, .ack])
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.other, to: Self.server, sequence: 1, .syn)
    let numbers = numbers(script)
    #expect(numbers.number(of: key(Self.client), first: 1, last: 2) == 0)
    #expect(numbers.number(of: key(Self.client), first: 3, last: 3) == nil)
    #expect(numbers.number(of: key(Self.other), first: 4, last: 4) == nil)
  }

  @Test func aSegmentThatMayHaveBeenMissedEndsTheNumbering() {
    var script = PacketScript()
    script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
    script.addTCP(from: Self.other, to: Self.server, sequence: 1, .syn)
    let numbers = numbers(script, missedTCP: 2)
    #expect(numbers.number(of: key(Self.client), first: 1, last: 1) == 0)
    #expect(numbers.number(of: key(Self.other), first: 2, last: 2) == nil)
  }

  @Test func anErrorAboutAStreamThatIsNotKnownEndsTheNumbering() {
    func script(quoting client: Endpoint) -> PacketScript {
      var script = PacketScript()
      script.addTCP(from: Self.client, to: Self.server, sequence: 1, .syn)
      script.add(
        from: Self.server.address, to: Self.client.address,
        .icmp(
          ICMPMessage(
            isICMPv6: false, type: 3, code: 3,
            quoted: QuotedPacket(
              source: client, destination: Self.server, transportProtocol: 6, sequenceNumber: nil, length: 60))))
      script.addTCP(from: Self.other, to: Self.server, sequence: 1, .syn)
      return script
    }
    #expect(numbers(script(quoting: Self.client)).number(of: key(Self.other), first: 3, last: 3) == 1)
    #expect(numbers(script(quoting: Self.other)).number(of: key(Self.other), first: 3, last: 3) == nil)
  }

  @Test func manyFlowsAreNotAllRemembered() {
    var numbers = StreamNumbers()
    for batch in 0..<11 {
      var script = PacketScript()
      for number in 0..<10_000 {
        let end = Endpoint(address: IPAddress(ipv4: UInt32(batch) << 16 | UInt32(number)), port: 1)
        script.addTCP(from: end, to: Self.server, sequence: 1, .syn)
      }
      script.forEachPacket { numbers.note($0, mayHaveMissedTCP: false) }
    }
    #expect(
      numbers.number(of: key(Endpoint(address: IPAddress(ipv4: 10 << 16 | 1), port: 1)), first: 1, last: 1) == nil)
  }
}
