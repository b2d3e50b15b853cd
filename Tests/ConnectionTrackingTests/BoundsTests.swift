import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// Memory and time stay bounded, and every connection is told of exactly once, whatever is sent.
@Suite struct BoundsTests {
  private func endpoint(_ number: Int) -> Endpoint {
    Endpoint(address: IPAddress(ipv4: 0x0A00_0000 + UInt32(number >> 14)), port: UInt16(1024 + number & 0x3fff))
  }

  @Test func aFloodOfSYNsIsFollowedWithinTheLimit() {
    var limits = TrackerLimits()
    limits.connections = 500
    var tracker = ConnectionTracker(limits: limits)
    let server = Dialogue().server
    var told = 0
    var indices = Set<Int>()
    let count = 100_000
    for batch in 0..<100 {
      var script = PacketScript()
      for number in 0..<count / 100 {
        script.addTCP(from: endpoint(batch * 1000 + number), to: server, sequence: 1, .syn)
      }
      script.play(to: &tracker)
      let open = tracker.openConnections
      #expect(open <= 500)
      for connection in tracker.finished {
        told += 1
        indices.insert(connection.index)
      }
      tracker.finished.removeAll()
    }
    tracker.finishAll()
    told += tracker.finished.count
    indices.formUnion(tracker.finished.map(\.index))
    let (all, evicted) = (tracker.connectionCount, tracker.evictedConnections)
    #expect(all == count && told == count && indices.count == count)
    #expect(evicted == count - 500)
  }

