import Bytes
import Testing

@testable import TLSProtocol

/// A small generator with a seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

@Suite struct ConversationHostilityTests {
  @Test func aMessageOverTheLimitIsNamedAndPassedOver() {
    let header: [UInt8] = [11, 0x40, 0, 0]
    var log = ConversationLog()
    log.receive(Flight.serverHello, from: .server)
    log.receive(record(22, header + [UInt8](repeating: 1, count: 16000)), from: .server)
    #expect(log.lines.count == 4)
    #expect(log.lines[3].hasPrefix("< certificate 4194308 malformed(length at byte 1: 4194304 bytes"))
    var left = 0x400000 - 16000
    while left > 0 {
      let count = min(16384, left)
      log.receive(record(22, [UInt8](repeating: 1, count: count)), from: .server)
      left -= count
    }
    log.receive(record(22, handshake(14, [])), from: .server)
    #expect(log.lines.last == "< server_hello_done 4 other")
  }

  @Test func endlessMessagesAreBounded() {
    var log = ConversationLog()
    log.receive(Flight.serverHello, from: .server)
    let flood = record(22, (0..<1000).flatMap { _ in handshake(0, []) })
    for _ in 0..<20 { log.receive(flood, from: .server) }
    #expect(log.events.count <= 21 + TLSConversation.messageLimit)
  }

  @Test func emptyRecordsAreNotedOneByOne() {
    var log = ConversationLog()
    log.receive((0..<500).flatMap { _ in record(22, []) }, from: .server)
    #expect(log.lines.count == 500)
    log.receive(record(21, []) + record(20, []), from: .server)
    #expect(log.lines.count == 502)
  }

  @Test func hostileLengthsInsideMessagesAreMalformed() {
    let certificates = handshake(11, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
    let exchange = handshake(12, [3, 0, 23, 0xff, 1])
    var log = ConversationLog()
    log.receive(record(22, certificates + exchange), from: .server)
    #expect(log.lines.dropFirst().allSatisfy { $0.contains("malformed") })
    #expect(log.lines.count == 3)
  }

  @Test func randomChangesNeverTrap() {
    var generator = SeededGenerator(state: 2026)
    let seeds = [
      Flight.tls12UntrustedJava, Flight.tls12Complete, Flight.tls13Complete, Flight.helloRetryRequest,
      Flight.tls11Complete, Flight.tls12EmptyClientCertificate,
    ]
    // A debug build parses fifty times slower; `swift test -c release` runs the whole number.
    #if DEBUG
      let rounds = 1500
    #else
      let rounds = 100_000
    #endif
    var events = 0
    for round in 0..<rounds {
      var log = ConversationCount()
      for flight in seeds[round % seeds.count] {
        var bytes = flight.bytes
        for _ in 0..<Int.random(in: 0...6, using: &generator) where !bytes.isEmpty {
          mutate(&bytes, using: &generator)
        }
        if Int.random(in: 0..<20, using: &generator) == 0 {
          log.conversation.skip(Int.random(in: -1...3000, using: &generator), from: flight.sender)
        }
        let size = Int.random(in: 1...3000, using: &generator)
        for start in stride(from: 0, to: bytes.count, by: size) {
          log.receive(Array(bytes[start..<min(start + size, bytes.count)]), from: flight.sender)
        }
      }
      events += log.events
    }
    #expect(events > rounds)
  }

  private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
    case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
    default: bytes[place] = [0, 0xff, 0x7f, 0x80].randomElement(using: &generator) ?? 0
    }
  }
}

/// Counts events and touches what they carry.
private struct ConversationCount {
  var conversation = TLSConversation(keyLog: nil)
  var events = 0

  mutating func receive(_ bytes: [UInt8], from sender: Role) {
    bytes.withCursor { cursor in
      conversation.receive(cursor.rest, from: sender, frame: 1) { event in
        events += 1
        guard case .handshake(let message) = event.kind else { return }
        if case .clientHello(let hello) = message.body { events += hello.extensions.count }
      }
    }
  }
}
