import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// First messages of binary protocols, and their nearest neighbours.
@Suite struct BinaryMessagesTests {
  private func client(_ bytes: [UInt8]) -> PlaintextKind { PlaintextRecognizer.kind(of: bytes, from: .client) }
  private func server(_ bytes: [UInt8]) -> PlaintextKind { PlaintextRecognizer.kind(of: bytes, from: .server) }

  @Test func httpTwoIsToldByItsPrefaceAndItsSettings() {
    #expect(client(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)) == .http2)
    #expect(server([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]) == .http2)
    // Settings come in sixes.
    #expect(server([0, 0, 7, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 1]) != .http2)
  }

  @Test func messageQueuesAreToldByTheirNames() {
    #expect(client([0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 0]) == .mqtt)
    #expect(server([0x20, 2, 0, 0]) == .mqtt)
    #expect(client(Array("AMQP".utf8) + [0, 0, 9, 1]) == .amqp)
  }

  @Test func databasesAreToldByLengthsThatAgree() {
    #expect(client([16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0]) == .mongodb)
    #expect(client([0x12, 1, 0, 9, 0, 0, 1, 0, 0]) == .tds)
    #expect(client([0x12, 1, 0, 10, 0, 0, 1, 0, 0]) != .tds)
    #expect(server(Array("%1\r\n$6\r\nserver\r\n".utf8)) == .redis)
  }

  @Test func kafkaIsToldByItsRequestHeader() {
    let request: [UInt8] = [0, 0, 0, 16, 0, 18, 0, 3, 0, 0, 0, 1, 0, 6] + Array("client".utf8)
    #expect(client(request) == .kafka)
    #expect(client([0, 0, 0, 16, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6] + Array("client".utf8)) == .unknown)
    #expect(client([0, 0, 0, 0, 0, 0]) == .unknown)
  }
}
