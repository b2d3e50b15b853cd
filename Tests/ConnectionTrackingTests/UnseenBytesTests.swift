import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// Bytes that no frame shows, and that sequence and acknowledgment numbers prove all the same.
@Suite struct UnseenBytesTests {
  @Test func anAlertThatTheCaptureLacksIsMissingAndNotSilence() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 7)
    dialogue.fin(.server)
    dialogue.fin(.client)
    dialogue.acknowledge(.server)
    let connection = dialogue.connection
    #expect(connection.network.server.missingBytes == 7, "the FIN's number is no byte")
    #expect(connection.network.server.bytesBeforeFIN == 0)
    #expect(connection.network.client.missingBytes == 0)
    #expect(!connection.network.server.isSilent)
    #expect(connection.outcome == .incomplete)
  }

  @Test func aFlightOfWhichOnlyTheAcknowledgmentIsSeenIsMissing() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 2204)
    dialogue.acknowledge(.client)
    dialogue.fin(.client)
    let connection = dialogue.connection
    #expect(connection.network.server.missingBytes == 2204)
    #expect(connection.outcome == .incomplete)
  }

  @Test func aFINBehindBytesThatNobodyAcknowledgedProvesThem() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.segment(.server, [.ack, .fin], at: 300)
    let connection = dialogue.connection
    #expect(connection.network.server.missingBytes == 0)
    #expect(connection.network.server.bytesBeforeFIN == 300)
    #expect(!connection.network.server.isSilent)
    #expect(connection.outcome == .incomplete)
  }

  @Test func aFINThatIsNotSeenIsMissingToo() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 1)
    dialogue.fin(.client)
    #expect(dialogue.connection.network.server.missingBytes == 1)
    #expect(dialogue.connection.outcome == .incomplete)
  }

  @Test func aServerThatClosesWithoutAByteLacksNothing() {
    for first in Role.allCases {
      var dialogue = Dialogue.opened
      dialogue.send(.client, TLSBytes.clientHello())
      // Keep-alives repeat what was acknowledged.
      dialogue.segment(.client, .ack, [0], at: -1)
      dialogue.acknowledge(.server)
      dialogue.close(first)
      let connection = dialogue.connection
      #expect(connection.network.server.isSilent)
      #expect(connection.network.client.missingBytes == 0)
      #expect(connection.network.client.bytesBeforeFIN == 0)
      #expect(connection.outcome == .failed)
    }
  }

  @Test func numbersThatWrapAreCountedAcrossTheWrap() {
    var dialogue = Dialogue()
    dialogue.serverNext = 0xFFFF_FFFE
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 90)
    dialogue.fin(.server)
    dialogue.close(.client)
    #expect(dialogue.connection.network.server.missingBytes == 90)
  }

  @Test func withoutAStartTheFirstAcknowledgmentIsWhereCountingBegins() {
    var dialogue = Dialogue()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 500)
    dialogue.fin(.client)
    let connection = dialogue.connection
    #expect(connection.network.isStartMissing)
    #expect(connection.network.server.missingBytes == 500)
    #expect(connection.outcome == .incomplete)
  }

  @Test func anAcknowledgmentOfAnEarlierConnectionProvesNothing() {
    var dialogue = Dialogue()
    dialogue.syn()
    // The server still holds the old connection and says where it stands (RFC 9293 §3.5.2).
    dialogue.clientNext &+= 70_000
    dialogue.acknowledge(.server)
    dialogue.clientNext &-= 70_001
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.close(.server)
    let connection = dialogue.connection
    #expect(connection.network.client.missingBytes == 0)
    #expect(connection.network.server.isSilent)
    #expect(connection.outcome == .failed)
  }

  @Test func anAcknowledgmentBeyondEveryWindowProvesNothing() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.serverNext &+= 0x7000_0000
    dialogue.acknowledge(.client)
    dialogue.serverNext &-= 0x7000_0000
    dialogue.fin(.client)
    #expect(dialogue.connection.network.server.missingBytes == 0)
  }

  // MARK: Resets

  @Test func aResetThatAnswersTheSYNRefusesIt() {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.reset(.server)
    let connection = dialogue.connection
    #expect(connection.network.resets.first?.acknowledges == 0)
    #expect(connection.network.refusal?.frame == 2)
    #expect(connection.outcome == .failed)
  }

  @Test func aResetThatAnswersMoreThanTheSYNRefusesNothing() {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.lose(.client, 1765)
    dialogue.acknowledge(.server)
    dialogue.reset(.server)
    let connection = dialogue.connection
    #expect(connection.network.resets.first?.acknowledges == 1765)
    #expect(connection.network.refusal == nil)
    #expect(connection.outcome == .incomplete)
  }

  @Test func aResetWithoutAnAcknowledgmentAnswersNoSYN() {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.segment(.server, .rst)
    #expect(dialogue.connection.network.resets.first?.acknowledges == nil)
    #expect(dialogue.connection.network.refusal == nil)
    #expect(dialogue.connection.outcome == .incomplete)
  }

  @Test func aConnectionWhoseSYNACKTheCaptureLacksWasNotRefused() {
    for isAcknowledged in [true, false] {
      var dialogue = Dialogue()
      dialogue.syn()
      dialogue.lose(.server, 1)
      if isAcknowledged { dialogue.acknowledge(.client) } else { dialogue.acknowledge(.server) }
      dialogue.reset(.server)
      let connection = dialogue.connection
      #expect(connection.network.isConnected)
      #expect(connection.network.acceptanceFrames == [2])
      #expect(connection.network.refusal == nil)
      #expect(connection.progress == 1)
    }
  }

  // MARK: One side

  /// The client's frames alone, or the server's, of a connection that closes without a word.
  private func half(_ role: Role, _ last: [UInt8]? = nil) -> Connection {
    var dialogue = Dialogue()
    if role == .client {
      dialogue.segment(.client, .syn)
      dialogue.clientNext += 1
      dialogue.serverNext &+= 1
      dialogue.acknowledge(.client)
      dialogue.send(.client, TLSBytes.clientHello(), isAcknowledged: false)
    } else {
      dialogue.clientNext += 1
      dialogue.segment(.server, [.syn, .ack])
      dialogue.serverNext &+= 1
      dialogue.lose(.client, TLSBytes.clientHello().count)
      dialogue.acknowledge(.server)
    }
    if let last { dialogue.send(role, last, isAcknowledged: false) }
    dialogue.fin(role)
    return dialogue.connection
  }

  @Test(arguments: [Role.client, .server]) func ofOneSideAloneACloseIsUndecided(role: Role) {
    let connection = half(role)
    #expect(connection.network.isOneSided)
    #expect(connection.outcome == .incomplete)
  }

  @Test func ofOneSideAloneAFatalAlertStillDecides() {
    #expect(half(.server, TLSBytes.alert(40)).outcome == .failed)
    #expect(half(.client, TLSBytes.alert(46)).outcome == .failed)
  }

  @Test func aServerThatNeverAnswersIsNoOneSidedCapture() {
    var dialogue = Dialogue()
    for _ in 0..<3 { dialogue.segment(.client, .syn) }
    #expect(dialogue.connection.network.isOneSided)
    #expect(dialogue.connection.outcome == .failed)
  }
}
