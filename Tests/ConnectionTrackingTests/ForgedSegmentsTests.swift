import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import HandshakeModel

/// Segments in an end's name from somebody who knows the ends and nothing of the numbers (RFC 9293 §3.10.7.4, RFC 5961).
@Suite struct ForgedSegmentsTests {
  /// What must not depend on them.
  private struct Summary: Equatable, CustomStringConvertible {
    let description: String

    init(_ connections: [Connection]) {
      description = connections.map { connection in
        let network = connection.network
        let sides = [network.client, network.server].map {
          "\($0.segments) \($0.dataSegments) \($0.payloadBytes) \($0.missingBytes) \($0.unacknowledgedBytes) "
            + "\($0.holeBytes) \($0.waitingBytes) \($0.retransmissionCount) \($0.bytesBeforeFIN)"
        }
        let close = connection.firstClose.map { "\($0.kind) by \($0.sender)" } ?? "open"
        let transcript = connection.transcript
        return "\(connection.outcome), \(close), \(network.syns.count) SYNs, \(network.resets.count) resets, "
          + "\(network.icmpErrors.count) errors, \(transcript.clientHellos.count) \(transcript.serverHellos.count) "
          + "\(transcript.alerts.count) \(transcript.records.count), \(sides)"
      }.joined(separator: "\n")
    }
  }

  /// A handshake that the client ends with an alert.
  private static var refused: Dialogue {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    dialogue.send(.server, TLSBytes.serverFlight12)
    dialogue.send(.client, TLSBytes.alert(45))
    dialogue.close()
    return dialogue
  }

  private static var established: Dialogue {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    dialogue.send(.client, TLSBytes.clientFinished13())
    dialogue.send(.server, TLSBytes.encrypted(300))
    dialogue.close()
    return dialogue
  }

  /// The script with one packet more behind `place` others.
  private func script(_ dialogue: Dialogue, with forged: [PacketScript.Step], after place: Int) -> PacketScript {
    var script = PacketScript()
    func add(_ step: PacketScript.Step) {
      script.add(
        from: step.source, to: step.destination, step.transport, step.payload, payloadLength: step.payloadLength,
        hopLimit: step.hopLimit)
    }
    for (index, step) in dialogue.script.steps.enumerated() {
      if index == place { forged.forEach(add) }
      add(step)
    }
    return script
  }

  private func forge(
    _ flags: TCPFlags, from sender: Role, _ dialogue: Dialogue, offset: UInt32, bytes: Int
  ) -> PacketScript.Step {
    var forger = Dialogue()
    (forger.client, forger.server) = (dialogue.client, dialogue.server)
    forger.clientNext = dialogue.clientNext &+ offset
    forger.serverNext = dialogue.serverNext &+ offset
    forger.segment(sender, flags, [UInt8](repeating: 0x16, count: bytes))
    return forger.script.steps[0]
  }

  @Test(
    arguments: [.syn, [.syn, .ack], [.fin, .ack], .rst, [.rst, .ack], .ack, [.psh, .ack]] as [TCPFlags],
    [Role.client, .server])
  func oneForgedSegmentChangesNothing(_ flags: TCPFlags, from sender: Role) {
    for dialogue in [Self.refused, Self.established] {
      let expected = Summary(dialogue.script.connections())
      for offset in [900_000_000, 0x7000_0000, 0xC000_0000] as [UInt32] {
        let forged = forge(flags, from: sender, dialogue, offset: offset, bytes: flags.contains(.psh) ? 40 : 0)
        // While both sides close, a SYN opens what comes next.
        for place in 1...(dialogue.script.steps.count - (flags == .syn ? 2 : 0)) {
          let connections = script(dialogue, with: [forged], after: place).connections()
          #expect(Summary(connections) == expected, "behind \(place) frames")
          guard place < dialogue.script.steps.count else { continue }
          #expect(connections[0].network.unbelieved.first.map(\.frame) == [place + 1])
          #expect(connections[0].network.unbelieved.count == 1)
        }
      }
    }
  }

