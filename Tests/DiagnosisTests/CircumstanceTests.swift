import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import Diagnosis

/// Which circumstance is told under a code, and that what is told fits it.
@Suite struct CircumstanceTests {
  private func names(_ mechanisms: [Mechanism], _ inquiry: Inquiry) -> [String] {
    mechanisms.claims(inquiry).map(\.id.description)
  }

  // MARK: Intolerance

  @Test func theWeightiestOddityOfAHelloNamesTheIntolerance() {
    func name(
      _ offer: ClientHello, working: ClientHello = .offer(), _ change: (inout FixtureBuilder) -> Void = { _ in }
    )
      -> [String]
    {
      var builder = FixtureBuilder.greeted(offer)
      change(&builder)
      builder.fin(.server)
      return names(.intolerance, builder.inquiry(working: FixtureBuilder.established(working)))
    }
    #expect(name(.offer(length: 1700)) == ["tls.intolerance/message-size"])
    #expect(name(.offer(suites: [0x0a0a, 0x1301, 0xc02f, 0xc02b])) == ["tls.intolerance/grease"])
    #expect(name(.offer(), working: .offer(versions: [0x0303])) == ["tls.intolerance/version"])
    let offer = ClientHello.offer(extensions: [.supportedGroups, .keyShare, .signatureAlgorithms, .heartbeat])
    #expect(name(offer) == ["tls.intolerance"])
    let split = name(.offer()) {
      $0.network {
        $0.client.dataSegments = 2
        $0.client.firstData?.frame -= 1
      }
    }
    #expect(split == ["tls.intolerance/split-hello"])
    let fragmented = name(.offer()) {
      $0.transcript { if let record = $0.records.first { $0.records.append(record) } }
    }
    #expect(fragmented == ["tls.intolerance/fragmented-message"])
    #expect(name(.offer()).isEmpty)
  }

