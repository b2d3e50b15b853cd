import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// What a client had received when it left, and whether it ever used its connection.
@Suite struct WithdrawalTests {
  /// ServerHello and half of the rest, as two segments of which the client has the first so many.
  private func flight12(_ dialogue: inout Dialogue, received: Int) {
    let certificate = TLSBytes.record(22, TLSBytes.handshake(11, [0, 0, 0]))
    let parts = [
      TLSBytes.serverHello(version: 0x0303, suite: 0xc02f), certificate, TLSBytes.record(22, TLSBytes.serverHelloDone),
    ]
    for (index, part) in parts.enumerated() { dialogue.send(.server, part, isAcknowledged: index < received) }
  }

  /// The client's FIN, which acknowledges as many of the server's bytes as it had received.
  private func leave(_ dialogue: inout Dialogue, lacking count: Int) {
    let next = dialogue.serverNext
    dialogue.serverNext = next &- UInt32(count)
    dialogue.fin(.client)
    dialogue.serverNext = next
  }

  @Test func aClientThatLeavesBeforeTheAnswerReachesItHasJudgedNothing() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.fin(.client)
    flight12(&dialogue, received: 0)
    dialogue.fin(.server)
    let connection = dialogue.connection
    #expect(connection.outcome == .incomplete)
    #expect(connection.incompleteReason == .withdrawn)
    #expect(connection.unreceivedAnswer == 7)
  }

  @Test func whatTheFINDoesNotAcknowledgeHadNotReachedTheClient() {
    // Beside the server the answer is captured before the FIN.
    let rest = TLSBytes.record(22, TLSBytes.handshake(11, [0, 0, 0])) + TLSBytes.record(22, TLSBytes.serverHelloDone)
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    flight12(&dialogue, received: 1)
    leave(&dialogue, lacking: rest.count)
    let connection = dialogue.connection
    #expect(connection.outcome == .incomplete)
    #expect(connection.unreceivedAnswer == 8, "the frame of the certificate")
  }

  @Test func whoReceivedTheCertificateMayHaveTurnedItDown() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    flight12(&dialogue, received: 2)
    leave(&dialogue, lacking: TLSBytes.record(22, TLSBytes.serverHelloDone).count)
    #expect(dialogue.connection.outcome == .failed)
    #expect(dialogue.connection.unreceivedAnswer == nil)
    var whole = Dialogue.opened
    whole.send(.client, TLSBytes.clientHello())
    flight12(&whole, received: 3)
    whole.close(.client)
    #expect(whole.connection.outcome == .failed)
  }

  @Test func whoWaitedForTheAnswerInVainGaveItUp() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.script.wait(3)
    dialogue.fin(.client)
    flight12(&dialogue, received: 0)
    #expect(dialogue.connection.outcome == .failed)
    #expect(dialogue.connection.unreceivedAnswer != nil, "and it judged nothing either")
  }

  @Test func whoIsResetWithUnreadDataHadReceivedWhatItsResetAcknowledges() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    flight12(&dialogue, received: 0)
    dialogue.reset(.client)
    #expect(dialogue.connection.unreceivedAnswer == nil)
    #expect(dialogue.connection.outcome == .failed)
  }

  @Test func aConnectionThatNobodyUsesDidNotFail() {
    var idle = Dialogue.opened
    idle.script.wait(21)
    idle.close(.server)
    #expect(idle.connection.outcome == .incomplete)
    #expect(idle.connection.incompleteReason == .withdrawn)
    var spare = Dialogue.opened
    spare.close(.client)
    #expect(spare.connection.outcome == .incomplete)
    // A listener without a service behind it closes before the client has had the time to speak.
    var refused = Dialogue.opened
    refused.close(.server)
    #expect(refused.connection.outcome == .failed)
  }

  // MARK: Alerts, and who idles

  @Test func aWarningThatTheHandshakeOutlivedDecidesNothing() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(
      .server,
      TLSBytes.alert(112, level: 1) + TLSBytes.serverHello(version: 0x0303, suite: 0xc02f)
        + TLSBytes.record(22, TLSBytes.serverHelloDone))
    dialogue.send(
      .client, TLSBytes.record(22, TLSBytes.clientKeyExchange) + TLSBytes.changeCipherSpec + TLSBytes.encrypted(22, 40))
    dialogue.send(.server, TLSBytes.changeCipherSpec + TLSBytes.encrypted(22, 40))
    dialogue.close(.client)
    let connection = dialogue.connection
    #expect(connection.outcome == .established)
    #expect(connection.transcript.alerts.map { connection.wasOutlived($0) } == [true])
    #expect(connection.fatalAlerts.isEmpty)
  }

  @Test func aWarningThatIsItsSendersLastWordIsNotOutlived() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.alert(112, level: 1))
    dialogue.close(.client)
    #expect(dialogue.connection.outcome == .failed)
    #expect(dialogue.connection.transcript.alerts.map { dialogue.connection.wasOutlived($0) } == [false])
  }

  @Test func aServerThatClosesLongBehindTheFinishedRefusedNothing() {
    for (seconds, outcome) in [(10.0, Outcome.incomplete), (0.2, .failed)] {
      var dialogue = Dialogue.opened
      dialogue.send(.client, TLSBytes.clientHello())
      dialogue.send(.server, TLSBytes.serverFlight13())
      dialogue.send(.client, TLSBytes.clientFinished13())
      dialogue.script.wait(seconds)
      dialogue.send(.server, TLSBytes.encrypted(19))
      dialogue.close(.server)
      #expect(dialogue.connection.outcome == outcome)
    }
  }

  // MARK: Nothing but what was seen

  @Test func recordsWithoutAHelloAreNoHandshake() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.encrypted(100))
    dialogue.send(.server, TLSBytes.encrypted(200))
    dialogue.send(.client, TLSBytes.encrypted(100))
    dialogue.send(.server, TLSBytes.encrypted(200))
    dialogue.close(.client)
    #expect(dialogue.connection.outcome == .incomplete)
    #expect(dialogue.connection.incompleteReason == .noHello)
  }

  @Test func everyUndecidedConnectionSaysWhy() {
    var midway = Dialogue()
    midway.send(.client, TLSBytes.encrypted(100))
    midway.send(.server, TLSBytes.encrypted(200))
    #expect(midway.connection.incompleteReason == .joinedMidway)
    var oneSided = Dialogue()
    oneSided.syn()
    oneSided.serverNext &+= 1
    oneSided.acknowledge(.client)
    oneSided.send(.client, TLSBytes.clientHello(), isAcknowledged: false)
    #expect(oneSided.connection.incompleteReason == .oneSided)
    var open = Dialogue.opened
    open.send(.client, TLSBytes.clientHello())
    #expect(open.connection.incompleteReason == .noEnd)
    var lossy = Dialogue.opened
    lossy.send(.client, TLSBytes.clientHello())
    lossy.lose(.server, 500)
    lossy.acknowledge(.client)
    #expect(lossy.connection.incompleteReason == .bytesMissing)
    open.send(.server, TLSBytes.alert(40))
    #expect(open.connection.incompleteReason == nil)
  }

  // MARK: Stale connections, and clocks

  @Test func aSYNThatAStaleConnectionAnswersIsDelayedAndDoesNotFail() {
    var dialogue = Dialogue()
    dialogue.syn()
    // The host still knows an old connection, and says where that stands (RFC 9293 §3.10.7.4).
    dialogue.script.addTCP(
      from: dialogue.server, to: dialogue.client, sequence: 900_000_000, acknowledgment: 2_000_000_000, .ack)
    dialogue.script.addTCP(from: dialogue.client, to: dialogue.server, sequence: 2_000_000_000, .rst)
    dialogue.script.wait(1)
    dialogue.clientNext -= 1
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    dialogue.send(.client, TLSBytes.clientFinished13())
    dialogue.send(.server, TLSBytes.encrypted(240))
    let connections = dialogue.script.connections()
    #expect(connections.map(\.outcome) == [.established])
    #expect(connections.first?.network.syns.count == 2)
    #expect(connections.first?.network.lacksBytes == false)
  }

  @Test func noConnectionEndsBeforeItBegins() {
    var dialogue = Dialogue()
    dialogue.script.wait(1_000_000)
    dialogue.syn()
    dialogue.script.wait(-1_000_000)
    dialogue.clientNext -= 1
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    for connection in dialogue.script.connections() { #expect(connection.ended >= connection.started) }
  }

  @Test func aJumpOfTheClockIsNoSilence() {
    let last = Timestamp(nanoseconds: 1_000_000_000)
    #expect(NetworkFacts.silence(from: last, to: last.advanced(by: 5_000_000_000)) == 5)
    #expect(NetworkFacts.silence(from: last, to: last.advanced(by: 10_252_243_000_000_000)) == 0)
    #expect(NetworkFacts.silence(from: last, to: last.advanced(by: -5_000_000_000)) == 0)
  }
}
