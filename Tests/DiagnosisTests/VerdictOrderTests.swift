import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// How findings become an answer: merged, ordered, cut, and told with evidence in order.
@Suite struct VerdictOrderTests {
  private func log(_ side: Role, _ cause: CauseCode, _ confidence: Confidence) throws -> LogFindings {
    // Read from a real line, then changed: findings have no other maker.
    var findings = LogReader.read("received fatal alert: HandshakeFailure\n", side: side)
    var finding = try #require(findings.findings.first)
    finding.cause = cause
    finding.confidence = confidence
    finding.peer = nil
    finding.time = nil
    findings.findings = [finding]
    return findings
  }

  @Test func everyFailedConnectionHasAnAnswer() {
    #expect(Diagnosis.diagnose(FixtureBuilder.refused(by: .handshakeFailure).ended()).map(\.code) == [.tlsUnknown])
    #expect(Diagnosis.diagnose(FixtureBuilder().ended(.incomplete)).map(\.code) == [.captureIncomplete])
    #expect(Diagnosis.diagnose(FixtureBuilder.established()).map(\.code) == [CauseCode.none])
  }

  @Test func theUnknownGivesWayToAnythingKnown() {
    let causes = Diagnosis.diagnose(FixtureBuilder.refused(.offer(groups: [0x0018]), by: .handshakeFailure).ended())
    #expect(causes.first?.code == .tlsGroup)
    #expect(!causes.contains { $0.code == .tlsUnknown })
  }

  @Test func gradesBecomeConfidence() {
    func confidence(_ grade: Grade) -> Confidence { Finding(.tlsGroup, grade, "", evidence: []).confidence }
    #expect(Grade.allCases.map(confidence) == [.possible, .likely, .likely, .certain])
    #expect(Grade.allCases == Grade.allCases.sorted())
    #expect(Confidence.possible < .likely && Confidence.likely < .certain && !(Confidence.certain < .certain))
  }

  @Test func causesStandInOrderOfStrength() {
    // A TLS 1.0 hello that nobody takes, with old suites and no server name.
    let offer = ClientHello.offer(
      versions: [0x0301], suites: [0x002f, 0x0005, 0x000a], groups: [], schemes: [], name: nil)
    let working = FixtureBuilder.established()
    let inquiry = FixtureBuilder.refused(offer, by: .handshakeFailure).inquiry(working: working)
    let causes = Diagnosis.diagnose(inquiry)
    #expect(causes.first?.code == .tlsVersion)
    #expect(causes.count > 1 && causes.count <= 5)
    #expect(causes.map(\.confidence) == causes.map(\.confidence).sorted(by: >))
    #expect(Set(causes.map(\.code)).count == causes.count)
  }

