import NetworkValues
import Testing

@testable import NetworkProtocols

@Suite struct TransportHeaderTests {
  typealias Build = FrameBuilder

  @Test func tcpFieldsAreRead() throws {
    let segment = Build.tcp(
      [7], from: 1, to: 2, sequence: 0xFFFF_FFF0, acknowledgment: 5, flags: [.syn, .ack], window: 9,
      options: [1, 3, 3, 7, 2, 4, 5, 0xB4, 0, 0, 0, 0])
    let packet = try #require(FrameDecoder.packets(Build.ipv4(segment), 101).first)
    let header = try #require(packet.tcp)
    #expect(
      header
        == TCPHeader(
          sourcePort: 1, destinationPort: 2, sequenceNumber: SequenceNumber(rawValue: 0xFFFF_FFF0),
          acknowledgmentNumber: SequenceNumber(rawValue: 5), flags: [.syn, .ack], window: 9, maximumSegmentSize: 1460,
          windowScale: 7))
    #expect(packet.payload == [7])
  }

  @Test(
    arguments: [
      [2, 0, 5, 0xB4], [3, 1, 2, 4], [0, 2, 4, 1], [2, 4], [5, 200, 2, 4], [1, 1, 1, 2],
    ] as [[UInt8]])
  func brokenOptionsAnnounceNoSegmentSize(options: [UInt8]) throws {
    let padded = options + [UInt8](repeating: 0, count: (4 - options.count % 4) % 4)
    let packet = try #require(FrameDecoder.packets(Build.ipv4(Build.tcp(flags: .syn, options: padded)), 101).first)
    #expect(packet.tcp?.maximumSegmentSize == 0)
  }

  @Test func onlyASynAnnouncesASegmentSize() throws {
    let packet = try #require(FrameDecoder.packets(Build.ipv4(Build.tcp(options: [2, 4, 5, 0xB4])), 101).first)
    #expect(packet.tcp?.maximumSegmentSize == 0)
  }

  @Test func optionsThatTheCaptureCutLeaveTheHeaderReadable() throws {
    let whole = Build.ipv4(Build.tcp([1, 2, 3], flags: .syn, options: [2, 4, 5, 0xB4, 1, 1, 1, 1]))
    let packet = try #require(FrameDecoder.packets([UInt8](whole.prefix(44)), 101, originalLength: whole.count).first)
    #expect(packet.tcp?.maximumSegmentSize == 1460)
    #expect(packet.payload == [])
    #expect(packet.payloadLength == 3)
  }

  @Test func udpLengthsTrimWhatTheyCan() throws {
    func payload(_ length: Int?) -> DecodedPacket? {
      FrameDecoder.packets(Build.ipv4(Build.udp([1, 2, 3, 4], length: length), carrying: 17), 101).first
    }
    #expect(payload(nil)?.payload == [1, 2, 3, 4])
    #expect(payload(10)?.payload == [1, 2])
    #expect(payload(10)?.payloadLength == 2)
    #expect(payload(8)?.payload == [])
    // Zero, impossible and too long: the packet's own length counts.
    for length in [0, 3, 4000] { #expect(payload(length)?.payload == [1, 2, 3, 4]) }
  }

  @Test func icmpErrorsQuoteTheirConnection() throws {
    let quoted = Build.ipv4(Build.tcp([1, 2, 3], sequence: 77, flags: .syn))
    let error = [3, 4, 0, 0, 0, 0, 5, 0xDC] + quoted
    let message = try #require(FrameDecoder.packets(Build.ipv4(error, carrying: 1), 101).first?.icmp)
    #expect(
      message
        == ICMPMessage(
          isICMPv6: false, type: 3, code: 4, nextHopMTU: 1500,
          quoted: QuotedPacket(
            source: Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 40000),
            destination: Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 443), transportProtocol: 6,
            sequenceNumber: SequenceNumber(rawValue: 77), length: 43)))
  }

  @Test func icmpv6ErrorsQuoteBehindExtensionHeaders() throws {
    let quoted = Build.ipv6([6, 0, 0, 0, 0, 0, 0, 0] + Build.tcp([1], sequence: 78), carrying: 60)
    let error = [2, 0, 0, 0, 0, 0, 5, 0] + quoted
    let message = try #require(FrameDecoder.packets(Build.ipv6(error, carrying: 58), 101).first?.icmp)
    #expect(message.isICMPv6)
    #expect(message.nextHopMTU == 1280)
    #expect(message.quoted?.source.description == "[2001:db8::1]:40000")
    #expect(message.quoted?.sequenceNumber?.rawValue == 78)
    #expect(message.quoted?.length == 40 + 8 + 21)
  }

  @Test func aQuoteMayEndAnywhere() throws {
    let quoted = Build.ipv4(Build.tcp(sequence: 77))
    func message(_ count: Int) throws -> ICMPMessage {
      let error = [3, 1, 0, 0, 0, 0, 0, 0] + quoted.prefix(count)
      return try #require(FrameDecoder.packets(Build.ipv4(error, carrying: 1), 101).first?.icmp)
    }
    for count in 0..<24 { #expect(try message(count).quoted == nil) }
    for count in 24..<28 {
      let quoted = try #require(try message(count).quoted)
      #expect(quoted.sequenceNumber == nil)
      #expect(quoted.destination.port == 443)
    }
    #expect(try message(28).quoted?.sequenceNumber?.rawValue == 77)
    #expect(try message(28).nextHopMTU == nil)
  }

  @Test func aQuoteOfALaterFragmentNamesNoPorts() throws {
    let later = [3, 1, 0, 0, 0, 0, 0, 0] + Build.ipv4(Build.tcp(), fragmentation: 5)
    #expect(FrameDecoder.packets(Build.ipv4(later, carrying: 1), 101).first?.icmp?.quoted == nil)
    let later6 = [1, 0, 0, 0, 0, 0, 0, 0] + Build.ipv6([6, 0, 0, 8, 0, 0, 0, 0] + Build.tcp(), carrying: 44)
    #expect(FrameDecoder.packets(Build.ipv6(later6, carrying: 58), 101).first?.icmp?.quoted == nil)
    let first6 = [1, 0, 0, 0, 0, 0, 0, 0] + Build.ipv6([6, 0, 0, 1, 0, 0, 0, 0] + Build.tcp(), carrying: 44)
    #expect(FrameDecoder.packets(Build.ipv6(first6, carrying: 58), 101).first?.icmp?.quoted != nil)
  }

  @Test func aQuoteOfAProtocolWithoutPortsHasZeros() throws {
    let error = [3, 2, 0, 0, 0, 0, 0, 0] + Build.ipv4([1, 2, 3], carrying: 132)
    let quoted = try #require(FrameDecoder.packets(Build.ipv4(error, carrying: 1), 101).first?.icmp?.quoted)
    #expect(quoted.transportProtocol == 132)
    #expect(quoted.source.port == 0)
  }

  @Test func anEchoQuotesNothing() throws {
    let echo = [8, 0, 0, 0, 0, 1, 0, 1] + Build.hidden
    let packet = try #require(FrameDecoder.packets(Build.ipv4(echo, carrying: 1), 101).first)
    #expect(packet.icmp?.quoted == nil)
    #expect(packet.payload == Build.hidden)
    let echo6 = [128, 0, 0, 0, 0, 1, 0, 1] + Build.hidden6
    #expect(FrameDecoder.packets(Build.ipv6(echo6, carrying: 58), 101).first?.icmp?.quoted == nil)
  }
}
