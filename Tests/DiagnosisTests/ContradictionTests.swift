import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// A log's cause gives way to what stands in the packets.
@Suite struct ContradictionTests {
  private func log(_ side: Role, _ cause: CauseCode) throws -> LogEvidence {
    // Read from a real line, then changed: findings have no other maker.
    var findings = LogReader.read("received fatal alert: HandshakeFailure\n", side: side)
    var finding = try #require(findings.findings.first)
    (finding.cause, finding.confidence, finding.peer, finding.time) = (cause, .certain, nil, nil)
    finding.isPeerAlert = false
    findings.findings = [finding]
    return side == .client ? LogEvidence(client: findings) : LogEvidence(server: findings)
  }

  private func logged(_ inquiry: Inquiry) -> [CauseCode: Grade] {
    Dictionary(LoggedReasons.claims(inquiry).map { ($0.id.code, $0.claim.grade) }, uniquingKeysWith: max)
  }

  private func grade(_ cause: CauseCode, _ builder: FixtureBuilder, by side: Role = .client) throws -> Grade? {
    logged(builder.inquiry(logs: try log(side, cause)))[cause]
  }

  private func answered(_ offer: ClientHello, _ answer: ServerHello) -> FixtureBuilder {
    var builder = FixtureBuilder.greeted(offer)
    builder.answer(answer)
    return builder
  }

  // MARK: Negotiation

  @Test(arguments: [
    CauseCode.tlsVersion, .tlsFallback, .tlsCipherSuite, .tlsGroup, .tlsSNIUnrecognized, .appPlaintextServer,
    .appPlaintextClient,
  ])
  func aServerHelloSettlesWhatItChose(_ cause: CauseCode) throws {
    #expect(try grade(cause, .flight13()) == nil)
  }

  @Test func withoutAServerHelloTheLogStands() throws {
    for cause in [CauseCode.tlsVersion, .tlsCipherSuite, .tlsGroup, .tlsSNIUnrecognized, .appPlaintextServer] {
      #expect(try grade(cause, .refused(by: .handshakeFailure)) == .strong, "\(cause)")
    }
  }

  @Test func aServerHelloMayChooseWhatTheClientCannotAccept() throws {
    // TLS 1.0 in answer to a hello that does not say how far down it goes, or a suite and a group that were not offered.
    let legacy = answered(.offer(versions: [0x0303]), .answer(version: 0x0301, suite: 0xc013))
    #expect(try grade(.tlsVersion, legacy) == .strong)
    #expect(try grade(.tlsFallback, legacy) == .strong)
    #expect(try grade(.tlsCipherSuite, legacy) == .strong)
    #expect(try grade(.tlsGroup, answered(.offer(), .answer(group: 0x0018))) == .strong)
  }

  @Test func aHelloRetryRequestSettlesNoGroup() throws {
    #expect(try grade(.tlsGroup, answered(.offer(), .answer(retries: true))) == .strong)
  }

