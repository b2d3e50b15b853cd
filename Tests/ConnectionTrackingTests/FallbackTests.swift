import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// A client that goes on over the other address family by itself has not failed (RFC 8305).
@Suite struct FallbackTests {
  private static let loopback6 = IPAddress(ipv6High: 0, low: 1)
  private static let loopback4 = IPAddress(ipv4: 0x7F00_0001)
  private static let host6 = IPAddress(ipv6High: 0xfd77_0000_0000_0000, low: 1)
  private static let host4 = IPAddress(ipv4: 0x0A4D_0001)

  private func attempt(
    _ script: inout PacketScript, to server: IPAddress, from port: UInt16, isAccepted: Bool, serverPort: UInt16 = 443
  ) {
    let client = Endpoint(address: server.isIPv4 ? IPAddress(ipv4: 0x0A4D_0002) : Self.host6, port: port)
    let server = Endpoint(address: server, port: serverPort)
    script.addTCP(from: client, to: server, sequence: 100, .syn)
    if isAccepted {
      script.addTCP(from: server, to: client, sequence: 900, acknowledgment: 101, [.syn, .ack])
      script.addTCP(from: client, to: server, sequence: 101, acknowledgment: 901, .ack)
    } else {
      script.addTCP(from: server, to: client, sequence: 0, acknowledgment: 101, [.rst, .ack])
    }
  }

  private func answer(_ script: inout PacketScript, _ address: [UInt8], type: UInt8) {
    let name: [UInt8] = [3, 0x73, 0x76, 0x63, 4, 0x74, 0x65, 0x73, 0x74, 0]
    var bytes: [UInt8] = [0, type, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + name + [0, type, 0, 1]
    bytes += [0xC0, 0x0C, 0, type, 0, 1, 0, 0, 0, 60, 0, UInt8(address.count)] + address
    script.add(
      from: IPAddress(ipv4: 0x0A4D_0035), to: IPAddress(ipv4: 0x0A4D_0002),
      .udp(UDPHeader(sourcePort: 53, destinationPort: 5353)), bytes)
  }

  @Test func whatTheClientGetsOverByItselfIsNoFailure() {
    var script = PacketScript()
    attempt(&script, to: Self.loopback6, from: 5000, isAccepted: false)
    attempt(&script, to: Self.loopback4, from: 5001, isAccepted: true)
    let first = script.connections().first
    #expect(first?.outcome == .incomplete && first?.incompleteReason == .wentOn)
    #expect(first?.network.fallback?.server == Endpoint(address: Self.loopback4, port: 443))
    #expect(first?.network.fallback?.accepted.frame == 4)
  }

  @Test func itMayBeTheOtherWayRound() {
    var script = PacketScript()
    attempt(&script, to: Self.loopback4, from: 5000, isAccepted: false)
    attempt(&script, to: Self.loopback6, from: 5001, isAccepted: true)
    #expect(script.connections().first?.incompleteReason == .wentOn)
  }

  @Test func addressesOfOneNameAreOneHost() {
    for areKnown in [true, false] {
      var script = PacketScript()
      if areKnown {
        answer(&script, [10, 0x4D, 0, 1], type: 1)
        answer(&script, Self.host6.octets, type: 28)
      }
      attempt(&script, to: Self.host6, from: 5000, isAccepted: false)
      attempt(&script, to: Self.host4, from: 5001, isAccepted: true)
      #expect(script.connections().first?.outcome == (areKnown ? .incomplete : .failed))
    }
  }

  @Test func ofTwoThatFailedOneMayHaveGoneNowhere() {
    var script = PacketScript()
    attempt(&script, to: Self.loopback6, from: 5000, isAccepted: false)
    attempt(&script, to: Self.loopback6, from: 5002, isAccepted: false)
    attempt(&script, to: Self.loopback4, from: 5001, isAccepted: true)
    #expect(script.connections().prefix(2).count { $0.outcome == .failed } == 1)
  }

  @Test func anotherPortOrALaterMomentIsAnotherMatter() {
    var script = PacketScript()
    attempt(&script, to: Self.loopback6, from: 5000, isAccepted: false)
    attempt(&script, to: Self.loopback4, from: 5001, isAccepted: true, serverPort: 444)
    script.wait(5)
    attempt(&script, to: Self.loopback4, from: 5003, isAccepted: true)
    #expect(script.connections().first?.outcome == .failed)
  }

  @Test func aHostThatAcceptsOthersOverTheOtherFamilyIsNoted() {
    var script = PacketScript()
    attempt(&script, to: Self.loopback6, from: 5002, isAccepted: true, serverPort: 9)
    attempt(&script, to: Self.loopback4, from: 5001, isAccepted: true)
    script.wait(20)
    attempt(&script, to: Self.loopback6, from: 5000, isAccepted: false)
    let last = script.connections().last
    #expect(last?.outcome == .failed && last?.network.fallback == nil)
    #expect(last?.network.alternative?.server == Endpoint(address: Self.loopback4, port: 443))
  }

  @Test func whatIsRememberedHasLimits() {
    let watch = FallbackWatch()
    let now = FrameNote(frame: 1, time: Timestamp(nanoseconds: 0))
    watch.note(.syn, from: Endpoint(address: Self.loopback6, port: 1), at: now)
    for number in 0..<20_000 {
      let address = IPAddress(ipv4: UInt32(number))
      watch.note([.syn, .ack], from: Endpoint(address: address, port: 443), at: now)
      watch.note([address], of: "name \(number)")
      watch.note([address], of: "one name")
    }
    #expect(watch.size <= 3 * 4096)
  }
}