  @Test func aFloodOfForgedSegmentsChangesNothingAndIsKeptSmall() {
    let dialogue = Self.refused
    let expected = Summary(dialogue.script.connections())
    // Numbers are guessed: no two fit each other.
    let forged = (0..<200).map { number in
      forge(
        [[.fin, .ack], .rst, .ack, .syn][number % 4], from: number % 3 == 0 ? .client : .server, dialogue,
        offset: 0x1000_0000 &+ UInt32(number) &* 0x00F0_0001, bytes: 0)
    }
    let connections = script(dialogue, with: forged, after: 7).connections()
    #expect(Summary(connections) == expected)
    #expect(connections[0].network.unbelieved.count == 200)
    #expect(connections[0].network.unbelieved.first.count == UnbelievedSegments.limit)
  }

  @Test func anErrorThatQuotesForeignNumbersIsAboutNothing() {
    for (sequence, isBelieved) in [(1001, true), (900_000_000, false)] as [(UInt32, Bool)] {
      var dialogue = Dialogue()
      dialogue.syn()
      let quoted = QuotedPacket(
        source: dialogue.client, destination: dialogue.server, transportProtocol: 6,
        sequenceNumber: SequenceNumber(rawValue: sequence), length: 60)
      dialogue.script.add(
        from: dialogue.server.address, to: dialogue.client.address,
        .icmp(ICMPMessage(isICMPv6: false, type: 3, code: 1, quoted: quoted)))
      let network = dialogue.connection.network
      #expect(network.icmpErrors.count == (isBelieved ? 1 : 0))
      #expect(network.unbelieved.count == (isBelieved ? 0 : 1))
      #expect(dialogue.connection.outcome == (isBelieved ? .failed : .incomplete))
    }
  }

  @Test func aResetThatNeitherSideHeededIsNone() {
    // It stands where the server stands; still both go on.
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    dialogue.reset(.server)
    #expect(dialogue.connection.network.resets.count == 1)
    dialogue.send(.server, TLSBytes.serverFlight12)
    dialogue.send(.client, TLSBytes.alert(45))
    dialogue.close()
    let connection = dialogue.connection
    #expect(connection.network.resets.isEmpty)
    #expect(connection.network.unbelieved.first.map(\.frame) == [6])
    #expect(connection.firstClose?.kind == .fin && connection.firstClose?.sender == .client)
    #expect(dialogue.script.connections().count == 1)
  }