  @Test func everythingOddAboutTheHelloIsObserved() throws {
    var builder = FixtureBuilder.greeted(.offer(suites: [0x0a0a, 0x1301, 0xc02f], length: 1700))
    builder.reset(.server)
    let claim = try #require(
      [Mechanism].intolerance.claims(builder.inquiry(working: FixtureBuilder.established())).first?.claim)
    #expect(claim.observations.map(\.kind) == [.helloSize, .helloSize, .offeredSuites, .ending])
  }

  // MARK: Upgrades

  @Test(arguments: [
    (PlaintextKind.smtp, "smtp", "smtp"), (.imap, "imap", "imap"), (.pop3, "pop3", "pop3"), (.ftp, "ftp", "ftp"),
    (.ldap, "ldap", "ldap"), (.xmpp, "xmpp", "xmpp"), (.irc, "irc", "irc"), (.nntp, "nntp", "nntp"),
    (.sieve, "sieve", "sieve"), (.mysql, "mysql", "mysql"), (.postgresql, "postgresql", "postgres"),
  ]) func aSkippedUpgradeIsToldInTheProtocolsOwnWords(kind: PlaintextKind, detail: String, option: String) throws {
    var builder = FixtureBuilder.greeted()
    builder.say(.server, kind, "hello there")
    builder.fin(.client)
    let inquiry = builder.inquiry()
    #expect(names(.startTLS, inquiry) == ["app.starttls/\(detail)"])
    let cause = try #require(Diagnosis.diagnose(inquiry).first)
    #expect(cause.mechanism?.detail == detail)
    let commands = cause.nextSteps.compactMap(\.command).filter { $0.contains("-starttls") }
    #expect(!commands.isEmpty && commands.allSatisfy { $0.contains("-starttls \(option) ") })
    #expect(!cause.remedies.isEmpty)
  }

  @Test func aGreetingAndAWorkingClientThatAskedAreTwoSigns() {
    var working = FixtureBuilder()
    working.connect()
    working.say(.client, .imap, "a STARTTLS")
    working.transcript { $0.clientTLSOffset = 12 }
    working.hello(.offer())
    var builder = FixtureBuilder.greeted()
    builder.wait(2)
    builder.fin(.client)
    let example = working.ended(.established)
    #expect([Mechanism].startTLS.said(builder.inquiry(working: example)) == [.appStartTLS: .proof])
    builder.say(.server, .imap, "* OK ready")
    #expect([Mechanism].startTLS.said(builder.inquiry(working: example)) == [.appStartTLS: .proof])
  }

  @Test func aRefusedUpgradeIsNotToldToPass() throws {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.server, .smtp, "220 ready")
    builder.say(.client, .smtp, "STARTTLS")
    builder.say(.server, .smtp, "454 not now")
    builder.fin(.client)
    let cause = try #require(Diagnosis.diagnose(builder.inquiry()).first)
    #expect(cause.mechanism?.description == "app.starttls/refused")
    #expect(cause.nextSteps.first?.text == "Upgrade as the protocol asks: should fail as the client did")
    #expect(!cause.nextSteps.contains { $0.text.contains("should pass") })
  }

  // MARK: Proxies

  private func tunnelled(_ kind: PlaintextKind, _ request: String, _ reply: String) -> FixtureBuilder {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, kind, request)
    builder.say(.server, kind == .httpConnect ? .httpResponse : kind, reply)
    builder.transcript { $0.clientTLSOffset = request.utf8.count }
    builder.hello(.offer())
    builder.say(.server, .ssh, "SSH-2.0-OpenSSH_9.2")
    builder.fin(.server)
    return builder
  }

  @Test func plaintextBehindAGrantedTunnelIsTheTargets() throws {
    let builder = tunnelled(.httpConnect, "CONNECT a.test:22 HTTP/1.1", "HTTP/1.1 200 Connection established")
    let cause = try #require(Diagnosis.diagnose(builder.inquiry()).first)
    #expect(cause.mechanism?.description == "app.plaintext-server/behind-proxy")
    #expect(cause.nextSteps.first?.command?.contains("-x http://198.51.100.2:443 https://a.test:22/") == true)
    let refused = tunnelled(.httpConnect, "CONNECT a.test:22 HTTP/1.1", "HTTP/1.1 403 Forbidden")
    #expect(names(.plaintextServer, refused.inquiry()) == ["app.plaintext-server"])
    let upgraded = tunnelled(.smtp, "STARTTLS", "220 go ahead")
    #expect(names(.plaintextServer, upgraded.inquiry()) == ["app.plaintext-server/after-upgrade"])
    let steps = try #require(Diagnosis.diagnose(upgraded.inquiry()).first).nextSteps
    #expect(!steps.contains { $0.text.contains("should pass") })
  }

  @Test func aHeaderThatIsNotExpectedIsToBeLeftOut() throws {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .proxyProtocol, "PROXY TCP4 1.2.3.4 5.6.7.8 1 2")
    builder.fin(.server)
    let cause = try #require(Diagnosis.diagnose(builder.inquiry()).first { $0.code == .appProxyProtocol })
    #expect(cause.mechanism?.description == "app.proxy-protocol/unexpected")
    #expect(cause.remedies.first?.text.contains("Leave the PROXY header out") == true)
    #expect([Mechanism].proxyProtocol.said(builder.inquiry()) == [.appProxyProtocol: .strong])
    let working = FixtureBuilder.established()
    #expect([Mechanism].proxyProtocol.said(builder.inquiry(working: working)) == [.appProxyProtocol: .proof])
  }

  @Test func aSOCKSProxyIsNoHTTPProxy() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .socks, "\\x05\\x01\\x00")
    builder.say(.server, .unknown, "reply")
    builder.transcript { $0.serverPrefix = [5, 0xff] }
    #expect(names(.proxyProtocol, builder.inquiry()) == ["app.proxy-protocol/socks-proxy"])
  }

  // MARK: Truth

  @Test func aFallbackIsCalledSignalledOnlyWhereItIs() throws {
    func headline(_ offer: ClientHello) throws -> String {
      let inquiry = FixtureBuilder.refused(offer, by: .inappropriateFallback).inquiry()
      return try #require([Mechanism.tlsFallback].claims(inquiry).first).claim.headline
    }
    #expect(try headline(.offer(suites: [0xc02f, 0x5600])).contains("TLS_FALLBACK_SCSV"))
    #expect(try !headline(.offer()).contains("TLS_FALLBACK_SCSV"))
  }

  @Test func onlyAnAlertAboutTheProofSpeaksOfTheProof() throws {
    var offer = ClientHello.offer()
    offer.preSharedKeyIdentities = [[1, 2, 3]]
    for (alert, isProof) in [(AlertDescription.decryptError, true), (.internalError, false)] {
      let inquiry = FixtureBuilder.refused(offer, by: alert).inquiry()
      let claim = try #require([Mechanism].resumption.claims(inquiry).first?.claim)
      #expect(claim.headline.contains("does not verify") == isProof)
    }
  }

  @Test func theEndingIsToldAsWhatItWas() throws {
    var builder = FixtureBuilder.greeted()
    #expect(builder.inquiry().endingObservation?.text.contains("neither an alert nor a close") == true)
    builder.fin(.client)
    #expect(builder.inquiry().endingObservation?.text == "the client closed the connection (FIN)")
    #expect(
      FixtureBuilder.refused(by: .handshakeFailure).inquiry().endingObservation?.text
        == "server alert handshake_failure (40)")
    builder = .greeted()
    builder.reset(.server)
    #expect(builder.inquiry().endingObservation?.text == "a reset (RST) from the server's address ended the connection")
    builder = .flight13()
    builder.alert(.server, nil)
    #expect(
      builder.inquiry().endingObservation?.text == "the server's last word was encrypted, and has an alert's size")
    #expect(Inquiry(attempt: Attempt(connections: [], lookups: []), connection: nil).endingObservation == nil)
  }

  /// Covering rests on it: who explains a failure explains how it ended.
  @Test func everyClaimAroundTLSObservesTheEnding() throws {
    let mechanisms: [Mechanism] =
      .plaintextServer + .plaintextClient + .startTLS + .proxyProtocol + .serverName + .intolerance + .resumption + [
        .tlsALPN, .tlsFallback,
      ]
    var claims = 0
    for fixture in Fixture.all {
      let matcher = GoalMatcher(working: try fixture.story(.working), failing: try fixture.story(.failing))
      guard let inquiry = matcher.inquiry(logs: LogEvidence()) else { continue }
      for (id, claim) in mechanisms.claims(inquiry) {
        claims += 1
        #expect(claim.observations.contains { $0.kind == .ending }, "\(fixture.id): \(id)")
      }
    }
    #expect(claims > 40, "\(claims)")
  }
}
