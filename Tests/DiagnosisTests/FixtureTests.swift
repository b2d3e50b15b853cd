import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct FixtureTests {
  @Test func everyFolderOfPairsIsReadable() throws {
    #expect(Fixture.all.count == Fixture.folders.count, "an expected.json does not decode")
    #expect(Fixture.all.count > 200)
    for fixture in Fixture.all {
      #expect(fixture.has("working.pcap") && fixture.has("failing.pcap"), "\(fixture.id)")
    }
  }

  @Test(arguments: Fixture.all)
  func expectationsNameCausesThatExist(_ fixture: Fixture) {
    let expected = fixture.expected
    for code in [expected.cause, expected.swapped] + expected.accept + expected.alone + expected.logged {
      #expect(CauseCode(rawValue: code) != nil, "\(code)")
    }
  }

  /// Two answers are no cause of a failed handshake: that it is not known, and that nobody can say more than that the
  /// client refused a certificate that nobody sees. A connection that opens for one side only takes two routes to record:
  /// `StackedAlertTests` puts it together.
  @Test func everyCauseHasACaptureThatShowsIt() {
    let shown = Set(Fixture.all.compactMap(\.cause))
    let answers: Set<CauseCode> = [.tlsUnknown, .certRejected, .tcpHalfOpen]
    let missing = CauseCode.allCases.filter { !shown.contains($0) && !answers.contains($0) }
    #expect(missing == [])
  }

  @Test func everyCodeIsTheFirstAnswerToSomePair() throws {
    var named = Set<CauseCode>()
    for fixture in Fixture.all {
      let comparison = Comparison(working: try fixture.story(.working), failing: try fixture.story(.failing))
      named.formUnion(comparison.causes.prefix(1).map(\.code))
    }
    #expect(Set(CauseCode.allCases).subtracting(named).subtracting([.tlsUnknown, .tcpHalfOpen]) == [])
  }

  /// One memory for all connections, as in a long capture, and a few of each that differ in what memory goes by.
  @Test func whatMemorySaysIsWhatIsFoundAnew() throws {
    var memory = Advisor()
    var doubted = 0
    for fixture in Fixture.all {
      for connection in try fixture.story(.working).connections + fixture.story(.failing).connections {
        for variant in variants(of: connection) {
          let causes = memory.diagnose(variant, logs: LogEvidence())
          #expect(causes == Diagnosis.diagnose(variant), "\(fixture.id)")
          if connection.outcome == .established, causes.count > 1 { doubted += 1 }
        }
      }
    }
    #expect(doubted > 6, "\(doubted)")
  }

  private func variants(of connection: Connection) -> [Connection] {
    guard connection.outcome == .established else { return [connection, connection] }
    var variants = [connection]
    func vary(_ change: (inout Connection) -> Void) {
      var variant = connection
      change(&variant)
      variants.append(variant)
    }
    vary {
      $0.transcript.serverCertificates?.frame += 100_000
      $0.network.clientFin?.frame += 100_000
    }
    vary { $0.transcript.serverCertificates?.frame = $0.network.clientFin?.frame ?? 0 }
    vary { $0.transcript.serverCertificates?.time = Timestamp(nanoseconds: 4_000_000_000_000_000_000) }
    vary { $0.server.port &+= 1 }
    if !connection.transcript.clientHellos.isEmpty {
      vary { $0.transcript.clientHellos[$0.transcript.clientHellos.count - 1].value.serverName = "other.test" }
    }
    if !connection.transcript.serverHellos.isEmpty {
      vary { $0.transcript.serverHellos[0].value.cipherSuite = CipherSuite(rawValue: 0x003C) }
    }
    return variants + [connection]
  }
}
