import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// What following connections costs at most, counted in looks and in what is kept: no clock has a say in it.
@Suite struct EffortTests {
  /// How the times of packets go on, in nanoseconds.
  enum Course: CaseIterable {
    case falling, oscillating, secondsApart, minutesApart, fromTheEndOfTime

    func time(_ number: Int) -> Int64 {
      switch self {
      case .falling: 1_700_000_000_000_000_000 - Int64(number)
      case .oscillating: number.isMultiple(of: 2) ? 0 : .max
      case .secondsApart: 1_700_000_000_000_000_000 + Int64(number) * 1_000_000_000
      case .minutesApart: 1_700_000_000_000_000_000 + Int64(number) * 61_000_000_000
      case .fromTheEndOfTime: .max - Int64(number)
      }
    }
  }

  @Test(arguments: Course.allCases)
  func aPacketPaysForAFewLooksWhateverItsTime(_ course: Course) {
    var tracker = ConnectionTracker()
    let server = Dialogue().server
    var script = PacketScript()
    script.now.nanoseconds = course.time(0)
    for number in 0..<8000 {
      script.addTCP(
        from: Endpoint(address: IPAddress(ipv4: 0x0A00_0000 + UInt32(number)), port: 1024), to: server, sequence: 1,
        .syn)
    }
    let record: [UInt8] = [0x16, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    for number in 0..<2000 {
      script.add(
        from: IPAddress(ipv4: 0x0B00_0000 + UInt32(number)), to: server.address,
        .udp(UDPHeader(sourcePort: 1024, destinationPort: 4433)), record)
    }
    for number in 1...4000 {
      script.now.nanoseconds = course.time(number)
      script.addTCP(from: server, to: Endpoint(address: server.address, port: 1), sequence: 1, .ack)
    }
    script.play(to: &tracker)
    let looks = tracker.looks
    #expect(looks <= 160 * 4000 + 8 * 14_000)
    tracker.finishAll()
    let (told, opened) = (tracker.finished.count, tracker.connectionCount)
    #expect(told == opened)
  }

  @Test func ofADistinctCertificateInEachConnectionSomeAreChecked() {
    let store = CertificateInterner(checkedCertificates: 2)
    func allowance(_ number: UInt8) -> SignatureAllowance { store.certificate([number, 0]).facts.signatureAllowance }
    #expect([1, 2, 3].map(allowance) == [.any, .any, .none])
    store.note(bytes: CertificateInterner.bytesPerCheck)
    #expect([4, 5].map(allowance) == [.cheap, .none])
    // What was granted once is not asked for again.
    #expect([1, 3, 4].map(allowance) == [.any, .none, .cheap])
  }

  @Test func ofAKeyExchangeInEachConnectionSomeAreChecked() {
    var limits = TrackerLimits()
    limits.checkedCertificates = 2
    func allowances(_ bytes: Int) -> [SignatureAllowance] {
      var script = PacketScript()
      for port in 40_001...40_004 as ClosedRange<UInt16> {
        var dialogue = Dialogue(script: script)
        dialogue.client.port = port
        dialogue.open()
        dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
        // What a connection carries besides pays for its check.
        let parameters = [3, 0, 23, 65, 4] + [UInt8](repeating: 7, count: 64)
        let exchange = TLSBytes.handshake(12, parameters + [4, 3, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8])
        dialogue.send(
          .server, TLSBytes.serverHello(version: 0x0303, suite: 0xc02f) + TLSBytes.record(22, exchange))
        for _ in 0..<(bytes / 1400) { dialogue.send(.client, TLSBytes.encrypted(1400)) }
        script = dialogue.script
      }
      return script.connections(limits: limits).compactMap { $0.transcript.serverKeyExchange?.value.signatureAllowance }
    }
    #expect(allowances(0) == [.any, .any, .none, .none])
    #expect(allowances(2 * CertificateInterner.bytesPerCheck) == [.any, .any, .cheap, .cheap])
  }
}
