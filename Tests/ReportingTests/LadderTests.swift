import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Reporting

@Suite struct LadderTests {
  private func titles(_ ladder: Ladder) -> [String] { ladder.steps.map(\.title) }

  @Test func stepsStandInOrderOfArrival() {
    #expect(
      titles(Ladder(Samples.established)) == [
        "SYN", "SYN-ACK", "ClientHello", "ServerHello", "encrypted data", "encrypted data", "encrypted data", "FIN",
        "FIN",
      ])
  }

  @Test func aClientHelloNamesWhatMatters() {
    let hello = Ladder(Samples.established).steps[2]
    #expect(
      hello.details.map(\.text) == [
        "TLS 1.3, 1.2", "SNI localhost", "4 cipher suites", "ALPN h2, http/1.1",
        "groups x25519, secp256r1, secp384r1 +1", "key share x25519",
      ])
  }

  @Test func aLongConnectionIsCutShort() {
    var connection = Samples.established
    connection.transcript.records = (0..<96).map { index in
      Samples.encrypted(100 + index, Int64(index) * 1000, index.isMultiple(of: 2) ? .client : .server, length: 100)
    }
    let ladder = Ladder(connection)
    #expect(ladder.steps.count == Ladder.limit + 1)
    #expect(ladder.steps.last?.title.contains("further steps") == true)
  }

  @Test func anEncryptedAlertIsNotShownTwice() {
    var connection = Samples.established
    connection.transcript.records = [Samples.encrypted(8, 2000, .client, length: 19)]
    connection.transcript.alerts = [
      AlertNote(frame: 8, time: Samples.time(2000), sender: .client, alert: nil, isEncrypted: true, recordLength: 19)
    ]
    let steps = Ladder(connection).steps.filter { $0.frames == [8] }
    #expect(steps.map(\.title) == ["Alert"])
    #expect(steps.first?.details.map(\.text) == ["encrypted, 19 bytes"])
  }

  @Test func changeCipherSpecMattersBeforeTLS13Only() {
    var connection = Samples.established
    connection.transcript.clientChangeCipherSpec = Samples.note(8, 2000)
    #expect(!titles(Ladder(connection)).contains("ChangeCipherSpec"))
    connection.transcript.serverHellos[0].value = Samples.serverHello(version: 0x0303, suite: 0xc02f)
    #expect(titles(Ladder(connection)).contains("ChangeCipherSpec"))
    #expect(titles(Ladder(connection)).contains("application data"))
  }

  @Test func aHelloRetryRequestIsNamed() {
    var connection = Samples.established
    var retry = Samples.serverHello()
    retry.isHelloRetryRequest = true
    retry.selectedGroup = NamedGroup(rawValue: 24)
    connection.transcript.serverHellos.insert(Observed(retry, frame: 5, time: Samples.time(600)), at: 0)
    connection.transcript.messages.insert(Samples.message(5, 600, .server, 2, length: 90), at: 1)
    let steps = Ladder(connection).steps
    #expect(steps[3].title == "HelloRetryRequest")
    #expect(steps[3].details.map(\.text) == ["asks for a share of secp384r1"])
    #expect(steps[4].title == "ServerHello")
  }

  @Test func repeatedSYNsAreOneStep() {
    var connection = Samples.refusedOverIPv6
    connection.network.syns = [Samples.note(1, 0), Samples.note(2, 1_000_000), Samples.note(4, 3_000_000)]
    connection.network.resets = []
    let ladder = Ladder(connection)
    #expect(ladder.steps.map(\.details) == [["sent 3 times"]])
    #expect(ladder.steps.first?.frames == [1, 2, 4])
  }

  @Test func everyMessageHasItsFacts() {
    let steps = Ladder(Samples.everything).steps
    func details(_ title: String, _ sender: Role) -> [String]? {
      steps.first { $0.title == title && $0.sender == sender }?.details.map(\.text)
    }
    #expect(details("PROXY protocol", .client) == ["“PROXY TCP4 192.0.2.1”"])
    #expect(details("ServerKeyExchange", .server) == ["x25519", "ecdsa_secp256r1_sha256"])
    #expect(details("CertificateRequest", .server) == ["names 1 accepted CA"])
    #expect(details("Certificate", .client) == ["none"])
    #expect(details("CertificateVerify", .client) == ["ecdsa_secp256r1_sha256"])
    #expect(details("ServerHelloDone", .server) == [])
    #expect(details("ICMP error", .client) == ["fragmentation needed", "from 127.0.0.1", "next hop takes 1400 bytes"])
    #expect(details("malformed", .server) == ["certificate_status: needs 2 bytes"])
    #expect(details("Alert", .client) == ["warning close_notify (0)"])
    #expect(details("ChangeCipherSpec", .client) == [])
  }

  @Test func networkTroubleIsNamed() {
    var connection = Samples.refusedOverIPv6
    connection.network.icmpErrors = [
      ICMPNote(
        frame: 3, time: Samples.time(30), reporter: Samples.loopback6, isICMPv6: true, type: 1, code: 1,
        nextHopMTU: nil,
        quotedSender: .client, quotedLength: 80)
    ]
    connection.network.client.retransmissions = [Retransmission(frame: 5, time: Samples.time(40), length: 1400)]
    connection.network.client.retransmissionCount = 1
    let steps = Ladder(connection).steps
    #expect(steps.map(\.title) == ["SYN", "RST", "ICMPv6 error", "retransmission"])
    #expect(steps[2].details.map(\.text) == ["prohibited by a filter", "from ::1"])
  }

  @Test func otherConnectionsOfTheAttemptTakeAStepEach() {
    var second = Samples.established
    second.index = 2
    second.firstFrame = 3
    let attempt = Attempt(connections: [Samples.refusedOverIPv6, second], lookups: [])
    let tried = Ladder(attempt, around: second).steps.first { $0.title.hasPrefix("tries") }
    #expect(tried?.title == "tries [::1]:8443")
    #expect(tried?.frameNumbers == "1–2")
    #expect(tried?.details.map(\.text) == ["failed, reset (connection 1)"])
  }

  @Test func sharedStepsStandInOneRowAndTailsCloseRanks() {
    let rows = LadderAlignment(Ladder(Samples.established).steps, Ladder(Samples.refusedVersion).steps).rows
    #expect(rows[2].working?.title == "ClientHello" && rows[2].failing?.title == "ClientHello")
    #expect(rows[3].working?.title == "ServerHello" && rows[3].failing?.title == "Alert")
    #expect(rows[4].failing?.title == "FIN")
    #expect(rows.count == 9)
  }

  @Test func theDivergenceIsFoundByItsFrames() {
    let rows = LadderAlignment(Ladder(Samples.established).steps, Ladder(Samples.refusedVersion).steps)
    func row(_ stage: Stage, _ working: [Int], _ failing: [Int]) -> Int? {
      rows.row(of: Divergence(stage: stage, summary: "", workingFrames: working, failingFrames: failing))
    }
    #expect(row(.serverHello, [6], [6]) == 3)
    #expect(row(.tcp, [2], []) == 1)
    #expect(row(.tcp, [], []) == nil)
  }

  @Test func ofSeveralMessagesInAFrameTheStagesOwnIsTaken() {
    var connection = Samples.established
    connection.transcript.messages.append(Samples.message(6, 1_204, .server, 11, length: 900))
    let rows = LadderAlignment(Ladder(connection).steps, Ladder(connection).steps)
    let divergence = Divergence(stage: .certificate, summary: "", workingFrames: [6], failingFrames: [6])
    #expect(rows.row(of: divergence).map { rows.rows[$0].failing?.title } == "Certificate")
  }

  @Test func onlyWhatDiffersIsMarked() {
    let working = Ladder(Samples.established).steps[2]
    let failing = Ladder(Samples.refusedVersion).steps[2]
    #expect(Set(failing.differing(from: working).map(\.text)) == ["TLS 1.2", "4 cipher suites"])
    #expect(working.differing(from: nil).isEmpty)
  }
}
