import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import ConnectionTracking

/// Packets that a capture shows twice, since it was made on several interfaces, or before and behind a router.
@Suite struct CopiedPacketsTests {
  private static var refusedByAlert: Dialogue {
    var dialogue = Dialogue.opened
    dialogue.send(.client, [UInt8](repeating: 0x20, count: 300))
    dialogue.send(.server, [UInt8](repeating: 0x30, count: 1200))
    dialogue.reset(.server)
    return dialogue
  }

  /// The script's packets, each twice: 20 microseconds later with a lower hop limit, or the same packet once more.
  private func twice(_ dialogue: Dialogue, hops: UInt8, identified: Bool = true) -> PacketScript {
    var script = PacketScript()
    for (index, step) in dialogue.script.steps.enumerated() {
      let identification = identified ? UInt16(truncatingIfNeeded: index + 1) : nil
      for (delay, hopLimit) in [(Int64(0), step.hopLimit), (20_000, step.hopLimit - hops)] {
        script.now = step.time.advanced(by: delay)
        script.add(
          from: step.source, to: step.destination, step.transport, step.payload, hopLimit: hopLimit,
          identification: identification)
      }
    }
    return script
  }

  @Test(arguments: [(1, true), (0, true), (1, false), (3, false)] as [(UInt8, Bool)])
  func aPacketSeenTwiceIsOnePacket(hops: UInt8, identified: Bool) throws {
    let once = Self.refusedByAlert.connection
    let connections = twice(Self.refusedByAlert, hops: hops, identified: identified).connections()
    let facts = try #require(connections.first).network
    #expect(connections.count == 1)
    #expect(facts.copies == Self.refusedByAlert.script.steps.count)
    #expect(facts.syns.count == 1 && facts.synAckRepetitions.isEmpty && facts.resets.count == 1)
    for role in Role.allCases {
      #expect(facts[role].segments == once.network[role].segments)
      #expect(facts[role].retransmissionCount == 0)
      #expect(facts[role].payloadBytes == once.network[role].payloadBytes)
      #expect(facts[role].hopLimitRange == once.network[role].hopLimitRange)
    }
    #expect(once.network.copies == 0)
  }

  @Test func aSYNThatIsSentFourTimesAndSeenEightTimesWasSentFourTimes() throws {
    var dialogue = Dialogue()
    for _ in 0..<4 {
      dialogue.segment(.client, .syn)
      dialogue.script.wait(1)
    }
    let facts = try #require(twice(dialogue, hops: 1).connections().first).network
    #expect(facts.syns.map(\.frame) == [1, 3, 5, 7])
    #expect(facts.copies == 4)
  }

  @Test func whatIsSentAgainIsNoCopy() {
    var dialogue = Dialogue.opened
    for identification in [UInt16(7), 8] {
      dialogue.script.add(
        from: dialogue.client.address, to: dialogue.server.address,
        .tcp(
          TCPHeader(
            sourcePort: dialogue.client.port, destinationPort: dialogue.server.port,
            sequenceNumber: SequenceNumber(rawValue: dialogue.clientNext),
            acknowledgmentNumber: SequenceNumber(rawValue: dialogue.serverNext), flags: [.ack, .psh], window: 512)),
        [1, 2, 3], identification: identification)
    }
    let facts = dialogue.connection.network
    #expect(facts.copies == 0)
    #expect(facts.client.retransmissionCount == 1)
  }

  @Test func aResetFromFartherOnIsNoCopyOfOne() {
    var dialogue = Dialogue.opened
    dialogue.reset(.server, hopLimit: 50)
    dialogue.reset(.server, hopLimit: 64)
    dialogue.reset(.server, hopLimit: 40)
    #expect(dialogue.connection.network.resets.map(\.hopLimit) == [50, 64, 40])
    #expect(dialogue.connection.network.copies == 0)
  }

  @Test func aSYNThatNobodyAnswersForLongHasFailedThoughTheCaptureHoldsNoRepetition() {
    for (wait, outcome) in [(20.0, Outcome.failed), (2, .incomplete)] {
      var dialogue = Dialogue()
      dialogue.syn()
      dialogue.script.wait(wait)
      dialogue.client.port += 1
      dialogue.open()
      dialogue.script.wait(0.1)
      dialogue.acknowledge(.client)
      #expect(dialogue.script.connections().first?.outcome == outcome)
    }
  }
}