  @Test func aResetThatTheClientHeededStaysThoughTheServerGoesOn() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.reset(.server)
    dialogue.send(.server, TLSBytes.serverFlight13(), isAcknowledged: false)
    #expect(dialogue.connection.network.resets.count == 1)
    #expect(dialogue.connection.outcome == .failed)
  }

  // MARK: SYNs

  @Test func aSYNThatTheServerAnswersOpensAnotherConnection() {
    for answer in [[.syn, .ack], [.rst, .ack]] as [TCPFlags] {
      var dialogue = Dialogue.opened
      dialogue.send(.client, TLSBytes.clientHello())
      (dialogue.clientNext, dialogue.serverNext) = (900_000_000, 1_500_000_000)
      dialogue.script.wait(9)
      dialogue.syn()
      // One that still holds the old connection would say where it stands.
      dialogue.segment(.server, answer)
      let connections = dialogue.script.connections()
      #expect(connections.map(\.index) == [1, 2])
      #expect(connections.map(\.firstFrame) == [1, 6])
      #expect(connections[0].network.unbelieved.count == 0)
      #expect(connections[1].network.syns.map(\.frame) == [6])
      #expect(connections[1].network.synAck?.frame == (answer.contains(.syn) ? 7 : nil))
      #expect(connections[1].outcome == (answer.contains(.syn) ? .incomplete : .failed))
    }
  }

  /// Two connections between the same ends, of which the capture lacks the first one's close, unless it `closes`, and some
  /// of the segments that open the second, which fails.
  private func reopened(
    after wait: Double, without lost: Set<Int>, from senders: Set<Role> = [.client, .server], closes: Bool = false,
    scale: UInt8 = 0
  ) -> [Connection] {
    var dialogue = Self.established
    let first = dialogue.script.steps.count - (closes ? 1 : 3)
    (dialogue.clientNext, dialogue.serverNext) = (900_000_000, scale == 0 ? 1_500_000_000 : 100_000_000)
    dialogue.script.wait(wait)
    let start = dialogue.script.steps.count
    dialogue.open()
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.alert(40))
    dialogue.close(.server)
    var script = PacketScript()
    for (index, step) in dialogue.script.steps.enumerated() {
      guard index < first || index >= start, !lost.contains(index - start),
        senders.contains(step.source == dialogue.client.address ? .client : .server)
      else { continue }
      guard case .tcp(var header) = step.transport else { continue }
      if scale > 0 { header.window = 65_535 }
      if header.flags.contains(.syn) { header.windowScale = scale }
      script.now = step.time
      script.add(from: step.source, to: step.destination, .tcp(header), step.payload)
    }
    return script.connections()
  }

  /// Frames 0, 1 and 2 of the second connection are its SYN, SYN-ACK and ACK.
  @Test(arguments: [[1], [0], [1, 2], [0, 2]])
  func aConnectionWhoseOpeningIsInPartNotCapturedIsNotTheOneBefore(_ lost: Set<Int>) {
    let connections = reopened(after: 20, without: lost)
    #expect(connections.map(\.outcome) == [.established, .failed])
    #expect(connections.last?.transcript.alerts.count == 1)
  }

  @Test func aLargeWindowThatOneOfTheNumbersFallsIntoHidesNoConnection() {
    for lost in [[1], [0], [1, 2]] as [Set<Int>] {
      #expect(reopened(after: 20, without: lost, scale: 10).map(\.outcome) == [.established, .failed])
    }
  }

  @Test func aSYNThatIsAnsweredTwiceWithDifferentNumbersOpensOneConnection() {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.segment(.server, [.syn, .ack])
    dialogue.script.wait(1.5)
    dialogue.serverNext = 1_500_000_000
    dialogue.segment(.server, [.syn, .ack])
    dialogue.serverNext &+= 1
    dialogue.acknowledge(.client)
    #expect(dialogue.script.connections().count == 1)
  }

  @Test func aServersAnswerShowsTheNextConnectionWhereverTheLastOneStood() {
    for lost in [[1], [0]] as [Set<Int>] {
      #expect(reopened(after: 0.01, without: lost).map(\.outcome) == [.established, .failed])
    }
  }

  @Test(arguments: [Role.client, .server], [(20.0, false), (0.01, true)])
  func ofOneDirectionTheNextConnectionIsToldByItsNumbers(_ sender: Role, _ before: (wait: Double, closes: Bool)) {
    let connections = reopened(after: before.wait, without: [], from: [sender], closes: before.closes)
    #expect(connections.count == 2)
    #expect(connections.last?.transcript.alerts.count == (sender == .server ? 1 : 0))
  }

  @Test func aSYNThatIsRepeatedAndNeverAnsweredIsAnotherConnection() {
    for (isContested, outcomes) in [(false, [Outcome.established, .failed]), (true, [.established])] {
      var dialogue = Self.established
      let numbers = (dialogue.clientNext, dialogue.serverNext)
      dialogue.script = script(Dialogue(), with: [], after: 0)
      for step in Self.established.script.steps.dropLast(3) {
        dialogue.script.add(from: step.source, to: step.destination, step.transport, step.payload)
      }
      dialogue.script.wait(20)
      dialogue.clientNext = 900_000_000
      for wait in [1.0, 2, 4] {
        dialogue.segment(.client, .syn)
        dialogue.script.wait(wait)
        guard isContested else { continue }
        // One that holds the old connection says where it stands.
        var old = dialogue
        (old.clientNext, old.serverNext) = (numbers.0 &- 1, numbers.1 &- 1)
        old.acknowledge(.server)
        dialogue.script = old.script
      }
      #expect(dialogue.script.connections().map(\.outcome) == outcomes)
    }
  }

  @Test(arguments: [0.001, 5]) func aForgedSYNWithItsForgedACKEndsNoConnectionThatGoesOn(_ silence: Double) {
    for sender in [Role.client, .server] {
      for isAnswered in [false, true] where isAnswered || silence < 1 {
        let dialogue = Self.refused
        let expected = Summary(dialogue.script.connections())
        for place in 3..<(dialogue.script.steps.count - 3) {
          var forged = [
            forge(sender == .client ? .syn : [.syn, .ack], from: sender, dialogue, offset: 900_000_000, bytes: 0)
          ]
          var next = dialogue
          (next.clientNext, next.serverNext) = (next.clientNext &+ 1, next.serverNext &+ 1)
          // The challenge ACK of RFC 5961 §4, or whatever else the connection says.
          if isAnswered { forged.append(dialogue.script.steps[2]) }
          forged.append(forge(.ack, from: sender, next, offset: 900_000_000, bytes: 0))
          var forgedScript = PacketScript()
          for (index, step) in script(dialogue, with: forged, after: place).steps.enumerated() {
            if index == place { forgedScript.wait(silence) }
            forgedScript.add(from: step.source, to: step.destination, step.transport, step.payload)
          }
          let connections = forgedScript.connections()
          #expect(connections.count == 1)
          #expect(connections.first?.outcome == .failed && connections.first?.transcript.alerts.count == 1)
          if !isAnswered { #expect(Summary(connections) == expected) }
        }
      }
    }
  }

  @Test func aClientThatGivesUpItsSYNOpensAnotherConnection() {
    for (wait, repetitions, count) in [(0.1, 1, 1), (0.1, 2, 2), (1.5, 1, 2)] {
      var dialogue = Dialogue()
      dialogue.syn()
      dialogue.script.wait(wait)
      dialogue.clientNext = 900_000_000
      for _ in 0..<repetitions { dialogue.segment(.client, .syn) }
      let connections = dialogue.script.connections()
      #expect(connections.count == count)
      #expect(connections.last?.network.syns.count == (count == 1 ? 1 : repetitions))
    }
  }

  @Test func aSYNThatWasCapturedBehindItsAnswerBelongsToIt() {
    var dialogue = Dialogue()
    dialogue.clientNext += 1
    dialogue.segment(.server, [.syn, .ack])
    dialogue.clientNext -= 1
    dialogue.syn()
    dialogue.serverNext &+= 1
    dialogue.acknowledge(.client)
    dialogue.send(.client, TLSBytes.clientHello())
    let connections = dialogue.script.connections()
    #expect(connections.count == 1)
    #expect(connections[0].network.syns.count == 1 && connections[0].transcript.clientHellos.count == 1)
  }

  // MARK: What captures lose

  @Test(arguments: [0, 60_000, 1_000_000]) func aCloseBehindLostSegmentsIsBelieved(lost: Int) {
    for isReset in [true, false] {
      var dialogue = Dialogue.opened
      dialogue.send(.client, TLSBytes.clientHello())
      dialogue.lose(.server, lost)
      if isReset { dialogue.reset(.server) } else { dialogue.fin(.server) }
      #expect(dialogue.connection.isClosed(by: .server))
      #expect(dialogue.connection.network.unbelieved.count == 0)
    }
  }

  @Test func aLargeWindowReachesFarther() {
    for (scale, isBelieved) in [(nil, false), (7, true)] as [(UInt8?, Bool)] {
      var dialogue = Dialogue()
      for sender in [Role.client, .server] {
        let (source, destination) =
          sender == .client ? (dialogue.client, dialogue.server) : (dialogue.server, dialogue.client)
        dialogue.script.add(
          from: source.address, to: destination.address,
          .tcp(
            TCPHeader(
              sourcePort: source.port, destinationPort: destination.port,
              sequenceNumber: SequenceNumber(rawValue: dialogue.next(sender)),
              acknowledgmentNumber: SequenceNumber(rawValue: sender == .client ? 0 : dialogue.clientNext),
              flags: sender == .client ? .syn : [.syn, .ack], window: 65_535, windowScale: scale)))
        dialogue.lose(sender, 1)
      }
      dialogue.acknowledge(.client)
      dialogue.lose(.server, 10_000_000)
      dialogue.reset(.server)
      #expect(dialogue.connection.isClosed == isBelieved)
    }
  }

  @Test func whatGoesOnFarBehindALossIsFollowedAgain() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.lose(.server, 500_000_000)
    for _ in 0..<20 { dialogue.send(.server, [UInt8](repeating: 7, count: 1000)) }
    dialogue.fin(.server)
    let network = dialogue.connection.network
    #expect(network.serverFin != nil)
    #expect((7...16).contains(network.unbelieved.count), "\(network.unbelieved.count)")
    #expect(dialogue.connection.outcome == .incomplete)
  }

  @Test func ofAConnectionSeenFromItsMidstNoSegmentIsSurerThanTheNext() {
    var dialogue = Dialogue()
    dialogue.segment(.client, .ack, at: 900_000_000)
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.client, TLSBytes.encrypted(100))
    dialogue.send(.client, TLSBytes.encrypted(100))
    dialogue.fin(.client)
    #expect(dialogue.connection.network.clientFin != nil)
  }
}
