import Bytes
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// Of a capture with very many connections the telling ones are kept.
@Suite struct ConnectionRetentionTests {
  private func connection(_ index: Int, _ outcome: Outcome, isTLS: Bool, messageLength: Int = 0) -> Connection {
    let end = Endpoint(address: IPAddress(ipv4: 1), port: 443)
    let now = Timestamp(nanoseconds: 0)
    var connection = Connection(
      index: index, transport: .tcp, client: end, server: end, roleBasis: .syn, firstFrame: index, started: now)
    connection.outcome = outcome
    connection.transcript.isTLS = isTLS
    if messageLength > 0 {
      connection.transcript.messages.append(
        MessageNote(
          frame: index, time: now, sender: .client, type: .clientHello, length: messageLength, isDecrypted: false))
    }
    return connection
  }

  @Test func aStoryOfFewConnectionsIsKeptWholeAndInOrder() {
    var keeper = ConnectionRetention(limit: 10)
    for index in [3, 1, 2] { keeper.add(connection(index, .failed, isTLS: false)) }
    #expect(keeper.finish().map(\.index) == [1, 2, 3])
    #expect(keeper.forgotten == 0)
  }

  @Test func whatFailedInTheMidstOfAFloodIsKept() {
    var keeper = ConnectionRetention(limit: 100)
    for index in 1...5000 {
      let isTelling = index % 500 == 0
      keeper.add(connection(index, isTelling && index % 1000 == 0 ? .established : .failed, isTLS: isTelling))
    }
    let kept = keeper.finish()
    #expect(kept.count == 100)
    #expect(keeper.forgotten == 4900)
    #expect(kept.filter { $0.transcript.isTLS }.map(\.index) == Array(stride(from: 500, through: 5000, by: 500)))
    #expect(kept.first?.index == 1)
  }

  @Test func failuresDoNotPushOutWhatWasEstablished() {
    var keeper = ConnectionRetention(limit: 100)
    for index in 1...1000 { keeper.add(connection(index, index > 990 ? .established : .failed, isTLS: true)) }
    #expect(keeper.finish().count { $0.outcome == .established } == 10)
  }

  @Test func aConnectionThatWasAskedForIsKept() {
    var keeper = ConnectionRetention(limit: 50, wanted: [900])
    for index in 1...1000 { keeper.add(connection(index, .failed, isTLS: false)) }
    #expect(keeper.finish().last?.index == 900)
  }

  @Test func longMessagesCountByTheirLength() {
    var keeper = ConnectionRetention(limit: 1000, memory: MemoryShare(limit: 1_000_000))
    var most = 0
    for index in 1...200 {
      keeper.add(connection(index, .established, isTLS: true, messageLength: 100_000))
      most = max(most, index - keeper.forgotten)
    }
    #expect(most <= 10)
  }
}
