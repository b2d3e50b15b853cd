import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

@Suite struct RolesTests {
  @Test func theSYNsSenderIsTheClient() {
    var dialogue = Dialogue()
    // The ports alone would say the opposite.
    (dialogue.client.port, dialogue.server.port) = (80, 50_000)
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    let connection = dialogue.connection
    #expect(connection.client.port == 80)
    #expect(connection.roleBasis == .syn)
    #expect(!connection.network.isStartMissing)
    #expect(connection.transcript.clientHellos.first?.frame == 4)
    #expect(connection.network.established?.frame == 3)
  }

  @Test func theSYNACKsReceiverIsTheClient() {
    var dialogue = Dialogue()
    (dialogue.client.port, dialogue.server.port) = (80, 50_000)
    dialogue.clientNext += 1
    dialogue.segment(.server, [.syn, .ack])
    dialogue.serverNext += 1
    dialogue.acknowledge(.client)
    dialogue.send(.client, TLSBytes.clientHello())
    let connection = dialogue.connection
    #expect(connection.client.port == 80)
    #expect(connection.roleBasis == .syn)
    #expect(connection.network.syns.isEmpty && connection.network.synAck?.frame == 1)
    #expect(!connection.network.isStartMissing)
  }

  @Test func withoutAStartTheClientHellosSenderIsTheClient() {
    var dialogue = Dialogue()
    (dialogue.client.port, dialogue.server.port) = (80, 50_000)
    dialogue.send(.client, TLSBytes.clientHello())
    let connection = dialogue.connection
    #expect(connection.client.port == 80)
    #expect(connection.roleBasis == .clientHello)
    #expect(connection.network.isStartMissing)
  }

  @Test func withoutAStartTheServerHellosSenderIsTheServer() {
    var dialogue = Dialogue()
    (dialogue.client.port, dialogue.server.port) = (80, 50_000)
    dialogue.send(.server, TLSBytes.serverHello())
    let connection = dialogue.connection
    #expect(connection.server.port == 50_000)
    #expect(connection.roleBasis == .clientHello)
    #expect(connection.transcript.serverHellos.count == 1)
  }

  @Test func withNothingElseToGoByTheLowerPortIsTheServers() {
    var dialogue = Dialogue()
    dialogue.send(.server, Array("anything at all".utf8))
    let connection = dialogue.connection
    #expect(connection.server.port == 443)
    #expect(connection.roleBasis == .port)
    #expect(connection.network.isStartMissing)
    #expect(connection.outcome == .incomplete)
  }

  @Test func acknowledgmentsAloneHaveRolesByPortToo() {
    var dialogue = Dialogue()
    dialogue.acknowledge(.server)
    #expect(dialogue.connection.server.port == 443)
    #expect(dialogue.connection.network.client.segments == 0)
    #expect(dialogue.connection.network.isOneSided)
  }

  @Test func aSYNAfterDataCorrectsAGuess() {
    // The capture saw an old segment of the pair before the SYN that opens it: the SYN begins a connection of its own.
    var dialogue = Dialogue()
    (dialogue.client.port, dialogue.server.port) = (80, 50_000)
    (dialogue.clientNext, dialogue.serverNext) = (900_000_000, 1_500_000_000)
    dialogue.acknowledge(.server)
    (dialogue.clientNext, dialogue.serverNext) = (1000, 2000)
    dialogue.open()
    let connections = dialogue.script.connections()
    #expect(connections.map(\.client.port) == [50_000, 80])
    #expect(connections.map(\.roleBasis) == [.port, .syn])
  }

  @Test func resetsAndErrorsBeforeTheRolesAreKnownGetTheirRolesLater() {
    var dialogue = Dialogue()
    dialogue.acknowledge(.server)
    dialogue.reset(.server)
    let connection = dialogue.connection
    #expect(connection.network.resets.map(\.sender) == [.server])
    #expect(connection.server.port == 443)
  }

  @Test func rolesDoNotDependOnWhichAddressIsLower() {
    for (one, two) in [(UInt32(0x0A00_0001), UInt32(0x0A00_0002)), (0x0A00_0002, 0x0A00_0001)] {
      var dialogue = Dialogue()
      dialogue.client.address = IPAddress(ipv4: one)
      dialogue.server.address = IPAddress(ipv4: two)
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello())
      dialogue.send(.server, TLSBytes.alert(40))
      dialogue.reset(.server)
      let connection = dialogue.connection
      #expect(connection.client.address == IPAddress(ipv4: one))
      #expect(connection.transcript.alerts.map(\.sender) == [.server])
      #expect(connection.network.resets.map(\.sender) == [.server])
      #expect(connection.network.client.payloadBytes > 0)
    }
  }
}