  @Test func anAlertOfTheLoggedKindOutweighsTheServerHello() throws {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .protocolVersion)
    #expect(try grade(.tlsVersion, builder) == .strong)
    var warned = FixtureBuilder.greeted()
    warned.alert(.server, .unrecognizedName)
    warned.answer(.answer())
    #expect(try grade(.tlsSNIUnrecognized, warned) == .strong)
  }

  @Test func onlyAVisibleChoiceSettlesTheApplicationProtocol() throws {
    let offer = ClientHello.offer(protocols: ["h2"])
    #expect(try grade(.tlsALPN, .flight13(offer)) == .strong)
    var silent = ServerHello.answer(version: 0x0303, suite: 0xc02f)
    #expect(try grade(.tlsALPN, answered(offer, silent)) == .strong)
    #expect(try grade(.tlsALPN, answered(offer, silent), by: .server) == nil)
    silent.applicationProtocol = "h2"
    #expect(try grade(.tlsALPN, answered(offer, silent)) == nil)
  }

  @Test func aFatalAlertOfAnotherKindMakesTheLogPossibleOnly() throws {
    let builder = FixtureBuilder.refused(by: .noApplicationProtocol)
    #expect(try grade(.tlsCipherSuite, builder).map { $0 < .usual } == true)
    #expect(try grade(.tlsALPN, builder) == .strong)
    let claim = try #require(
      LoggedReasons.claims(builder.inquiry(logs: try log(.client, .tlsCipherSuite))).first?.claim)
    let frame = try #require(builder.connection.transcript.alerts.first?.frame)
    #expect(claim.observations.last?.frames == [frame])
    #expect(claim.observations.last?.text.contains("no_application_protocol") == true)
  }

  @Test func plaintextBeforeTheHelloLeavesTheLogItsWord() throws {
    var builder = FixtureBuilder.flight13()
    builder.transcript { $0.serverTLSOffset = 30 }
    #expect(try grade(.appPlaintextServer, builder) == .strong)
  }

  // MARK: Certificates

  /// The grade of a logged cause for the failing connection of a recorded pair, in which the server's certificate shows.
  private func grade(
    _ cause: CauseCode, _ pair: String, by side: Role = .client, alert: AlertDescription? = nil
  )
    throws -> Grade?
  {
    let story = try Fixture.named(pair).story(.failing)
    var connection = try #require(story.connections.first { $0.transcript.serverCertificates != nil })
    connection.transcript.alerts.removeAll()
    if let alert {
      connection.transcript.alerts = [
        AlertNote(
          frame: connection.lastFrame, time: connection.ended, sender: .client,
          alert: Alert(level: .fatal, description: alert), isEncrypted: false, recordLength: 2)
      ]
    }
    let inquiry = Inquiry(
      attempt: Attempt(connections: [connection], lookups: []), connection: connection, logs: try log(side, cause))
    return logged(inquiry)[cause]
  }

  @Test func datesThatAreSeenToBeRightMakeTheLogPossibleOnly() throws {
    for cause in [CauseCode.certExpired, .certNotYetValid] {
      #expect(try grade(cause, "untrusted-tls12-java").map { $0 < .usual } == true)
      // The client's clock may be wrong; the server's word is about the client's certificate.
      #expect(try grade(cause, "untrusted-tls12-java", alert: .certificateExpired) == .strong)
      #expect(try grade(cause, "untrusted-tls12-java", by: .server) == .strong)
    }
    #expect(try grade(.certExpired, "expired-tls12-java") == .strong)
  }

  @Test func aNameThatIsSeenToFitMakesTheLogPossibleOnly() throws {
    #expect(try grade(.certNameMismatch, "untrusted12-nginx-gnutls").map { $0 < .usual } == true)
    #expect(try grade(.certNameMismatch, "name12-haproxy-go") == .strong)
  }

  @Test func aCertificateThatAnotherIssuedIsNotSelfSigned() throws {
    #expect(try grade(.certSelfSigned, "untrusted-tls12-java") == nil)
    #expect(try grade(.certSelfSigned, "selfsigned-tls12-java") == .strong)
  }

  @Test func aServerThatAsksForNoCertificateMissesNone() throws {
    #expect(try grade(.certClientRequired, "untrusted-tls12-java") == nil)
    #expect(try grade(.certClientRequired, "mtls-missing-tls12-java", by: .server) == .strong)
  }

  @Test func aHelloThatTheServerRefusesMeetsNoCertificate() throws {
    #expect(try grade(.certExpired, .refused(by: .handshakeFailure)) == nil)
    #expect(try grade(.certWeak, .refused(by: .handshakeFailure)) == .strong)
  }

  // MARK: The whole answer

  @Test func theNoteOnALogSaysWhatSpeaksAgainstIt() throws {
    let comparison = Comparison(
      working: FixtureBuilder.established(), failing: FixtureBuilder.flight13().ended(),
      logs: try log(.client, .tlsVersion))
    #expect(!comparison.causes.contains { $0.code == .tlsVersion })
    #expect(comparison.notes.contains { $0.contains("against which the packets speak") && $0.contains("ServerHello") })
  }
}