  @Test func packetsAndALogThatAgreeAreSurerThanEither() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .badCertificateStatusResponse)
    let alone = Diagnosis.diagnose(builder.inquiry())
    #expect(alone.first?.code == .certRevoked && alone.first?.confidence == .likely)
    let logs = LogEvidence(client: try log(.client, .certRevoked, .likely))
    let both = Diagnosis.diagnose(builder.inquiry(logs: logs))
    #expect(both.first?.code == .certRevoked && both.first?.confidence == .certain)
    #expect(both.first.map { $0.evidence.count > (alone.first?.evidence.count ?? 0) } == true)
  }

  @Test func aLogKeepsTheSharperHeadline() throws {
    // One group that few servers have, without anything to compare with.
    let builder = FixtureBuilder.refused(.offer(groups: [0x0018]), by: .handshakeFailure)
    let alone = try #require(Diagnosis.diagnose(builder.inquiry()).first)
    let logs = LogEvidence(server: try log(.server, .tlsGroup, .certain))
    let both = try #require(Diagnosis.diagnose(builder.inquiry(logs: logs)).first)
    #expect(alone.code == .tlsGroup && alone.title.contains("secp384r1") && alone.confidence == .likely)
    #expect(both.code == .tlsGroup && both.title == alone.title && both.confidence == .certain)
    #expect(both.evidence.contains { $0.text.hasPrefix("server log") })
    #expect(alone.evidence.allSatisfy(both.evidence.contains))
  }

  @Test func aLogKeepsTheSharperMechanismHoweverWeakItWasAlone() throws {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer())
    builder.alert(.server, nil)
    builder.fin(.server)
    let logs = LogEvidence(server: try log(.server, .tlsSignatureScheme, .likely))
    let alone = try #require(Diagnosis.diagnose(builder.inquiry()).first { $0.code == .tlsSignatureScheme })
    let both = try #require(Diagnosis.diagnose(builder.inquiry(logs: logs)).first)
    #expect(alone.confidence == .possible && both.confidence == .likely)
    #expect(both.mechanism?.description == "tls.signature-scheme/after-server-hello")
    // Packets let it be inferred; the log says it.
    #expect(alone.title.contains("may fit none") && both.title.contains("accepts no signature scheme that fits"))
  }

  @Test func aCauseThatOnlyALogNamesHasItsGeneralTitle() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, nil)
    builder.fin(.client)
    let logs = LogEvidence(client: try log(.client, .certRevoked, .certain))
    let cause = try #require(Diagnosis.diagnose(builder.inquiry(logs: logs)).first)
    #expect(cause.code == .certRevoked && cause.title == CauseCode.certRevoked.title && cause.mechanism == nil)
  }

  @Test func aServersMissingSuiteIsTheGroupThatTheHelloLacks() throws {
    // Before TLS 1.3 a suite is shared only if a group fits as well.
    let offer = ClientHello.offer(versions: [0x0303], suites: [0xc02f, 0xc02b, 0xc030], groups: [0x0018])
    let builder = FixtureBuilder.refused(offer, by: .handshakeFailure)
    let logs = LogEvidence(server: try log(.server, .tlsCipherSuite, .certain))
    let causes = Diagnosis.diagnose(builder.inquiry(logs: logs))
    #expect(causes.first?.code == .tlsGroup && !causes.contains { $0.code == .tlsCipherSuite })
    #expect(causes.first?.title.contains("secp384r1") == true)
  }

  @Test func whyAnAuthorityIsUnknownNeedsTheChain() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .unknownCA)
    let logs = LogEvidence(client: try log(.client, .certUntrusted, .certain))
    let causes = Diagnosis.diagnose(builder.inquiry(logs: logs))
    #expect(causes.first?.code == .certUntrusted && causes.first?.confidence == .likely)
  }

  @Test func aReasonThatALogNamesTakesTheBareRefusalAsItsEvidence() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .badCertificate)
    #expect(Diagnosis.diagnose(builder.inquiry()).first?.code == .certRejected)
    let logs = LogEvidence(client: try log(.client, .certNameMismatch, .likely))
    let causes = Diagnosis.diagnose(builder.inquiry(logs: logs))
    #expect(causes.map(\.code) == [.certNameMismatch])
    #expect(causes.first?.evidence.contains { !$0.frames.isEmpty } == true)
  }

  /// A log that says how it came about gives the words and the advice, not the code's general ones.
  @Test func aMechanismThatALogNamesGivesTheAdvice() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, nil)
    builder.fin(.client)
    let log = LogReader.read("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))", side: .client)
    let cause = try #require(Diagnosis.diagnose(builder.inquiry(logs: LogEvidence(client: log))).first)
    #expect(cause.mechanism?.description == "cert.usage/ca-as-leaf" && cause.confidence == .certain)
    #expect(cause.remedies.contains { $0.text.contains("CA:FALSE") })
    #expect(!cause.remedies.contains { $0.text.contains("webpki-roots") })
  }

  /// The failing client may never have come to the network.
  @Test func aLogMaySayWhyNothingWasSent() throws {
    let log = LogReader.read("java.io.IOException: keystore password was incorrect", side: .client)
    let empty = CaptureStory(name: "empty.pcap")
    let said = Comparison(working: empty, failing: empty, logs: LogEvidence(client: log)).causes.first
    #expect(said?.mechanism?.description == "capture.incomplete/client-setup")
    #expect(said?.evidence.contains { $0.text.contains("holds no connection") } == true)
    let silent = Comparison(working: empty, failing: empty).causes.first
    #expect(silent?.code == .captureIncomplete && silent?.mechanism == nil)
  }

  @Test func aCertainLogOutweighsAGuess() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, nil)
    builder.fin(.client)
    #expect(Diagnosis.diagnose(builder.inquiry()).first?.code == .certRejected)
    let logs = LogEvidence(client: try log(.client, .certExpired, .certain))
    #expect(Diagnosis.diagnose(builder.inquiry(logs: logs)).first?.code == .certExpired)
  }

  @Test func aLogDoesNotOutweighWhatStandsInTheClear() throws {
    let builder = FixtureBuilder.refused(by: .inappropriateFallback)
    let logs = LogEvidence(server: try log(.server, .tlsCipherSuite, .certain))
    #expect(Diagnosis.diagnose(builder.inquiry(logs: logs)).first?.code == .tlsFallback)
  }

  @Test func whatALogSaysOfTCPIsLeftToThePackets() throws {
    let builder = FixtureBuilder.refused(by: .handshakeFailure)
    let logs = LogEvidence(server: try log(.server, .tcpRefused, .certain))
    #expect(!Diagnosis.diagnose(builder.inquiry(logs: logs)).contains { $0.code == .tcpRefused })
  }

  @Test func aLoggedNameIsReadInTheLightOfTheHello() throws {
    let nameless = FixtureBuilder.refused(.offer(name: nil), by: .handshakeFailure)
    let named = FixtureBuilder.refused(by: .handshakeFailure)
    let unrecognized = LogEvidence(server: try log(.server, .tlsSNIUnrecognized, .certain))
    let missing = LogEvidence(server: try log(.server, .tlsSNIMissing, .certain))
    #expect(Diagnosis.diagnose(nameless.inquiry(logs: unrecognized)).first?.code == .tlsSNIMissing)
    #expect(Diagnosis.diagnose(named.inquiry(logs: missing)).first?.code == .tlsSNIUnrecognized)
  }

  @Test func evidenceNamesEachFrameOnceAndInOrder() {
    for cause in Diagnosis.diagnose(FixtureBuilder.refused(by: .protocolVersion).ended()) {
      for evidence in cause.evidence {
        #expect(evidence.frames == Array(Set(evidence.frames)).sorted())
      }
    }
  }

  // MARK: Endings

  @Test func whatOneSideSaysAfterTheOtherHasLeftIsAConsequence() {
    var builder = FixtureBuilder.greeted()
    builder.fin(.server)
    builder.alert(.client, .handshakeFailure)
    let ending = Ending(builder.ended())
    #expect(ending.ender == .server && ending.manner == .fin && ending.phase == .clientHello)
  }

  @Test func aCloseNotifyIsNoLastWord() {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .closeNotify)
    builder.reset(.client)
    let ending = Ending(builder.ended())
    #expect(ending.manner == .reset && ending.ender == .client && ending.alert == nil && ending.isSilentClose)
  }

  @Test func phasesFollowTheHandshake() {
    var builder = FixtureBuilder()
    builder.syn()
    #expect(Ending(builder.ended()).phase == .connecting)
    builder = FixtureBuilder()
    builder.connect()
    #expect(Ending(builder.ended()).phase == .connected)
    builder.say(.client, .httpRequest, "GET /")
    #expect(Ending(builder.ended()).phase == .plaintext)
    #expect(Ending(FixtureBuilder.greeted().ended()).phase == .clientHello)
    builder = .greeted()
    builder.answer(.answer())
    #expect(Ending(builder.ended()).phase == .serverHello)
    #expect(Ending(FixtureBuilder.flight13().ended()).phase == .serverFlight)
    builder = .flight13()
    builder.encrypted(.client, 53)
    #expect(Ending(builder.ended()).phase == .clientFlight)
    #expect(Ending(FixtureBuilder.established()).phase == .established)
    let phases: [Ending.Phase] = [
      .connecting, .connected, .plaintext, .clientHello, .serverHello, .serverFlight, .clientFlight, .established,
    ]
    #expect(phases == phases.sorted())
    #expect(Set(phases.map(\.described)).count == phases.count)
  }

  // MARK: What the capture lacks

  @Test func aCaptureThatBeginsTooLateSaysSo() {
    var builder = FixtureBuilder()
    builder.encrypted(.server, 100)
    builder.network { $0.isStartMissing = true }
    #expect([Mechanism.captureIncomplete].said(builder.inquiry()) == [.captureIncomplete: .proof])
    #expect(
      [Mechanism.captureIncomplete].claims(
        Inquiry(attempt: Attempt(connections: [], lookups: []), connection: builder.ended(.established))
      ).isEmpty)
  }

  @Test func cutFramesOneSideAndMissingBytesAreEachAReason() {
    var cut = FixtureBuilder.greeted()
    cut.network { $0.truncatedFrames = 3 }
    #expect([Mechanism.captureIncomplete].said(cut.inquiry()) == [.captureIncomplete: .proof])
    var oneSided = FixtureBuilder.greeted()
    oneSided.network { $0.server.segments = 0 }
    #expect([Mechanism.captureIncomplete].said(oneSided.inquiry()) == [.captureIncomplete: .proof])
    var missing = FixtureBuilder.greeted()
    missing.network { $0.server.missingBytes = 900 }
    #expect([Mechanism.captureIncomplete].said(missing.inquiry()) == [.captureIncomplete: .strong])
    missing.answer(.answer())
    #expect([Mechanism.captureIncomplete].said(missing.inquiry()) == [.captureIncomplete: .usual])
    var several = cut
    several.network { $0.server.missingBytes = 900 }
    #expect([Mechanism.captureIncomplete].claims(several.inquiry()).first?.claim.observations.count == 2)
  }

  @Test func aCloseBehindMissingBytesBlamesNoCertificate() {
    var builder = FixtureBuilder.flight13()
    builder.network { $0.client.missingBytes = 74 }
    builder.fin(.client)
    let cause = Diagnosis.diagnose(builder.ended(.incomplete)).first
    #expect(cause?.code == .captureIncomplete)
    #expect(cause?.title.hasSuffix("to say whether the handshake completed") == true)
    #expect(Diagnosis.diagnose(builder.ended(.failed)).first?.code != .captureIncomplete)
  }

  @Test func aWholeCaptureOfAFailureLacksNothing() {
    #expect([Mechanism.captureIncomplete].claims(FixtureBuilder.refused(by: .handshakeFailure).inquiry()).isEmpty)
  }

  // MARK: Who asks for nothing

  @Test(arguments: [([ExtensionType.preSharedKey], false), ([], true)])
  func aHandshakeWithAPreSharedKeyAsksForNoCertificate(extensions: [ExtensionType], asks: Bool) {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer(extensions: extensions))
    builder.encrypted(.server, 900, 53)
    builder.encrypted(.client, 80)
    builder.alert(.server, nil)
    builder.fin(.server)
    #expect([Mechanism.certClientRequiredAfterFinished].claims(builder.inquiry()).isEmpty != asks)
  }

  // MARK: Who left before the answer

  private func leaving(after seconds: Double) -> FixtureBuilder {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.wait(seconds)
    builder.fin(.client)
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    let frame = builder.frame
    builder.network { $0.server.unreceivedFrom = frame }
    builder.message(.server, .serverHelloDone)
    return builder
  }

  @Test func whoWithdrawsASpareConnectionTurnedNothingDown() throws {
    let cause = try #require(Diagnosis.diagnose(leaving(after: 0.03).ended(.incomplete)).first)
    #expect(cause.code == .captureIncomplete)
    #expect(cause.mechanism?.description == "capture.incomplete/withdrawn")
    #expect(cause.title.hasPrefix("The client withdrew the connection 32 ms after its ClientHello"))
    #expect(cause.evidence.flatMap(\.frames) == [4, 6, 7])
  }

  @Test func whoGaveUpBeforeTheAnswerReachedItTurnedNothingDownEither() throws {
    let connection = leaving(after: 3).ended()
    #expect(Ending(connection).phase == .clientHello)
    let causes = Diagnosis.diagnose(connection)
    #expect(causes.map(\.code) == [.tlsUnknown])
    #expect(causes.first?.mechanism?.description == "tls.unknown/unreceived")
    #expect(causes.first?.title.contains("gave up 3.0 s after its ClientHello") == true)
  }

  @Test func aConnectionThatNobodyUsedIsSaidToBeUnused() throws {
    var builder = FixtureBuilder()
    builder.connect()
    builder.wait(21)
    builder.fin(.server)
    let cause = try #require(Diagnosis.diagnose(builder.ended(.incomplete)).first)
    #expect(cause.title == "Nobody used the connection: the client sent nothing, and the server closed it after 21.0 s")
    #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
  }

  @Test func attemptsLastFromTheFirstToTheLast() throws {
    var builder = FixtureBuilder()
    builder.syn()
    builder.wait(1)
    builder.syn()
    builder.wait(2)
    builder.syn()
    builder.wait(10_252_243)
    let claim = try #require([Mechanism.tcpTimeout].claims(builder.inquiry()).first?.claim)
    #expect(claim.observations.map(\.text) == ["3 SYNs over 3.0 s, no SYN-ACK, no RST, no ICMP error"])
  }
}
