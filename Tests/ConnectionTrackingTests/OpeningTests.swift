import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// How connections begin, fail to, and follow one another on one pair of endpoints.
@Suite struct OpeningTests {
  @Test func anUnansweredSYNWithItsRepetitionsIsOneFailedConnection() {
    var dialogue = Dialogue()
    for pause in [1.0, 2, 4] {
      dialogue.segment(.client, .syn)
      dialogue.script.wait(pause)
    }
    let connections = dialogue.script.connections()
    #expect(connections.count == 1)
    #expect(connections[0].network.syns.map(\.frame) == [1, 2, 3])
    #expect(connections[0].outcome == .failed)
    #expect(connections[0].progress == 0)
  }

  @Test func oneSYNAtTheCapturesEndSaysNothing() {
    var dialogue = Dialogue()
    dialogue.syn()
    #expect(dialogue.connection.outcome == .incomplete)
  }

  @Test func aRefusedSYNFails() {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.reset(.server)
    let connection = dialogue.connection
    #expect(connection.outcome == .failed)
    #expect(connection.network.resets.map(\.frame) == [2])
    #expect(connection.network.synAck == nil)
    #expect(connection.firstClose?.kind == .reset && connection.firstClose?.sender == .server)
  }

  @Test func theSameEndpointsOpenedAgainAreAnotherConnection() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.alert(40))
    dialogue.close(.server)
    dialogue.clientNext = 77_000
    dialogue.serverNext = 88_000
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    let connections = dialogue.script.connections()
    #expect(connections.map(\.index) == [1, 2])
    #expect(connections.map(\.outcome) == [.failed, .incomplete])
    #expect(connections.map { $0.transcript.clientHellos.count } == [1, 1])
    #expect(connections[1].network.syns.count == 1)
  }

  @Test func aRepeatedSYNOpensNothing() {
    var dialogue = Dialogue()
    dialogue.segment(.client, .syn)
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    let connections = dialogue.script.connections()
    #expect(connections.count == 1)
    #expect(connections[0].network.syns.map(\.frame) == [1, 2])
    #expect(connections[0].transcript.clientHellos.count == 1)
  }

  @Test func aRefusedSYNTriedAgainWithTheSameNumberStaysOneConnection() {
    var dialogue = Dialogue()
    dialogue.segment(.client, .syn)
    dialogue.reset(.server)
    dialogue.script.wait(0.5)
    dialogue.segment(.client, .syn)
    dialogue.reset(.server)
    let connections = dialogue.script.connections()
    #expect(connections.count == 1)
    #expect(connections[0].network.resets.count == 2)
  }

  @Test func portsKeepConnectionsApart() {
    var script = PacketScript()
    for port in [40_001, 40_002, 40_003] as [UInt16] {
      var dialogue = Dialogue(script: script)
      dialogue.client.port = port
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello(name: "h\(port).test"))
      script = dialogue.script
    }
    let connections = script.connections()
    #expect(connections.map(\.client.port) == [40_001, 40_002, 40_003])
    #expect(
      connections.map { $0.transcript.clientHellos.first?.value.serverName } == [
        "h40001.test", "h40002.test", "h40003.test",
      ])
  }

  @Test func acceptedAndNothingSaidIsUndecidedUntilSomebodyCloses() {
    var dialogue = Dialogue.opened
    #expect(dialogue.connection.outcome == .incomplete)
    #expect(dialogue.connection.progress == 1)
    dialogue.fin(.server)
    #expect(dialogue.connection.outcome == .failed)
  }

  @Test func theHopLimitOfResetsIsKeptApart() {
    var dialogue = Dialogue.opened
    dialogue.segment(.server, .ack, hopLimit: 60)
    dialogue.reset(.server, hopLimit: 200)
    let server = dialogue.connection.network.server
    #expect(server.hopLimitRange == 60...64)
    #expect(dialogue.connection.network.resets.first?.hopLimit == 200)
  }

  @Test(arguments: [0, 500, -500, 70_000]) func aResetTellsHowFarItsNumberIsOff(offset: Int) {
    var dialogue = Dialogue.opened
    dialogue.reset(.server, at: offset)
    #expect(dialogue.connection.network.resets.first?.sequenceOffset == offset)
  }

  @Test func onlyTheFirstResetsAreKept() {
    var dialogue = Dialogue.opened
    for _ in 0..<50 { dialogue.reset(.server) }
    #expect(dialogue.connection.network.resets.count == NetworkFacts.resetLimit)
    #expect(dialogue.connection.lastFrame == 53)
  }

  @Test(arguments: [Role.client, .server]) func theFirstCloseIsTheOneThatCounts(first: Role) {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.fin(first)
    dialogue.reset(first.peer)
    let connection = dialogue.connection
    #expect(connection.firstClose?.kind == .fin)
    #expect(connection.firstClose?.sender == first)
    #expect(connection.firstClose?.frame == 6)
    #expect(connection.outcome == .failed)
  }

  @Test func aResetBeforeTheOtherSidesFINComesFirst() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.reset(.server)
    dialogue.fin(.client)
    #expect(dialogue.connection.firstClose?.kind == .reset)
    #expect(dialogue.connection.network.clientFin?.frame == 7)
  }

  @Test func theMaximumSegmentSizeIsTheSYNs() {
    var script = PacketScript()
    let (client, server) = (Dialogue().client, Dialogue().server)
    script.add(
      from: client.address, to: server.address,
      .tcp(
        TCPHeader(
          sourcePort: client.port, destinationPort: server.port, sequenceNumber: SequenceNumber(rawValue: 1),
          acknowledgmentNumber: SequenceNumber(rawValue: 0), flags: .syn, window: 512, maximumSegmentSize: 1400)))
    #expect(script.connections().first?.network.client.maximumSegmentSize == 1400)
  }
}
