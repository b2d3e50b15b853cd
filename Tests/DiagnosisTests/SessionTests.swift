import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import Diagnosis

/// Resumption, what does not verify, and what breaks the protocol.
@Suite struct SessionTests {
  private func resuming(early: Bool = false, name: String? = "svc.test") -> ClientHello {
    var hello = ClientHello.offer(name: name, extensions: [.supportedGroups, .keyShare] + (early ? [.earlyData] : []))
    hello.preSharedKeyIdentities = [[1, 2, 3]]
    return hello
  }

  // MARK: Resumption

  @Test(
    arguments: [
      (AlertDescription.unknownPSKIdentity, Grade.proof, Grade.proof), (.decryptError, Grade.proof, Grade.proof),
      (.illegalParameter, Grade.proof, Grade.proof),
      (.badRecordMAC, Grade.usual, Grade.strong), (.decodeError, Grade.usual, Grade.strong),
      (.handshakeFailure, Grade.hint, Grade.hint), (.unknownCA, nil, nil),
    ] as [(AlertDescription, Grade?, Grade?)])
  func anAlertToAPreSharedKeyIsWeighed(alert: AlertDescription, plain: Grade?, early: Grade?) {
    #expect(
      [Mechanism].resumption.said(FixtureBuilder.refused(resuming(), by: alert).inquiry())[.tlsResumption] == plain)
    #expect(
      [Mechanism].resumption.said(FixtureBuilder.refused(resuming(early: true), by: alert).inquiry())[.tlsResumption]
        == early)
  }

  @Test func aFullHandshakeThatWorksSpeaksAgainstTheKey() {
    let builder = FixtureBuilder.refused(resuming(), by: .handshakeFailure)
    #expect(
      [Mechanism].resumption.said(builder.inquiry(working: FixtureBuilder.established())) == [.tlsResumption: .strong])
    #expect(
      [Mechanism].resumption.said(builder.inquiry(working: FixtureBuilder.established(resuming()))) == [
        .tlsResumption: .hint
      ])
  }

  @Test func aWordlessCloseOnAKeyCountsOnlyBesideAFullHandshake() {
    var builder = FixtureBuilder.greeted(resuming())
    builder.fin(.server)
    #expect([Mechanism].resumption.claims(builder.inquiry()).isEmpty)
    #expect(
      [Mechanism].resumption.said(builder.inquiry(working: FixtureBuilder.established())) == [.tlsResumption: .strong])
  }

  @Test func aTicketIsSuspectedOnlyBesideAHelloWithoutOne() {
    var offer = ClientHello.offer(versions: [0x0303])
    offer.sessionTicketLength = 160
    let builder = FixtureBuilder.refused(offer, by: .handshakeFailure)
    #expect([Mechanism].resumption.claims(builder.inquiry()).isEmpty)
    let full = FixtureBuilder.established(.offer(versions: [0x0303]), .answer(version: 0x0303, suite: 0xc02f))
    #expect([Mechanism].resumption.said(builder.inquiry(working: full)) == [.tlsResumption: .strong])
    #expect([Mechanism].resumption.claims(FixtureBuilder.refused(offer, by: .unknownCA).inquiry(working: full)).isEmpty)
  }

  @Test func anAbbreviatedHandshakeThatFailsIsTheSessions() {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    builder.changeCipherSpec(.server)
    builder.alert(.client, .badRecordMAC)
    #expect([Mechanism].resumption.said(builder.inquiry()) == [.tlsResumption: .strong])
  }

  @Test func aClientThatJustGoesSaysNothingOfTheSession() {
    for close in [{ $0.fin(.client) }, { $0.reset(.client) }] as [(inout FixtureBuilder) -> Void] {
      var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
      builder.answer(.answer(version: 0x0303, suite: 0xc02f))
      builder.changeCipherSpec(.server)
      close(&builder)
      #expect([Mechanism].resumption.claims(builder.inquiry()).isEmpty)
    }
  }

  // MARK: What does not verify

  @Test(arguments: [
    (AlertDescription.badRecordMAC, Role.client, Grade.proof), (.decryptError, .client, Grade.strong),
    (.badRecordMAC, .server, Grade.proof),
    (.decryptError, .server, Grade.proof), (.decryptionFailed, .server, Grade.proof),
  ]) func anAlertAboutDecryptionIsWeighedByWhoSaysIt(alert: AlertDescription, role: Role, grade: Grade) {
    var builder = FixtureBuilder.flight13()
    builder.encrypted(.client, 53)
    builder.alert(role, alert)
    #expect([Mechanism].checks.said(builder.inquiry()) == [.tlsDecrypt: grade])
  }

  @Test func atTheHelloNothingIsEncryptedYet() {
    #expect([Mechanism].checks.said(FixtureBuilder.refused(by: .decryptError).inquiry()) == [.tlsDecrypt: .hint])
    #expect([Mechanism].checks.claims(FixtureBuilder.refused(by: .handshakeFailure).inquiry()).isEmpty)
  }

  @Test func aSignedClientCertificateSharesTheBlame() {
    var builder = FixtureBuilder.flight13()
    builder.encrypted(.client, 53)
    builder.alert(.server, .decryptError)
    let (frame, time) = (builder.frame, builder.now)
    builder.transcript {
      $0.clientCertificateVerify = Observed(CertificateVerify(signatureScheme: nil), frame: frame, time: time)
    }
    #expect([Mechanism].checks.said(builder.inquiry()) == [.tlsDecrypt: .usual])
  }

  // MARK: What breaks the protocol

  @Test(
    arguments: [
      (AlertDescription.decodeError, Grade.usual), (.recordOverflow, Grade.usual), (.illegalParameter, Grade.hint),
      (.unexpectedMessage, Grade.hint),
      (.handshakeFailure, nil),
    ] as [(AlertDescription, Grade?)])
  func anAlertAloneMakesTheOtherSideTheCulprit(alert: AlertDescription, grade: Grade?) {
    let findings = [Mechanism].malformed.claims(FixtureBuilder.refused(by: alert).inquiry())
    #expect(findings.first?.claim.grade == grade)
    #expect(findings.allSatisfy { $0.claim.headline.contains("client") })
  }

  @Test func bytesThatDoNotParseProveIt() {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer())
    builder.transcript {
      $0.malformed.append(MalformedNote(frame: 6, sender: .server, text: "server_hello: too short"))
    }
    builder.fin(.client)
    #expect([Mechanism].malformed.said(builder.inquiry()) == [.tlsMalformed: .usual])
    builder = .greeted()
    builder.answer(.answer())
    builder.transcript {
      $0.malformed.append(MalformedNote(frame: 6, sender: .server, text: "server_hello: too short"))
    }
    builder.alert(.client, .decodeError)
    #expect([Mechanism].malformed.said(builder.inquiry()) == [.tlsMalformed: .proof])
  }

  @Test func whatTheCulpritItselfCannotReadIsNotItsFault() {
    var builder = FixtureBuilder.greeted()
    builder.transcript { $0.malformed.append(MalformedNote(frame: 6, sender: .server, text: "x")) }
    builder.fin(.server)
    #expect([Mechanism].malformed.claims(builder.inquiry()).isEmpty)
  }

  @Test func anAnswerThatWasNeverAskedForBreaksTheProtocol() {
    for answer in [ServerHello.answer(suite: 0x1303), .answer(group: 0x0018)] {
      var builder = FixtureBuilder.greeted()
      builder.answer(answer)
      builder.alert(.client, .illegalParameter)
      let findings = [Mechanism].malformed.claims(builder.inquiry())
      #expect(findings.first.map { $0.claim.grade == .proof } == true)
      #expect(findings.first?.claim.headline.contains("server") == true)
    }
  }

  // MARK: Plaintext

  @Test(arguments: [
    (PlaintextKind.httpResponse, CauseCode.appPlaintextServer), (.ssh, .appPlaintextServer),
    (.redis, .appPlaintextServer),
    (.unknown, .appPlaintextServer), (.smtp, .appStartTLS), (.imap, .appStartTLS), (.pop3, .appStartTLS),
    (.ftp, .appStartTLS), (.ldap, .appStartTLS), (.xmpp, .appStartTLS), (.mysql, .appStartTLS),
    (.postgresql, .appStartTLS),
  ]) func whatTheServerSpeaksTellsWhetherTLSCouldFollow(kind: PlaintextKind, code: CauseCode) {
    var builder = FixtureBuilder.greeted()
    builder.say(.server, kind, "hello there")
    builder.fin(.server)
    #expect([Mechanism].plaintextServer.said(builder.inquiry()) == [code: .proof])
  }

  @Test func plaintextFromTheClientNeedsAServerThatMinds() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpRequest, "GET / HTTP/1.1")
    #expect([Mechanism].plaintextClient.claims(builder.inquiry()).isEmpty)
    var closed = builder
    closed.fin(.server)
    #expect([Mechanism].plaintextClient.said(closed.inquiry()) == [.appPlaintextClient: .hint])
    #expect(
      [Mechanism].plaintextClient.said(closed.inquiry(working: FixtureBuilder.established())) == [
        .appPlaintextClient: .proof
      ])
    var alerted = builder
    alerted.alert(.server, .unexpectedMessage)
    #expect([Mechanism].plaintextClient.said(alerted.inquiry()) == [.appPlaintextClient: .proof])
    var told = builder
    told.say(.server, .httpResponse, "HTTP/1.1 400 The plain HTTP request was sent to HTTPS port")
    #expect([Mechanism].plaintextClient.said(told.inquiry()) == [.appPlaintextClient: .proof])
    var served = builder
    served.say(.server, .httpResponse, "HTTP/1.1 200 OK")
    #expect([Mechanism].plaintextClient.claims(served.inquiry()).isEmpty)
  }

  @Test func aProxyThatAnswersAConnectAndNoTLSRefusesIt() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpConnect, "CONNECT svc.test:443 HTTP/1.1")
    #expect([Mechanism].proxyProtocol.claims(builder.inquiry()).isEmpty)
    builder.say(.server, .httpResponse, "HTTP/1.1 403 Forbidden")
    #expect([Mechanism].proxyProtocol.said(builder.inquiry()) == [.appProxyProtocol: .proof])
  }

  @Test(
    arguments: [
      ("\\x04\\x01", [0, 90, 0, 0, 0, 0, 0, 0], nil),
      ("\\x04\\x01", [0, 91, 0, 0, 0, 0, 0, 0], "request rejected or failed (91)"),
      ("\\x05\\x01\\x00", [5, 0xff], "no acceptable authentication method"),
      ("\\x05\\x01\\x00", [5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0], nil),
      ("\\x05\\x01\\x00", [5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0], "connection refused"),
      ("\\x05\\x01\\x02", [5, 2, 1, 1], "user name or password not accepted"),
      ("\\x05\\x01\\x02", [5, 2, 1, 0, 5, 4, 0, 1], "host unreachable"),
      ("\\x05\\x01\\x00", [5, 0], nil), ("\\x05\\x01\\x00", [5], nil), ("\\x04\\x01", [0], nil),
      ("\\x09", [0, 91], nil),
    ] as [(String, [UInt8], String?)])
  func aSOCKSProxyRefusesByItsReply(_ request: String, _ reply: [UInt8], _ reason: String?) {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .socks, request)
    builder.say(.server, .unknown, "reply")
    builder.transcript { $0.serverPrefix = reply }
    let titles = [Mechanism].proxyProtocol.claims(builder.inquiry()).map(\.claim.headline)
    #expect(titles == (reason.map { ["The proxy refuses to connect the client to the server: \($0)"] } ?? []))
  }

  @Test(arguments: ["HTTP/1.1 200 Connection established", "HTTP/1.0 204 x", "HTTP/1.1 100 Continue", "nonsense"])
  func aGrantedTunnelThatCarriesNoTLSIsNoRefusal(_ reply: String) {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpConnect, "CONNECT svc.test:22 HTTP/1.1")
    builder.say(.server, .httpResponse, reply)
    builder.say(.server, .ssh, "SSH-2.0-OpenSSH_9.2")
    #expect([Mechanism].proxyProtocol.claims(builder.inquiry()).isEmpty)
  }

  @Test func heartbeatsInTheMidstOfAHandshakeAreAProbe() throws {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f, group: nil))
    builder.message(.server, .serverHelloDone)
    builder.transcript {
      var features = RareFeatures()
      features.heartbeats = [HeartbeatNote(frame: 9, sender: .client, length: 3, isEncrypted: false)]
      features.heartbeatCount = 1
      $0.rareFeatures = features
    }
    builder.fin(.client)
    let causes = Diagnosis.diagnose(builder.ended())
    #expect(causes.first?.code == .tlsMalformed)
    #expect(causes.first?.evidence.contains { $0.frames == [9] } == true)
    #expect(!causes.contains { $0.code.rawValue.hasPrefix("cert.") })
  }

  @Test(arguments: ["STARTTLS", "a1 STARTTLS", "STLS", "AUTH TLS", "\\x00\\x00\\x00\\x08\\x04\\xd2\\x16/"])
  func aRefusedUpgradeIsKnownByItsRequest(request: String) {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.server, .smtp, "220 ready")
    builder.say(.client, .smtp, request)
    #expect([Mechanism].startTLS.claims(builder.inquiry()).isEmpty, "not answered yet")
    builder.say(.server, .smtp, "454 not now")
    #expect([Mechanism].startTLS.said(builder.inquiry()) == [.appStartTLS: .proof])
  }
}
