import Bytes
import Foundation
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// Whoever keeps something keeps to its share of the memory budget, and says what found no room.
@Suite struct MemoryTests {
  private let server = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 4433)

  private func client(_ number: Int) -> Endpoint {
    Endpoint(address: IPAddress(ipv4: 0x0A00_0000 + UInt32(number >> 14)), port: UInt16(1024 + number & 0x3fff))
  }

  /// A test that finds a keeper that keeps to no share: each of the budget's keepers asks for it somewhere.
  @Test func everyKeeperAsksForItsShare() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    var asked: Set<String> = []
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files
    where file.pathExtension == "swift" && file.lastPathComponent != "MemoryBudget.swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for keeper in MemoryBudget.Keeper.allCases where text.contains("of: .\(keeper.rawValue)") {
        asked.insert(keeper.rawValue)
      }
    }
    #expect(asked == Set(MemoryBudget.Keeper.allCases.map(\.rawValue)))
  }

  // MARK: Connections

  @Test func connectionsCountWithWhatTheyTake() {
    let limits = TrackerLimits(memory: MemoryBudget(bytes: MemoryBudget.minimum))
    var tracker = ConnectionTracker(limits: limits)
    var most = 0
    for number in 0..<5000 {
      var dialogue = Dialogue()
      dialogue.client = client(number)
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello(name: nil), isAcknowledged: false)
      dialogue.script.play(to: &tracker)
      most = max(most, tracker.openConnections)
    }
    #expect(most < limits.connectionBytesInTotal / FollowedConnection.size)
    let evicted = tracker.evictedConnections
    tracker.finishAll()
    #expect(evicted == 5000 - most && Set(tracker.finished.map(\.index)).count == 5000)
    let (held, early) = (tracker.memory.held, tracker.early.held)
    #expect(held == 0 && early == 0)
  }

  @Test func whatAConnectionTookIsFreeOnceItHasEnded() {
    var tracker = ConnectionTracker()
    for number in 0..<20 {
      var dialogue = Dialogue()
      dialogue.client = client(number)
      dialogue.open()
      dialogue.send(.client, TLSBytes.clientHello())
      dialogue.segment(.server, .ack, [1, 2, 3], at: 5000)
      if number % 2 == 0 { dialogue.reset(.server) } else { dialogue.close() }
      dialogue.script.play(to: &tracker)
    }
    tracker.finishAll()
    let (held, early) = (tracker.memory.held, tracker.early.held)
    #expect(held == 0 && early == 0)
  }

  // MARK: Datagrams

  private func send(_ script: inout PacketScript, from: Endpoint, to: Endpoint, _ bytes: [UInt8]) {
    script.add(
      from: from.address, to: to.address, .udp(UDPHeader(sourcePort: from.port, destinationPort: to.port)), bytes)
  }

  /// A DTLS record with a fragment of a handshake message of 60,000 bytes.
  private func fragment(_ message: UInt8, _ bytes: Int, at offset: Int) -> [UInt8] {
    let length: [UInt8] = [0, 0xea, 0x60]
    let header = [message] + length + [0, 0] + [0] + TLSBytes.big(offset) + [0] + TLSBytes.big(bytes)
    let body = header + [UInt8](repeating: 7, count: bytes)
    return [22, 0xfe, 0xfd, 0, 0] + [UInt8](repeating: 0, count: 6) + TLSBytes.big(body.count) + body
  }

  @Test func fragmentsOfManyFlowsKeepToTheirShareAndThoseThatWaitedLongestGo() {
    var limits = TrackerLimits()
    limits.datagramBytesInTotal = 1_000_000
    var tracker = ConnectionTracker(limits: limits)
    var script = PacketScript()
    for number in 0..<200 {
      send(&script, from: client(number), to: server, fragment(1, 1200, at: 0))
      for piece in 1..<20 { send(&script, from: client(number), to: server, fragment(1, 1200, at: piece * 1500)) }
    }
    script.play(to: &tracker)
    let held = tracker.datagrams.memory.held
    #expect(held <= 1_000_000)
    tracker.finishAll()
    let refused = tracker.finished.map { $0.network.client.refusedBytes }
    #expect(tracker.finished.count == 200 && refused.first ?? 0 > 0 && refused.last == 0)
  }

  @Test func aFlowBeyondTheLimitIsFollowedInPlaceOfAQuietOne() {
    var limits = TrackerLimits()
    limits.datagramFlows = 10
    var tracker = ConnectionTracker(limits: limits)
    var script = PacketScript()
    for number in 0..<50 {
      send(&script, from: client(number), to: server, fragment(1, 100, at: 0))
      script.wait(0.1)
    }
    script.play(to: &tracker)
    let (open, evicted) = (tracker.datagrams.count, tracker.evictedConnections)
    #expect(open == 10 && evicted == 40)
    tracker.finishAll()
    #expect(tracker.finished.map(\.index) == Array(1...50))
    let left = tracker.datagrams.memory.held
    #expect(left == 0)
  }

  // MARK: Lookups

  private func question(_ number: Int, answers: Int? = nil) -> [UInt8] {
    var bytes: [UInt8] = TLSBytes.big(number) + (answers == nil ? [1, 0] : [0x81, 0x80]) + [0, 1]
    bytes += TLSBytes.big(answers ?? 0) + [0, 0, 0, 0]
    for _ in 0..<3 { bytes += [60] + [UInt8](repeating: 97, count: 60) }
    bytes += [0, 0, 1, 0, 1]
    for _ in 0..<(answers ?? 0) { bytes += [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1] }
    return bytes
  }

  @Test func lookupsKeepToTheirShareAndTheOthersAreCounted() {
    var recorder = LookupRecorder(memory: MemoryShare(limit: 50_000))
    let resolver = IPAddress(ipv4: 0xC000_0235)
    for number in 0..<400 {
      for isAnswer in [false, true] {
        let bytes = question(number, answers: isAnswer ? 200 : nil)
        let header = UDPHeader(sourcePort: isAnswer ? 53 : 5000, destinationPort: isAnswer ? 5000 : 53)
        let own = client(1).address
        let span = bytes.span
        let packet = unsafe Packet(
          frame: number + 1, timestamp: Timestamp(nanoseconds: 0), source: isAnswer ? resolver : own,
          destination: isAnswer ? own : resolver, hopLimit: 64, identification: nil, transport: .udp(header),
          payload: span.bytes, payloadLength: bytes.count)
        recorder.receive(packet, header)
      }
    }
    #expect(recorder.lookups.count < 60 && recorder.lookups.count > 5 && recorder.dropped > 600)
    #expect(recorder.lookups.allSatisfy { !$0.addresses.isEmpty }, "an answer is never told as one without addresses")
    #expect(recorder.memory.held < 70_000)
    recorder.forget(before: Timestamp(nanoseconds: 1))
    #expect(recorder.memory.held == 0)
  }

  // MARK: Certificates

  @Test func certificatesThatAreRememberedKeepToTheirShare() {
    let store = CertificateInterner(memory: MemoryShare(limit: 400_000))
    for number in 0..<300 {
      _ = store.certificate([UInt8](repeating: UInt8(number & 0xff), count: 10_000 + number))
      #expect(store.memory.held <= 400_000)
    }
  }
}
