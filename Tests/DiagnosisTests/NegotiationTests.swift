import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import Diagnosis

/// What a server says of a hello, and what a hello that it took before says about that.
@Suite struct NegotiationTests {
  // MARK: Names

  @Test(
    arguments: [
      (AlertDescription.unrecognizedName, Grade.proof, Grade.proof), (.missingExtension, Grade.strong, Grade.proof),
      (.accessDenied, Grade.usual, Grade.proof),
      (.internalError, Grade.usual, Grade.proof), (.handshakeFailure, Grade.hint, Grade.usual),
      (.decodeError, nil, nil),
    ] as [(AlertDescription, Grade?, Grade?)])
  func anAlertToAHelloWithoutANameIsWeighed(alert: AlertDescription, alone: Grade?, besideAName: Grade?) {
    let builder = FixtureBuilder.refused(.offer(name: nil), by: alert)
    #expect([Mechanism].serverName.said(builder.inquiry())[.tlsSNIMissing] == alone)
    let working = FixtureBuilder.established()
    #expect([Mechanism].serverName.said(builder.inquiry(working: working))[.tlsSNIMissing] == besideAName)
  }

  @Test func aSilentCloseOnAHelloWithoutANameCountsOnlyWhereTheOtherHadOne() {
    var builder = FixtureBuilder.greeted(.offer(name: nil))
    builder.reset(.server)
    #expect([Mechanism].serverName.claims(builder.inquiry()).isEmpty)
    #expect(
      [Mechanism].serverName.said(builder.inquiry(working: FixtureBuilder.established())) == [.tlsSNIMissing: .strong])
    let nameless = FixtureBuilder.established(.offer(name: nil))
    #expect([Mechanism].serverName.claims(builder.inquiry(working: nameless)).isEmpty)
  }

  @Test(
    arguments: [
      (AlertDescription.unrecognizedName, Grade.proof, Grade.proof), (.accessDenied, Grade.usual, Grade.strong),
      (.internalError, nil, Grade.usual),
      (.handshakeFailure, nil, Grade.usual), (.decodeError, nil, nil),
    ] as [(AlertDescription, Grade?, Grade?)])
  func anAlertToANameIsWeighedByTheNameThatWorks(alert: AlertDescription, sameName: Grade?, otherName: Grade?) {
    let builder = FixtureBuilder.refused(.offer(name: "other.test"), by: alert)
    let same = FixtureBuilder.established(.offer(name: "other.test"))
    #expect([Mechanism].serverName.said(builder.inquiry(working: same))[.tlsSNIUnrecognized] == sameName)
    #expect(
      [Mechanism].serverName.said(builder.inquiry(working: FixtureBuilder.established()))[.tlsSNIUnrecognized]
        == otherName)
  }

  @Test func aWarningAboutANameEndsNothing() {
    var builder = FixtureBuilder.greeted()
    let note = AlertNote(
      frame: 6, time: builder.now, sender: .server,
      alert: Alert(level: .warning, description: .unrecognizedName), isEncrypted: false, recordLength: 2)
    builder.transcript { $0.alerts.append(note) }
    #expect([Mechanism].serverName.claims(builder.inquiry()).isEmpty)
    #expect(Ending(builder.ended()).manner == .silence)
  }

  // MARK: Versions

  @Test func aServersProtocolVersionAlertIsCertain() {
    let builder = FixtureBuilder.refused(.offer(versions: [0x0301], suites: [0x002f]), by: .protocolVersion)
    #expect([Mechanism].versions.said(builder.inquiry()) == [.tlsVersion: .proof])
    let finding = [Mechanism].versions.claims(builder.inquiry(working: FixtureBuilder.established())).first
    #expect(finding?.claim.headline.contains("the server wants TLS 1.3") == true)
  }

  @Test func aClientsProtocolVersionAlertCountsOnlyAgainstAServerHello() {
    var builder = FixtureBuilder.greeted()
    builder.alert(.client, .protocolVersion)
    #expect([Mechanism].versions.claims(builder.inquiry()).isEmpty, "letters of plaintext read as a version")
    builder = .greeted()
    builder.answer(.answer(version: 0x0301, suite: 0x002f))
    builder.alert(.client, .protocolVersion)
    #expect([Mechanism].versions.said(builder.inquiry()) == [.tlsVersion: .proof])
  }

  @Test func anAnswerInAVersionThatWasNotOfferedIsTheReasonToLeave() {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0304]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    builder.fin(.client)
    #expect([Mechanism].versions.said(builder.inquiry()) == [.tlsVersion: .proof])
  }

  // MARK: Refused hellos

  private func suspects(
    _ offer: ClientHello, _ working: Connection?, by alert: AlertDescription = .handshakeFailure
  )
    -> Set<CauseCode>
  {
    Set([Mechanism].offers.said(FixtureBuilder.refused(offer, by: alert).inquiry(working: working)).keys)
  }

  @Test func whatTheServerIsKnownToTakeIsNoSuspect() {
    #expect(suspects(.offer(), FixtureBuilder.established()).isEmpty)
    #expect(suspects(.offer(), nil).isEmpty, "an everyday offer")
  }

  @Test func eachDimensionIsSuspectedByItself() {
    let working = FixtureBuilder.established()
    #expect(suspects(.offer(versions: [0x0303], suites: [0x1301, 0xc02f]), working) == [.tlsVersion])
    #expect(suspects(.offer(suites: [0x1303]), working) == [.tlsCipherSuite])
    #expect(suspects(.offer(groups: [0x0018]), working) == [.tlsGroup])
    #expect(suspects(.offer(schemes: [0x0804, 0x0401]), working) == [.tlsSignatureScheme])
  }

  @Test func withoutAWorkingCaptureOnlyUnusualOffersAreSuspected() {
    #expect(suspects(.offer(versions: [0x0303], suites: [0x002f, 0x0035, 0x000a]), nil) == [.tlsCipherSuite])
    #expect(suspects(.offer(groups: [0x0018]), nil) == [.tlsGroup])
    #expect(suspects(.offer(schemes: [0x0807]), nil) == [.tlsSignatureScheme])
    #expect(suspects(.offer(versions: [0x0301], suites: [0xc013, 0xc014, 0x002f]), nil).contains(.tlsVersion))
  }

  @Test func aSoleSuspectIsSuspectedMore() throws {
    let alone = FixtureBuilder.refused(.offer(groups: [0x0018]), by: .handshakeFailure)
    let accompanied = FixtureBuilder.refused(.offer(suites: [0x1303], groups: [0x0018]), by: .handshakeFailure)
    let working = FixtureBuilder.established()
    let grade = [Mechanism].offers.said(alone.inquiry(working: working))[.tlsGroup]
    #expect(grade == .proof)
    #expect([Mechanism].offers.said(accompanied.inquiry(working: working))[.tlsGroup] == .strong)
  }

  @Test(arguments: [AlertDescription.decodeError, .unknownCA, .internalError])
  func alertsThatSpeakOfSomethingElseLeadToNoSuspect(alert: AlertDescription) {
    #expect(suspects(.offer(groups: [0x0018]), FixtureBuilder.established(), by: alert).isEmpty)
  }

  @Test func aSilentCloseIsHeldAgainstTheHelloOnlyAtTheSameServer() {
    var builder = FixtureBuilder.greeted(.offer(groups: [0x0018]))
    builder.fin(.server)
    #expect([Mechanism].offers.claims(builder.inquiry()).isEmpty)
    #expect([Mechanism].offers.said(builder.inquiry(working: FixtureBuilder.established())) == [.tlsGroup: .strong])
  }

  @Test func insufficientSecurityBlamesWhoeverIsTooWeak() {
    #expect(
      [Mechanism].strengths.said(FixtureBuilder.refused(by: .insufficientSecurity).inquiry()) == [
        .tlsCipherSuite: .usual
      ])
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer(version: 0x0303, suite: 0x0033))
    builder.alert(.client, .insufficientSecurity)
    #expect([Mechanism].strengths.said(builder.inquiry()) == [.tlsGroup: .usual])
  }

  @Test(arguments: [(UInt16(0x0018), Grade.proof), (0x0017, .strong)]) func aRetryThatLeadsNowhereIsAboutItsGroup(
    group: UInt16, grade: Grade
  ) {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer(group: group, retries: true))
    builder.alert(.client, .handshakeFailure)
    #expect([Mechanism.tlsGroupRetry].said(builder.inquiry()) == [.tlsGroup: grade])
    builder.answer(.answer(group: group))
    #expect([Mechanism.tlsGroupRetry].claims(builder.inquiry()).isEmpty)
  }

  // MARK: Application protocols

  @Test func noApplicationProtocolIsCertain() {
    let builder = FixtureBuilder.refused(.offer(protocols: ["h2"]), by: .noApplicationProtocol)
    #expect([Mechanism.tlsALPN].said(builder.inquiry()) == [.tlsALPN: .proof])
  }

  @Test(
    arguments: [
      ([String](), [String](), nil), (["mqtt"], nil, Grade.usual), (["mqtt"], [], Grade.usual),
      (["mqtt"], ["h2"], Grade.strong),
      (["h2", "mqtt"], ["h2"], nil), (["h2"], ["h2", "http/1.1"], Grade.usual),
    ] as [([String], [String]?, Grade?)])
  func aCloseAfterTheServerHelloIsHeldAgainstTheProtocols(offered: [String], working: [String]?, grade: Grade?) {
    var builder = FixtureBuilder.greeted(.offer(protocols: offered))
    builder.answer(.answer())
    builder.alert(.server, nil)
    builder.fin(.server)
    let other = working.map { FixtureBuilder.established(.offer(protocols: $0)) }
    #expect([Mechanism].afterServerHello.said(builder.inquiry(working: other))[.tlsALPN] == grade)
  }

  @Test func withoutProtocolsACloseAfterTheServerHelloIsHeldAgainstTheSchemes() {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer())
    builder.alert(.server, nil)
    builder.fin(.server)
    #expect([Mechanism].afterServerHello.said(builder.inquiry()) == [.tlsSignatureScheme: .hint])
    #expect(
      [Mechanism].afterServerHello.said(builder.inquiry(working: FixtureBuilder.established()))
        == [.tlsSignatureScheme: .hint])
  }

  // MARK: Extensions, fallback

  @Test(arguments: [AlertDescription.missingExtension, .unsupportedExtension, .echRequired])
  func alertsAboutExtensionsAreCertain(alert: AlertDescription) {
    #expect([Mechanism].extensions.said(FixtureBuilder.refused(by: alert).inquiry()) == [.tlsExtension: .proof])
  }

  @Test func whatTLS13RequiresIsMissedWhereNothingOlderIsOffered() {
    let bare = ClientHello.offer(versions: [0x0304], extensions: [.supportedGroups])
    #expect(
      [Mechanism].extensions.said(FixtureBuilder.refused(bare, by: .handshakeFailure).inquiry()) == [
        .tlsExtension: .strong
      ])
    let older = ClientHello.offer(extensions: [.supportedGroups])
    #expect([Mechanism].extensions.claims(FixtureBuilder.refused(older, by: .handshakeFailure).inquiry()).isEmpty)
  }

  @Test(
    arguments: [
      (AlertDescription.insufficientSecurity, Grade.usual, Grade.strong), (.handshakeFailure, Grade.hint, Grade.hint),
      (.internalError, nil, nil),
    ] as [(AlertDescription, Grade?, Grade?)])
  func aMissingMasterSecretIsSuspectedByTheAlert(alert: AlertDescription, alone: Grade?, compared: Grade?) {
    let offer = ClientHello.offer(versions: [0x0303], suites: [0xc02f, 0x00ff])
    let builder = FixtureBuilder.refused(offer, by: alert)
    let working = FixtureBuilder.established(
      .offer(versions: [0x0303], suites: [0xc02f, 0x00ff], extensions: [.extendedMasterSecret]),
      .answer(version: 0x0303, suite: 0xc02f))
    #expect([Mechanism].extensions.said(builder.inquiry())[.tlsExtension] == alone)
    #expect([Mechanism].extensions.said(builder.inquiry(working: working))[.tlsExtension] == compared)
    #expect([Mechanism].extensions.claims(builder.inquiry(working: FixtureBuilder.established(offer))).isEmpty)
  }

  @Test func aClientMayInsistOnRenegotiationInfoOrTheMasterSecret() {
    let offer = ClientHello.offer(versions: [0x0303], suites: [0xc02f, 0x00ff], extensions: [.extendedMasterSecret])
    for (extensions, grade) in [
      ([ExtensionType](), .strong), ([.renegotiationInfo], .strong),
      ([.renegotiationInfo, .extendedMasterSecret], nil),
    ] as [([ExtensionType], Grade?)] {
      var builder = FixtureBuilder.greeted(offer)
      builder.answer(.answer(version: 0x0303, suite: 0xc02f, extensions: extensions))
      builder.alert(.client, .handshakeFailure)
      #expect([Mechanism].extensions.said(builder.inquiry())[.tlsExtension] == grade)
    }
  }

  @Test func anInappropriateFallbackIsCertain() {
    #expect(
      [Mechanism.tlsFallback].said(FixtureBuilder.refused(by: .inappropriateFallback).inquiry()) == [
        .tlsFallback: .proof
      ])
    #expect([Mechanism.tlsFallback].claims(FixtureBuilder.refused(by: .protocolVersion).inquiry()).isEmpty)
  }

  @Test func anOldClientsSuitesAreAsOldAsItsVersion() {
    let refused = FixtureBuilder.refused(
      .offer(versions: [0x0301], suites: [0xc014, 0xc013, 0x0035, 0x002f]), by: .handshakeFailure)
    #expect(Diagnosis.diagnose(refused.inquiry()).first?.code == .tlsVersion)
    let modern = FixtureBuilder.refused(
      .offer(versions: [0x0303], suites: [0xc014, 0xc013, 0x0035, 0x002f]), by: .handshakeFailure)
    #expect(Diagnosis.diagnose(modern.inquiry()).first?.code == .tlsCipherSuite)
  }

  // MARK: Intolerance

  @Test(
    arguments: [
      (250, nil), (377, nil), (378, Grade.usual), (499, Grade.usual), (500, Grade.strong), (1700, Grade.strong),
    ] as [(Int, Grade?)])
  func aLargerHelloThatIsDroppedIsNotTolerated(length: Int, grade: Grade?) {
    var builder = FixtureBuilder.greeted(.offer(length: length))
    builder.reset(.server)
    #expect(
      [Mechanism].intolerance.said(builder.inquiry(working: FixtureBuilder.established()))[.tlsIntolerance] == grade)
    #expect([Mechanism].intolerance.claims(builder.inquiry()).isEmpty, "nothing to compare with")
  }

  @Test func anAlertSpeaksLessOfIntoleranceWhereTheOfferExplainsIt() {
    let working = FixtureBuilder.established()
    func grade(_ offer: ClientHello, _ alert: AlertDescription) -> Grade? {
      [Mechanism].intolerance.said(FixtureBuilder.refused(offer, by: alert).inquiry(working: working))[.tlsIntolerance]
    }
    #expect(grade(.offer(length: 600), .decodeError) == .strong)
    #expect(grade(.offer(groups: [0x0018], length: 600), .handshakeFailure) == .hint)
    #expect(grade(.offer(length: 600), .unknownCA) == nil)
  }

  @Test func aHelloThatNeverArrivedWasNotChokedOn() {
    var builder = FixtureBuilder.greeted(.offer(length: 1700))
    builder.wait(5)
    builder.network { $0.client.unacknowledgedBytes = 1700 }
    #expect([Mechanism].intolerance.claims(builder.inquiry(working: FixtureBuilder.established())).isEmpty)
  }

  @Test func greaseAloneIsAWeakReason() {
    var builder = FixtureBuilder.greeted(.offer(suites: [0x0a0a, 0x1301, 0xc02f, 0xc02b]))
    builder.fin(.server)
    #expect(
      [Mechanism].intolerance.said(builder.inquiry(working: FixtureBuilder.established())) == [.tlsIntolerance: .hint])
  }
}
