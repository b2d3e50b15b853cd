import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// Who is the client of a DTLS association, and where one association ends.
@Suite struct DatagramRolesTests {
  private let first = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 8801)
  private let second = Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 40_000)

  private func record(_ type: UInt8, _ fragment: [UInt8], version: [UInt8] = [0xfe, 0xff], epoch: UInt8 = 0) -> [UInt8]
  {
    [type] + version + [0, epoch] + [UInt8](repeating: 0, count: 6) + TLSBytes.big(fragment.count) + fragment
  }

  /// A ClientHello with an empty cookie.
  private func hello(version: [UInt8] = [0xfe, 0xff]) -> [UInt8] {
    var body = Array(TLSBytes.clientHello(versions: [0x0303]).dropFirst(9))
    body.insert(0, at: 35)
    let length = [0] + TLSBytes.big(body.count)
    return record(22, [1] + length + [0, 0, 0, 0, 0] + length + body, version: version)
  }

  private func send(_ script: inout PacketScript, from: Endpoint, to: Endpoint, _ bytes: [UInt8]) {
    script.add(
      from: from.address, to: to.address, .udp(UDPHeader(sourcePort: from.port, destinationPort: to.port)), bytes)
  }

  @Test(arguments: [[0xfe, 0xff], [0xfe, 0xfd], [0x01, 0x00]] as [[UInt8]])
  func theClientHelloComesFromTheClient(version: [UInt8]) {
    var script = PacketScript()
    send(&script, from: second, to: first, hello(version: version))
    let connection = script.connections().first
    #expect(connection?.client == second)
    #expect(connection?.transcript.clientHellos.count == 1)
  }

  @Test func theClientHelloComesFromTheClientWhoeverSpokeFirst() {
    var script = PacketScript()
    // What an earlier association left behind.
    send(&script, from: second, to: first, record(23, [1, 2, 3], epoch: 1))
    send(&script, from: first, to: second, record(23, [1, 2, 3], epoch: 1))
    send(&script, from: second, to: first, hello())
    send(&script, from: second, to: first, hello())
    let connections = script.connections()
    #expect(connections.map(\.client) == [second])
    #expect(connections.first?.transcript.clientHellos.count == 1)
    #expect(connections.first?.network.client.segments == 3)
    #expect(connections.first?.network.server.segments == 1)
  }

  @Test func anAssociationThatPausesIsOneConnection() {
    var script = PacketScript()
    send(&script, from: second, to: first, hello())
    for _ in 0..<3 {
      script.wait(100)
      // The pause passes for others as well.
      for _ in 0..<3 {
        script.wait(2)
        script.addTCP(from: first, to: second, sequence: 1, .syn)
      }
      send(&script, from: second, to: first, record(23, [1, 2, 3], epoch: 1))
    }
    #expect(script.connections().filter { $0.transport == .dtls }.count == 1)
    send(&script, from: second, to: first, hello())
    #expect(script.connections().filter { $0.transport == .dtls }.count == 2, "a hello begins another one")
  }

  @Test func whatDoesNotAddUpIsNoDTLS() {
    for damaged in [
      hello() + [1], hello().dropLast() + [], record(22, [1, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 9] + [1, 2, 3]),
    ] {
      var script = PacketScript()
      send(&script, from: second, to: first, Array(damaged))
      #expect(script.connections().isEmpty)
    }
  }
}
