import NetworkProtocols
import PacketCapture
import TLSProtocol
import Testing

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
    var tracker = HandshakeTracker()
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
    let store = CertificateStore(checkedCertificates: 2)
    func allowance(_ number: UInt8) -> SignatureAllowance { store.certificate([number, 0]).facts.signatureAllowance }
    #expect([1, 2, 3].map(allowance) == [.any, .any, .none])
    store.note(bytes: CertificateStore.bytesPerCheck)
    #expect([4, 5].map(allowance) == [.cheap, .none])
    // What was granted once is not asked for again.
    #expect([1, 3, 4].map(allowance) == [.any, .none, .cheap])
  }
}