  @Test func tenThousandHalfOpenHandshakesAreToldOnce() {
    var tracker = ConnectionTracker()
    let count = 10_000
    for number in 0..<count {
      var dialogue = Dialogue()
      dialogue.client = endpoint(number)
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello(name: nil), isAcknowledged: false)
      dialogue.script.play(to: &tracker)
    }
    let open = tracker.openConnections
    #expect(open == count)
    tracker.finishAll()
    let outcomes = Set(tracker.finished.map(\.outcome))
    let indices = Set(tracker.finished.map(\.index))
    #expect(indices.count == count && tracker.finished.count == count)
    #expect(outcomes == [.incomplete])
    let left = tracker.openConnections
    #expect(left == 0)
  }

  @Test func earlyBytesCountByTheMemoryThatTheyTake() {
    // A byte in each of eight pages takes eight pages: counted by bytes, the limit would never be reached.
    var limits = TrackerLimits()
    limits.reassemblyBytesInTotal = 100_000
    var tracker = ConnectionTracker(limits: limits)
    var refused: UInt64 = 0
    for number in 0..<50 {
      var dialogue = Dialogue()
      dialogue.client = endpoint(number)
      dialogue.open()
      for page in 1...8 { dialogue.segment(.client, .ack, [1], at: page * 8192) }
      dialogue.script.play(to: &tracker)
    }
    tracker.finishAll()
    for connection in tracker.finished { refused += UInt64(connection.network.client.refusedBytes) }
    #expect(refused > 300)
  }

  @Test func handshakesThatNeverEndAreToldEarlyWhereTheyWouldFillTheMemory() {
    var limits = TrackerLimits()
    limits.connectionBytesInTotal = 1_000_000
    var tracker = ConnectionTracker(limits: limits)
    let part = TLSBytes.record(22, [11, 3, 0, 0] + [UInt8](repeating: 0, count: 16_000))
    for number in 0..<200 {
      var dialogue = Dialogue()
      dialogue.client = endpoint(number)
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello())
      dialogue.send(.server, TLSBytes.serverHello(version: 0x0303, suite: 0xc02f) + part)
      dialogue.script.play(to: &tracker)
      let open = tracker.openConnections
      #expect(open <= 80)
    }
    let evicted = tracker.evictedConnections
    tracker.finishAll()
    let told = Set(tracker.finished.map(\.index)).count
    #expect(evicted > 100 && told == 200)
  }

  /// The packet that closes a connection may be the one that takes too much memory: it is ended at once, and must not be
  /// looked for again.
  @Test func aConnectionMayBeEvictedByThePacketThatClosesIt() {
    var limits = TrackerLimits()
    limits.connectionBytesInTotal = FollowedConnection.size + 50
    var tracker = ConnectionTracker(limits: limits)
    for number in 0..<3 {
      var dialogue = Dialogue()
      dialogue.client = endpoint(number)
      dialogue.open()
      dialogue.fin(.server)
      dialogue.segment(.client, [.ack, .fin], TLSBytes.clientHello())
      dialogue.script.wait(400)
      dialogue.script.addTCP(from: endpoint(number + 10), to: dialogue.server, sequence: 1, .syn)
      dialogue.script.play(to: &tracker)
    }
    let evicted = tracker.evictedConnections
    tracker.finishAll()
    // The lonely SYNs have to make room for the next connection too.
    #expect(evicted == 5 && tracker.finished.count == 6)
  }

  @Test func connectionsCanBeEndedAFewAtATime() {
    var tracker = ConnectionTracker()
    var script = PacketScript()
    for number in 0..<100 { script.addTCP(from: endpoint(number), to: Dialogue().server, sequence: 1, .syn) }
    script.play(to: &tracker)
    var told: [Int] = []
    while tracker.finishSome(30) { told += tracker.takeFinished().map(\.index) }
    #expect(told.count == 90)
    tracker.finishAll()
    told += tracker.takeFinished().map(\.index)
    #expect(told == Array(1...100))
  }

  @Test func endlessEncryptedAlertsAreKeptToALimit() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    let alerts = (0..<60).flatMap { _ in TLSBytes.record(21, [UInt8](repeating: 7, count: 26)) }
    dialogue.send(
      .server, TLSBytes.serverHello(version: 0x0303, suite: 0xc02f) + TLSBytes.record(20, [1]) + alerts)
    #expect(dialogue.connection.transcript.alerts.count == Transcript.alertLimit)
  }

  @Test func endlessPlaintextIsCountedAndNotKept() {
    var dialogue = Dialogue.opened
    let line = [UInt8](repeating: 0x41, count: 1400)
    for _ in 0..<200 {
      dialogue.send(.client, line)
      dialogue.send(.server, line)
    }
    let connection = dialogue.connection
    #expect(connection.network.client.payloadBytes == 280_000)
    #expect(connection.network.server.payloadBytes == 280_000)
    #expect(connection.transcript.plaintext.count <= 24)
    #expect(connection.transcript.serverPrefix.count == Transcript.prefixLimit)
    #expect(!connection.transcript.isTLS)
  }

  @Test func bytesThatLookLikeHellosEverywhereAreNoTrap() {
    var dialogue = Dialogue.opened
    let bait = (0..<140).flatMap { _ in [22, 3, 1, 0, 6, 1, 0, 0, 2, 3] as [UInt8] }
    for _ in 0..<60 { dialogue.send(.client, bait) }
    let connection = dialogue.connection
    #expect(connection.network.client.payloadBytes == UInt64(60 * bait.count))
    #expect(connection.transcript.clientHellos.count <= 4)
  }

  @Test func endlessRecordsAreCountedAndNotKept() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    dialogue.send(.client, TLSBytes.clientFinished13())
    for _ in 0..<300 { dialogue.send(.server, TLSBytes.encrypted(1000)) }
    let connection = dialogue.connection
    #expect(connection.outcome == .established)
    #expect(connection.transcript.records.count <= Transcript.recordLimit)
    #expect(connection.network.server.payloadBytes > 300_000)
  }

  @Test func endlessMessagesAndAlertsAreKeptToALimit() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    let messages = (0..<400).flatMap { _ in TLSBytes.handshake(0, []) }
    dialogue.send(.server, TLSBytes.serverHello(version: 0x0303, suite: 0xc02f) + TLSBytes.record(22, messages))
    for _ in 0..<40 { dialogue.send(.server, TLSBytes.alert(100, level: 1)) }
    let transcript = dialogue.connection.transcript
    #expect(transcript.messages.count == Transcript.messageLimit)
    #expect(transcript.alerts.count <= 16)
  }

  @Test func endlessHellosAreKeptToALimit() {
    var dialogue = Dialogue.opened
    for _ in 0..<10 { dialogue.send(.client, TLSBytes.clientHello()) }
    #expect(dialogue.connection.transcript.clientHellos.count == 4)
  }

  @Test func aHoleIsWaitedForWithinTheLimit() {
    var limits = TrackerLimits()
    limits.reassemblyBytesPerDirection = 64 * 1024
    var dialogue = Dialogue.opened
    let segment = [UInt8](repeating: 0xAB, count: 1400)
    for number in 1...100 { dialogue.segment(.server, .ack, segment, at: number * 1400) }
    let facts = dialogue.script.connections(limits: limits)[0].network.server
    #expect(facts.waitingBytes <= 64 * 1024)
    #expect(facts.refusedBytes > 0)
    // Of the segment on which the limit fell, a part is kept.
    let told = Int(facts.refusedBytes) + facts.waitingBytes
    #expect((99 * 1400...100 * 1400).contains(told))
  }

  @Test func holesOfAllConnectionsTogetherHaveALimitToo() {
    var limits = TrackerLimits()
    limits.reassemblyBytesInTotal = 20_000
    var tracker = ConnectionTracker(limits: limits)
    for number in 0..<40 {
      var dialogue = Dialogue()
      dialogue.client = endpoint(number)
      dialogue.open()
      for step in 1...3 { dialogue.segment(.server, .ack, [UInt8](repeating: 1, count: 1000), at: step * 1000) }
      dialogue.script.play(to: &tracker)
    }
    tracker.finishAll()
    let waiting = tracker.finished.reduce(0) { $0 + $1.network.server.waitingBytes }
    let refused = tracker.finished.reduce(0) { $0 + $1.network.server.refusedBytes }
    #expect(waiting <= 21_000 && waiting > 0)
    #expect(refused == UInt64(40 * 3000 - waiting))
  }

  // MARK: Sweeps

  /// Whether a connection has been told of when `seconds` have passed; packets of another one are the sweeps' clock.
  private func isTold(_ dialogue: Dialogue, after seconds: Double) -> Bool {
    var dialogue = dialogue
    var tracker = ConnectionTracker()
    for _ in 0..<3 {
      dialogue.script.wait(seconds / 3)
      dialogue.script.addTCP(from: endpoint(9), to: endpoint(10), sequence: 1, .ack)
    }
    dialogue.script.play(to: &tracker)
    return tracker.finished.contains { $0.index == 1 }
  }

  @Test func aClosedConnectionIsToldOfSoon() {
    var dialogue = Dialogue.opened
    dialogue.close()
    #expect(!isTold(dialogue, after: 0.05))
    #expect(isTold(dialogue, after: 9))
  }

  @Test func aResetConnectionIsToldOfSoon() {
    var dialogue = Dialogue.opened
    dialogue.reset(.server)
    #expect(isTold(dialogue, after: 9))
  }

  @Test func aConnectionThatNeverCarriedDataIsGivenUpBeforeOneThatDid() {
    var dialogue = Dialogue.opened
    #expect(!isTold(dialogue, after: 100))
    #expect(isTold(dialogue, after: 200))
    dialogue.send(.client, TLSBytes.clientHello())
    #expect(!isTold(dialogue, after: 200))
    #expect(isTold(dialogue, after: 400))
  }

  @Test func stragglersOfAClosedConnectionOpenNoOther() {
    var dialogue = Dialogue.opened
    dialogue.close()
    dialogue.script.wait(1)
    dialogue.acknowledge(.server)
    #expect(dialogue.script.connections().count == 1)
  }

  @Test func theSameEndsMayOpenAnotherConnectionAtOnce() {
    var dialogue = Dialogue.opened
    dialogue.close()
    dialogue.script.wait(0.5)
    dialogue.script.addTCP(from: endpoint(9), to: endpoint(10), sequence: 1, .ack)
    dialogue.clientNext &+= 70_000
    dialogue.open()
    #expect(dialogue.script.connections().count { $0.client == dialogue.client } == 2)
  }

  @Test func flowsThatDepartedAreForgottenInTime() {
    var table = ConnectionTable()
    var departed = TimeWaitFlows(limit: 3, seconds: 2)
    let keys = (0..<5).map { ConnectionKey(source: endpoint($0), destination: endpoint(99)) }
    for key in keys { departed.add(key, at: Timestamp(nanoseconds: 0), to: &table) }
    #expect(keys.map { table.find($0) } == [nil, nil] + Array(repeating: TimeWaitFlows.slot, count: 3))
    table.insert(keys[4], slot: 7)
    departed.expire(now: Timestamp(nanoseconds: 1_900_000_000), in: &table)
    #expect(table.count == 3)
    departed.expire(now: Timestamp(nanoseconds: 2_000_000_000), in: &table)
    #expect(table.count == 1 && table.find(keys[4]) == 7)
  }

  @Test func aClockThatRunsBackwardsDoesNoHarm() {
    var dialogue = Dialogue.opened
    dialogue.script.now.nanoseconds = 0
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.script.now.nanoseconds = .max - 1_000_000_000
    dialogue.send(.server, TLSBytes.alert(40))
    dialogue.script.now.nanoseconds = .min + 1
    dialogue.close()
    let connections = dialogue.script.connections()
    #expect(connections.reduce(0) { $0 + $1.transcript.clientHellos.count } == 1)
  }

  // MARK: The queue

  @Test func theQueueIsFirstInFirstOut() {
    var queue = SlotQueue()
    for number in 0..<5000 { queue.append(SlotEntry(slot: number, connection: number)) }
    for number in 0..<4000 { #expect(queue.popFirst()?.slot == number) }
    #expect(queue.count == 1000)
    #expect(queue.first?.slot == 4000)
    queue = SlotQueue()
    #expect(queue.popFirst() == nil)
  }

  @Test func equalCertificatesAreOneObject() {
    let store = CertificateInterner()
    #expect(store.certificate([1, 2, 3]) === store.certificate([1, 2, 3]))
    #expect(store.certificate([1, 2, 3]) !== store.certificate([1, 2, 4]))
    for number in 0..<3000 { _ = store.certificate([UInt8(number >> 8), UInt8(number & 0xff)]) }
    #expect(store.certificate([1, 2, 3]).der == [1, 2, 3])
  }
}
