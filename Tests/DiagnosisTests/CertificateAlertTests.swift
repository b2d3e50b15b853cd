import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// The same certificate, turned down in other words: recorded connections whose alert is exchanged.
@Suite struct CertificateAlertTests {
  /// The failing connection of a recorded pair, with the client's alert replaced.
  private func refusal(_ id: String, by alert: AlertDescription?) throws -> Inquiry {
    let fixture = try Fixture.named(id)
    var connection = try #require(
      try fixture.story(.failing).connections.first { $0.transcript.serverCertificates != nil })
    let index = try #require(connection.transcript.alerts.firstIndex { $0.sender == .client })
    connection.transcript.alerts[index].alert = alert.map { Alert(level: .fatal, description: $0) }
    connection.transcript.alerts[index].isEncrypted = alert == nil
    return Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection)
  }

  private func said(_ id: String, by alert: AlertDescription?) throws -> [CauseCode: Grade] {
    [Mechanism].serverCertificate.said(try refusal(id, by: alert))
  }

  @Test(
    arguments: [
      (AlertDescription.certificateExpired, Grade.proof), (.badCertificate, Grade.proof),
      (.certificateUnknown, Grade.proof), (.unknownCA, Grade.usual),
      (.handshakeFailure, Grade.strong), (.unexpectedMessage, nil), (.protocolVersion, nil),
    ] as [(AlertDescription, Grade?)])
  func anExpiredCertificateIsWeighedByTheAlert(alert: AlertDescription, grade: Grade?) throws {
    #expect(try said("expired12-openssl-gnutls", by: alert)[.certExpired] == grade)
  }

  @Test(arguments: [
    (AlertDescription.badCertificate, Grade.proof), (.certificateUnknown, Grade.proof),
    (.certificateExpired, Grade.hint), (.internalError, Grade.strong),
  ]) func anotherNameIsWeighedByTheAlert(alert: AlertDescription, grade: Grade) throws {
    #expect(try said("name12-haproxy-go", by: alert)[.certNameMismatch] == grade)
  }

  @Test(arguments: [
    (AlertDescription.unsupportedCertificate, Grade.proof), (.certificateUnknown, Grade.proof),
    (.unknownCA, Grade.hint), (.handshakeFailure, Grade.strong),
  ]) func theWrongUsageIsWeighedByTheAlert(alert: AlertDescription, grade: Grade) throws {
    #expect(try said("usage-client-eku-java12", by: alert)[.certUsage] == grade)
  }

  @Test func aClockThatContradictsAValidCertificateIsTheClients() throws {
    #expect(try said("clock12-openssl", by: .certificateExpired)[.certExpired] == .strong)
    #expect(try said("clock12-openssl", by: .certificateExpired)[.certNotYetValid] == .hint)
    // It was captured in the hour of its issue.
    #expect(try said("clock12-openssl", by: .badCertificate)[.certNotYetValid] == .hint)
    #expect(try said("clock12-openssl", by: .unknownCA)[.certNotYetValid] == nil)
  }

  @Test(arguments: [
    (AlertDescription.certificateUnknown, Grade.strong), (.unknownCA, Grade.strong), (.certificateExpired, Grade.usual),
  ])
  func aNameThatItsAuthorityMayNotIssueForIsWeighedByTheAlert(alert: AlertDescription, grade: Grade) throws {
    #expect(try said("constraint-apache12-openssl", by: alert)[.certUsage] == grade)
  }

  @Test func aRevocationIsWhatTheClientSays() throws {
    #expect(try said("untrusted12-nginx-gnutls", by: .certificateRevoked)[.certRevoked] == .proof)
    #expect(try said("untrusted12-nginx-gnutls", by: .badCertificateStatusResponse)[.certRevoked] == .proof)
    #expect(try said("untrusted12-nginx-gnutls", by: .unknownCA)[.certRevoked] == nil)
  }

  @Test(arguments: ["mtls-missing-nginx-http400", "fine-optional-client-certificate"])
  func aCompletedHandshakeWithoutTheWorkingOnesClientCertificateLeavesADoubt(_ id: String) throws {
    let fixture = try Fixture.named(id)
    let causes = Comparison(working: try fixture.story(.working), failing: try fixture.story(.failing)).causes
    #expect(causes.map(\.code) == [CauseCode.none, .certClientRequired])
    #expect(causes.last?.confidence == .possible)
    #expect(causes.last?.evidence.map(\.capture) == [.failing, .working])
  }

  @Test func aLogTellsWhyAClientLeftACompletedHandshake() throws {
    let fixture = try Fixture.named("expired13-haproxy-chrome")
    let failing = try fixture.story(.failing)
    let connection = try #require(failing.connections.first)
    #expect(Diagnosis.diagnose(connection).first?.code == CauseCode.none)
    #expect(Diagnosis.diagnose(connection, logs: try fixture.logs()).first?.code == .certExpired)
    // What a log says of another client's certificate is not this one's.
    var logs = try fixture.logs()
    logs.client = nil
    logs.server = LogReader.read(Array("peer did not return a certificate".utf8), side: .server)
    #expect(logs.server?.findings.first?.cause == .certClientRequired)
    #expect(Diagnosis.diagnose(connection, logs: logs).first?.code == CauseCode.none)
  }

  @Test func trustIsBlamedOnlyWhereTheCertificateHasNoFaultOfItsOwn() throws {
    let sound = try said("untrusted12-nginx-gnutls", by: .badCertificate)
    let expired = try said("expired12-openssl-gnutls", by: .badCertificate)
    let trust: Set<CauseCode> = [.certUntrusted, .certIncompleteChain]
    #expect(sound.filter { trust.contains($0.key) }.values.max().map { $0 >= .usual } == true)
    #expect(expired.filter { trust.contains($0.key) }.values.allSatisfy { $0 < .usual })
  }

  @Test func aClientThatIsContentHasNoCertificateProblem() throws {
    for fixture in ["expired12-openssl-gnutls", "name12-haproxy-go"] {
      let refused = try refusal(fixture, by: .badCertificate)
      var (attempt, connection) = (refused.attempt, try #require(refused.connection))
      connection.outcome = .established
      attempt.connections[0].outcome = .established
      let inquiry = Inquiry(
        attempt: attempt, connection: connection, workingAttempt: refused.workingAttempt, working: refused.working)
      // That it left at once is a doubt about a handshake that completed, and no more.
      #expect([Mechanism].serverCertificate.said(inquiry).values.allSatisfy { $0 < .usual })
      #expect(Diagnosis.diagnose(inquiry).first?.code == CauseCode.none)
    }
  }

  @Test(
    arguments: [
      (0, "RSA", Int?.none), (1023, "RSA", 1), (1024, "RSA", 0), (2047, "RSA", 0), (2048, "RSA", nil), (1024, "DSA", 0),
      (192, "EC", 1), (223, "EC", 1), (224, "EC", nil), (256, "Ed25519", nil),
    ] as [(Int, String, Int?)])
  func keysAreWeakBelowWhatPoliciesAccept(bits: Int, algorithm: String, isBroken: Int?) {
    var facts = CertificateFacts()
    facts.keyAlgorithm = algorithm
    facts.keyBits = bits == 0 ? nil : bits
    #expect(facts.weakness(ignoringSignature: false).map { $0.isBroken ? 1 : 0 } == isBroken)
  }

  @Test(
    arguments: [
      ("md5WithRSAEncryption", "MD5"), ("sha1WithRSAEncryption", "SHA1"), ("ecdsa-with-SHA1", "SHA1"),
      ("md2WithRSAEncryption", "MD2"), ("rsassaPss", "SHA1"),
    ])
  func oldDigestsAreBrokenButNotOnARoot(algorithm: String, hash: String) {
    var facts = CertificateFacts()
    facts.signatureAlgorithm = algorithm
    facts.signatureHash = hash
    #expect(facts.weakness(ignoringSignature: false)?.isBroken == true)
    #expect(facts.weakness(ignoringSignature: true) == nil)
    facts.signatureAlgorithm = "sha256WithRSAEncryption"
    facts.signatureHash = "SHA256"
    #expect(facts.weakness(ignoringSignature: false) == nil)
  }

  // MARK: A certificate that nobody sees

  @Test(
    arguments: [
      (AlertDescription.certificateExpired, CauseCode.certExpired, Grade.proof),
      (.certificateRevoked, .certRevoked, Grade.proof),
      (.badCertificateStatusResponse, .certRevoked, Grade.strong), (.unsupportedCertificate, .certUsage, Grade.strong),
      (.unknownCA, .certUntrusted, Grade.strong), (.badCertificate, .certRejected, Grade.strong),
      (.certificateUnknown, .certRejected, Grade.strong),
      (.handshakeFailure, .certRejected, Grade.hint), (.internalError, .certRejected, Grade.hint),
      (nil, .certRejected, Grade.strong),
    ] as [(AlertDescription?, CauseCode, Grade)])
  func aHiddenCertificateIsJudgedByTheAlertAlone(alert: AlertDescription?, code: CauseCode, grade: Grade) {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, alert)
    builder.fin(.client)
    #expect([Mechanism].hiddenCertificate.said(builder.inquiry())[code] == grade)
  }

  @Test func alertsThatHaveNothingToDoWithCertificatesSayNothingOfOne() {
    var builder = FixtureBuilder.flight13()
    builder.alert(.client, .unexpectedMessage)
    #expect([Mechanism].hiddenCertificate.claims(builder.inquiry()).isEmpty)
  }

  @Test func leavingWithoutAWordAtOnceIsARefusalAndAfterAWaitLessSo() {
    var builder = FixtureBuilder.flight13()
    builder.fin(.client)
    #expect([Mechanism].hiddenCertificate.said(builder.inquiry()) == [.certRejected: .usual])
    builder = .flight13()
    builder.wait(5)
    builder.fin(.client)
    #expect([Mechanism].hiddenCertificate.said(builder.inquiry()) == [.certRejected: .hint])
  }

  @Test func aServerThatLeavesHasNotTurnedItsOwnCertificateDown() {
    var builder = FixtureBuilder.flight13()
    builder.fin(.server)
    #expect([Mechanism].hiddenCertificate.claims(builder.inquiry()).isEmpty)
  }

  @Test func aHelloWithoutANameMayHaveBeenShownAnotherCertificate() {
    var builder = FixtureBuilder.flight13(.offer(name: nil))
    builder.alert(.client, nil)
    builder.fin(.client)
    let said = [Mechanism].hiddenCertificate.said(builder.inquiry(working: FixtureBuilder.established()))
    #expect(said == [.certRejected: .strong, .tlsSNIMissing: .usual])
  }

  // MARK: Client certificates

  private func flight(_ lengths: [Int], then alert: AlertDescription?, isWordless: Bool = false) -> FixtureBuilder {
    var builder = FixtureBuilder.flight13()
    for length in lengths { builder.encrypted(.client, length) }
    if !isWordless { builder.alert(.server, alert) }
    builder.fin(.server)
    return builder
  }

  @Test func certificateRequiredIsCertain() {
    #expect(
      [Mechanism].clientCertificate.said(flight([25, 53], then: .certificateRequired).inquiry()) == [
        .certClientRequired: .proof
      ])
  }

  @Test(arguments: [
    ([25, 53], CauseCode.certClientRequired, Grade.strong), ([41, 69], .certClientRequired, Grade.strong),
    ([61], .certClientRequired, Grade.strong),
    ([77], .certClientRequired, Grade.strong), ([900, 280, 53], .certClientRejected, Grade.strong),
    ([1200, 69], .certClientRejected, Grade.strong),
    ([53], .tlsDecrypt, Grade.usual), ([69], .tlsDecrypt, Grade.usual), ([120, 53], .certClientRequired, Grade.usual),
  ]) func theSizesOfTheClientsFlightTellWhatWasInIt(lengths: [Int], code: CauseCode, grade: Grade) {
    #expect([Mechanism].clientCertificate.said(flight(lengths, then: nil).inquiry()) == [code: grade])
  }

  @Test func aWordlessCloseOnAFinishedAloneSaysNothing() {
    #expect([Mechanism].clientCertificate.claims(flight([53], then: nil, isWordless: true).inquiry()).isEmpty)
  }

  @Test func alertsThatSayOtherwiseAreNotAboutTheCertificate() {
    #expect([Mechanism].clientCertificate.claims(flight([25, 53], then: .decodeError).inquiry()).isEmpty)
  }

  /// TLS 1.2, where request and answer stand in the clear.
  private func visible(
    _ chain: [Certificate]?, then alert: AlertDescription?, by role: Role = .server
  ) -> FixtureBuilder {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    builder.message(.server, .serverHelloDone)
    let (frame, time) = (builder.frame, builder.now)
    builder.transcript {
      $0.certificateRequest = Observed(
        CertificateRequest(certificateTypes: [1], signatureSchemes: [], authorities: []), frame: frame, time: time)
      $0.clientCertificates = chain.map { Observed($0, frame: frame, time: time) }
    }
    if chain != nil { builder.message(.client, .certificate) }
    if let alert { builder.alert(role, alert) }
    builder.fin(role)
    return builder
  }

  @Test(
    arguments: [
      (AlertDescription.handshakeFailure, Grade.proof), (.badCertificate, Grade.proof), (nil, Grade.proof),
      (.decryptError, Grade.usual),
      (.badRecordMAC, Grade.usual),
    ] as [(AlertDescription?, Grade)])
  func anEmptyCertificateIsWhatTheServerRefuses(alert: AlertDescription?, grade: Grade) {
    #expect([Mechanism].clientCertificate.said(visible([], then: alert).inquiry()) == [.certClientRequired: grade])
  }

  @Test(
    arguments: [
      (AlertDescription.unknownCA, Grade.proof), (.certificateExpired, Grade.proof), (.handshakeFailure, Grade.strong),
      (.decryptError, Grade.usual),
      (.noApplicationProtocol, nil),
    ] as [(AlertDescription, Grade?)])
  func aCertificateThatWasSentIsRejectedByTheAlert(alert: AlertDescription, grade: Grade?) {
    let said = [Mechanism].clientCertificate.said(visible([Certificate(der: [0x30, 0])], then: alert).inquiry())
    #expect(said[.certClientRejected] == grade)
    #expect(said.count == (grade == nil ? 0 : 1))
  }

  @Test func aRequestThatIsNotAnsweredIsWeaker() {
    #expect(
      [Mechanism].clientCertificate.said(visible(nil, then: .handshakeFailure).inquiry()) == [
        .certClientRequired: .strong
      ])
  }

  @Test func aClientThatWalksAwayFromTheRequestIsWeakestAndNotWhereItBlamesTheServersCertificate() {
    #expect(
      [Mechanism].clientCertificate.said(visible(nil, then: .handshakeFailure, by: .client).inquiry()) == [
        .certClientRequired: .hint
      ])
    #expect([Mechanism].clientCertificate.claims(visible(nil, then: .unknownCA, by: .client).inquiry()).isEmpty)
  }

  // MARK: After the handshake

  @Test func aClientThatLeavesAtOnceIsDoubtedOnlyBesideOneThatStays() throws {
    let working = FixtureBuilder.established()
    for (isAbrupt, grade) in [(true, Grade.usual), (false, .hint)] {
      var builder = FixtureBuilder.flight13()
      builder.encrypted(.client, 53)
      if !isAbrupt { builder.alert(.client, nil) }
      builder.fin(.client)
      let connection = builder.ended(.established)
      let alone = Diagnosis.diagnose(connection)
      #expect(alone.map(\.code) == [CauseCode.none])
      let inquiry = Inquiry(
        attempt: Attempt(connections: [connection], lookups: []), connection: connection,
        workingAttempt: Attempt(connections: [working], lookups: []), working: working)
      #expect(Mechanism.doubts.said(inquiry) == [.certRejected: grade])
      let codes = Diagnosis.diagnose(inquiry).map(\.code)
      #expect(codes == (isAbrupt ? [.certRejected] : [CauseCode.none, .certRejected]))
    }
  }

  @Test func aServerThatEndsAnEstablishedConnectionLeavesNoDoubt() {
    var builder = FixtureBuilder.flight13()
    builder.encrypted(.client, 53)
    builder.fin(.server)
    let inquiry = Inquiry(
      attempt: Attempt(connections: [builder.ended(.established)], lookups: []),
      connection: builder.ended(.established),
      working: FixtureBuilder.established())
    #expect(Mechanism.doubts.claims(inquiry).isEmpty)
  }
}
