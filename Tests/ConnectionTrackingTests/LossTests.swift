import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// Segments repeated, reordered, lost by the network and lost by the capture.
@Suite struct LossTests {
  @Test func aRepeatedHelloIsReadOnceAndCounted() {
    var dialogue = Dialogue.opened
    let hello = TLSBytes.clientHello()
    dialogue.segment(.client, [.ack, .psh], hello)
    dialogue.segment(.client, [.ack, .psh], hello)
    dialogue.send(.client, hello)
    let connection = dialogue.connection
    #expect(connection.transcript.clientHellos.count == 1)
    let facts = connection.network.client
    #expect(facts.retransmissions.map(\.frame) == [5, 6])
    #expect(facts.retransmissions.allSatisfy { $0.length == hello.count })
    #expect(facts.unacknowledgedBytes == 0)
    #expect(facts.payloadBytes == UInt64(hello.count))
    #expect(facts.largestAcknowledgedSegment == hello.count)
  }

  @Test func whatIsNeverAcknowledgedIsCounted() {
    var dialogue = Dialogue.opened
    let hello = TLSBytes.clientHello()
    for _ in 0..<40 { dialogue.segment(.client, [.ack, .psh], hello) }
    let facts = dialogue.connection.network.client
    #expect(facts.unacknowledgedBytes == UInt64(hello.count))
    #expect(facts.retransmissionCount == 39)
    #expect(facts.retransmissions.count == DirectionFacts.retransmissionLimit)
    #expect(facts.largestAcknowledgedSegment == 0)
  }

  @Test func segmentsOutOfOrderArePutInOrder() {
    var dialogue = Dialogue.opened
    let hello = TLSBytes.clientHello()
    dialogue.segment(.client, .ack, Array(hello[60...]), at: 60)
    dialogue.segment(.client, .ack, Array(hello[30..<60]), at: 30)
    dialogue.segment(.client, .ack, Array(hello[..<30]))
    let connection = dialogue.connection
    #expect(connection.transcript.clientHellos.map(\.frame) == [6], "its last byte in order arrives with the third")
    #expect(connection.network.client.outOfOrderSegments == 2)
    #expect(connection.network.client.missingBytes == 0)
    #expect(connection.network.client.firstBeyondHole == nil)
  }

  @Test func aHoleInTheServersFlightThatTheClientAcknowledgesWasLostByTheCapture() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    let flight = TLSBytes.serverFlight13()
    let first = TLSBytes.serverHello().count + 6
    dialogue.send(.server, Array(flight[..<first]))
    dialogue.lose(.server, 905)
    dialogue.send(.server, Array(flight[(first + 905)...]))
    dialogue.send(.client, TLSBytes.clientFinished13())
    dialogue.send(.client, TLSBytes.encrypted(200))
    dialogue.send(.server, TLSBytes.encrypted(300))
    let connection = dialogue.connection
    #expect(connection.network.server.missingBytes == 905)
    #expect(connection.network.server.holeBytes == 0)
    #expect(connection.outcome == .established)
    #expect(connection.encryptedRecords(from: .server).map(\.record.length) == [53, 300])
  }

  @Test func aRecordWhoseEndTheCaptureLacksStandsWhereItWasSeen() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, Array(TLSBytes.serverFlight13().dropLast(20)))
    dialogue.lose(.server, 20)
    dialogue.send(.client, TLSBytes.clientFinished13())
    dialogue.send(.server, TLSBytes.encrypted(19))
    dialogue.close(.server)
    let connection = dialogue.connection
    #expect(connection.network.server.missingBytes == 20)
    #expect(connection.encryptedRecords(from: .server).map(\.frame).dropLast().allSatisfy { $0 == 6 })
    #expect(connection.outcome == .incomplete, "the flight's last record is no answer to the Finished")
  }

  @Test func aHoleThatNobodyAcknowledgesStaysAHole() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.segment(.server, .ack, [UInt8](repeating: 0xAB, count: 300), at: 1400)
    dialogue.script.wait(3)
    dialogue.fin(.client)
    let server = dialogue.connection.network.server
    #expect(server.holeBytes == 1400)
    #expect(server.waitingBytes == 300)
    #expect(server.firstBeyondHole?.frame == 6)
    #expect(server.payloadBytes == 0)
    #expect(server.missingBytes == 0)
    #expect(dialogue.connection.outcome == .failed)
  }

  @Test func aFINThatTheCaptureMissedBytesBeforeIsUndecided() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight12)
    dialogue.lose(.client, 100)
    dialogue.acknowledge(.server)
    dialogue.send(.client, TLSBytes.encrypted(21, 26))
    dialogue.close()
    #expect(dialogue.connection.network.client.missingBytes == 100)
    #expect(dialogue.connection.outcome == .incomplete)
  }

  @Test func aKeepAliveIsNoRetransmission() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.segment(.client, .ack, [0], at: -1)
    dialogue.segment(.client, .ack, [], at: -1)
    #expect(dialogue.connection.network.client.retransmissionCount == 0)
    #expect(dialogue.connection.network.client.dataSegments == 1)
  }

  @Test func segmentsCutShortByTheCaptureAreCounted() {
    var dialogue = Dialogue.opened
    dialogue.segment(.client, .ack, Array(TLSBytes.clientHello().prefix(20)), payloadLength: 120)
    let connection = dialogue.connection
    #expect(connection.network.truncatedFrames == 1)
    #expect(connection.transcript.clientHellos.isEmpty)
    #expect(connection.network.client.largestSegment == 120)
  }

  @Test func sequenceNumbersWrap() {
    var dialogue = Dialogue()
    dialogue.clientNext = 0xFFFF_FFF8
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    let connection = dialogue.connection
    #expect(connection.transcript.clientHellos.count == 1)
    #expect(connection.transcript.serverHellos.count == 1)
    #expect(connection.network.client.unacknowledgedBytes == 0)
  }

  @Test func aHelloInManySegmentsIsReadWhole() {
    var dialogue = Dialogue.opened
    let hello = TLSBytes.clientHello(padding: 300)
    for byte in hello { dialogue.send(.client, [byte]) }
    let connection = dialogue.connection
    #expect(connection.transcript.clientHellos.count == 1)
    #expect(connection.transcript.clientHellos.first?.frame == 3 + 2 * hello.count - 1)
    #expect(connection.network.client.dataSegments == hello.count)
  }

  @Test func aClosedWindowIsNoted() {
    var script = Dialogue.opened.script
    let dialogue = Dialogue.opened
    script.add(
      from: dialogue.server.address, to: dialogue.client.address,
      .tcp(
        TCPHeader(
          sourcePort: 443, destinationPort: 40_000, sequenceNumber: SequenceNumber(rawValue: dialogue.serverNext),
          acknowledgmentNumber: SequenceNumber(rawValue: dialogue.clientNext), flags: .ack, window: 0)))
    #expect(script.connections().first?.network.server.zeroWindow?.frame == 4)
  }
}
