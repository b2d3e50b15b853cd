import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// Silence, closes and plaintext where something else came before the ClientHello; waits, and packets that are dropped.
@Suite struct SilenceTests {
  /// A client that asked for TLS, was granted it, and sent its hello.
  private func tunnelled(
    _ kind: PlaintextKind = .httpConnect, _ request: String = "CONNECT a.test:443 HTTP/1.1",
    _ reply: String = "HTTP/1.1 200 Connection established"
  ) -> FixtureBuilder {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, kind, request)
    builder.say(.server, kind == .httpConnect ? .httpResponse : kind, reply)
    builder.transcript { $0.clientTLSOffset = request.utf8.count }
    builder.hello(.offer())
    return builder
  }

  @Test func aTunnelThatStaysSilentIsTheServersSilence() throws {
    var builder = tunnelled()
    builder.wait(3)
    builder.fin(.client)
    let finding = try #require([Mechanism].silentServer.claims(builder.inquiry()).first)
    #expect(finding.id.code == .tcpServerSilent)
    #expect(finding.claim.observations.first?.text.contains("the proxy had granted the tunnel") == true)
  }

  @Test func aTunnelClosedAtTheHelloIsNoAnswer() throws {
    var builder = tunnelled()
    builder.fin(.server)
    #expect([Mechanism].closedOnAccept.said(builder.inquiry()) == [.tcpClosedOnAccept: .strong])
    #expect(
      [Mechanism].closedOnAccept.claims(builder.inquiry()).first?.claim.headline.contains("plaintext part") == true)
    var upgraded = tunnelled(.smtp, "STARTTLS", "220 go ahead")
    upgraded.reset(.server)
    #expect([Mechanism].closedOnAccept.said(upgraded.inquiry()) == [.tcpClosedOnAccept: .strong])
  }

  @Test func aPROXYHeaderIsNoPrelude() {
    var builder = tunnelled(.proxyProtocol, "PROXY TCP4 1.2.3.4 5.6.7.8 1 2", "HTTP/1.1 400 Bad Request")
    builder.fin(.server)
    #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
  }

  @Test func plaintextBehindATunnelIsNoTLS() throws {
    var builder = tunnelled()
    builder.say(.server, .httpResponse, "<html>")
    builder.fin(.server)
    let finding = try #require([Mechanism].plaintextServer.claims(builder.inquiry()).first)
    #expect(finding.id.code == .appPlaintextServer)
    #expect(finding.claim.headline.contains("What the proxy connected the client to"))
    #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
  }

  @Test(arguments: [
    ("454 TLS not available", true), ("502 unknown", true), ("a BAD no", true), ("a NO never", true),
    ("-ERR no", true), ("N", true), ("220 go ahead", false), ("a OK begin", false), ("+OK begin", false),
    ("45", false), ("", false),
  ]) func negativeRepliesAreKnownInEveryProtocol(text: String, isRefusal: Bool) {
    let note = PlaintextNote(
      frame: 1, time: Timestamp(nanoseconds: 0), sender: .server, kind: .smtp, excerpt: text)
    #expect(note.refusesCommand == isRefusal)
  }

  @Test func aHelloThatFollowsARefusedUpgradeChangesNothing() throws {
    var builder = tunnelled(.imap, ". STARTTLS", ". BAD unknown")
    builder.say(.server, .unknown, "* BAD")
    builder.wait(3)
    builder.fin(.client)
    #expect([Mechanism].startTLS.said(builder.inquiry()) == [.appStartTLS: .proof])
    #expect([Mechanism].plaintextServer.claims(builder.inquiry()).isEmpty)
  }

  // MARK: Proxies

  private func asking(_ seconds: Double, closedBy closer: Role?) -> FixtureBuilder {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpConnect, "CONNECT a.test:443 HTTP/1.1")
    builder.wait(seconds)
    if let closer { builder.fin(closer) }
    return builder
  }

  @Test func aProxyThatNeverAnswersIsTold() throws {
    #expect([Mechanism].proxyProtocol.said(asking(3, closedBy: .client).inquiry()) == [.appProxyProtocol: .strong])
    #expect([Mechanism].proxyProtocol.said(asking(0.1, closedBy: .server).inquiry()) == [.appProxyProtocol: .strong])
    #expect([Mechanism].proxyProtocol.claims(asking(0.1, closedBy: .client).inquiry()).isEmpty, "nobody waited")
    let cause = try #require(Diagnosis.diagnose(asking(3, closedBy: .client).inquiry()).first)
    #expect(cause.remedies.contains { $0.audience.hasPrefix("proxy ") })
    #expect(!cause.remedies.contains { $0.text.contains("PROXY protocol") })
    #expect(cause.nextSteps.first?.command?.hasSuffix("https://a.test:443/") == true)
  }

  @Test func aRefusedTunnelIsAMatterBetweenClientAndProxy() throws {
    let pair = try Fixture.named("connect-403-squid-java")
    let story = try pair.story(.failing)
    let cause = try #require(
      story.connections.lazy.map { Diagnosis.diagnose($0) }.compactMap(\.first).first { $0.code == .appProxyProtocol })
    #expect(cause.remedies.contains { $0.text.contains("403") })
  }

  // MARK: Waits

  @Test(arguments: [(0.2, nil), (0.7, Grade.strong), (5, Grade.strong)] as [(Double, Grade?)])
  func halfAFlightGivesNothingToThinkAbout(seconds: Double, grade: Grade?) {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    builder.wait(seconds)
    builder.fin(.client)
    #expect([Mechanism].silentServer.said(builder.inquiry())[.tcpServerSilent] == grade)
  }

  @Test func aFlightThatIsRepeatedInVainIsNeitherSilentNorRefused() {
    var builder = FixtureBuilder.flight13()
    builder.network {
      $0.server.unacknowledgedBytes = 900
      $0.server.retransmissionCount = 4
    }
    builder.wait(4)
    builder.fin(.client)
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
    #expect([Mechanism].hiddenCertificate.claims(builder.inquiry()).isEmpty)
  }

  @Test func aHesitantCloseIsWeakEvidenceAgainstTheCertificate() {
    for (seconds, grade) in [(0.1, Grade.usual), (1.0, .hint)] {
      var builder = FixtureBuilder.flight13()
      builder.wait(seconds)
      builder.fin(.client)
      #expect([Mechanism].hiddenCertificate.said(builder.inquiry()) == [.certRejected: grade])
    }
  }

  @Test(arguments: ["silent-server", "silent-rustls-client", "silent-alternate-curl-v6"])
  func theAcknowledgmentOfTheHelloIsCited(id: String) throws {
    let story = try Fixture.named(id).story(.failing)
    let silent = try #require(
      story.connections.first { connection in
        connection.outcome != .established && !connection.transcript.clientHellos.isEmpty
          && Diagnosis.diagnose(connection).first?.code == .tcpServerSilent
      })
    let cause = try #require(Diagnosis.diagnose(silent).first)
    let hello = try #require(silent.transcript.clientHellos.last)
    let frames = try #require(cause.evidence.first).frames
    #expect(frames.first == hello.frame)
    #expect(frames.last == silent.network.client.dataAcknowledged?.frame)
    if let close = silent.firstClose { #expect(frames.allSatisfy { $0 < close.frame }) }
  }

  // MARK: Dropped packets

  private func losing(_ length: Int, by sender: Role = .client, times: Int = 3) -> FixtureBuilder {
    var builder = FixtureBuilder.greeted()
    let time = builder.now
    builder.network { network in
      network[sender].retransmissions = (0..<times).map { Retransmission(frame: 10 + $0, time: time, length: length) }
      network[sender].retransmissionCount = times
      network[sender].unacknowledgedBytes = UInt64(length)
      network[sender].largestSegment = length
    }
    builder.wait(3)
    return builder
  }

  @Test func packetsThatFitEverywhereAreDroppedForWhatIsInThem() throws {
    #expect([Mechanism.tlsUnknownVanishingData].said(losing(517).inquiry()) == [.tlsUnknown: .usual])
    #expect([Mechanism].pathMTU.said(losing(517).inquiry()) == [.tcpPathMTU: .hint])
    #expect(Diagnosis.diagnose(losing(517).ended(.incomplete)).first?.code == .tlsUnknown)
    #expect([Mechanism.tlsUnknownVanishingData].said(losing(200, by: .server).inquiry()) == [.tlsUnknown: .usual])
    #expect([Mechanism.tlsUnknownVanishingData].claims(losing(1400).inquiry()).isEmpty, "that is the path's MTU")
    #expect(
      [Mechanism.tlsUnknownVanishingData].claims(losing(517, times: 2).inquiry()).isEmpty, "that may be everyday loss")
    #expect([Mechanism.tlsUnknownVanishingData].claims(FixtureBuilder.greeted().inquiry()).isEmpty)
  }

  // MARK: Intolerance

  @Test func aLargerHelloThatFitsOnePacketIsAGuess() {
    var builder = FixtureBuilder.greeted(.offer(length: 700))
    builder.reset(.server)
    let working = FixtureBuilder.established()
    #expect([Mechanism].intolerance.said(builder.inquiry(working: working)) == [.tlsIntolerance: .hint])
  }

  @Test func whoAnswersInPlaintextDoesNotChokeOnTheHello() {
    var builder = FixtureBuilder.greeted(.offer(length: 1700))
    builder.say(.server, .httpResponse, "HTTP/1.1 400 Bad Request")
    builder.fin(.server)
    #expect([Mechanism].intolerance.claims(builder.inquiry(working: FixtureBuilder.established())).isEmpty)
  }

  @Test func aServerThatDoesNotKnowTheNameMaySayInternalError() {
    let inquiry = FixtureBuilder.refused(.offer(name: "a.test"), by: .internalError).inquiry()
    #expect([Mechanism].serverName.said(inquiry) == [.tlsSNIUnrecognized: .hint])
  }

  // MARK: Renegotiation

  private func renegotiating(endedBy ender: Role, answered: Bool = false, after data: Bool = false) -> Connection {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f))
    builder.encrypted(.client, 200)
    if data { builder.encrypted(.server, 400) }
    builder.encrypted(.server, 40, type: 22)
    let begun = FrameNote(frame: builder.frame, time: builder.now)
    builder.transcript {
      var features = RareFeatures()
      features.renegotiation = begun
      $0.rareFeatures = features
    }
    builder.encrypted(.client, 300, type: 22)
    if answered { builder.encrypted(.server, 400) }
    // Before TLS 1.3 the record itself says that it holds an alert.
    builder.encrypted(ender, 40, type: 21)
    let (frame, now) = (builder.frame, builder.now)
    builder.transcript {
      $0.alerts.append(
        AlertNote(frame: frame, time: now, sender: ender, alert: nil, isEncrypted: true, recordLength: 40))
    }
    builder.fin(ender)
    return builder.ended(.established)
  }

  private func doubts(_ connection: Connection) -> [CauseCode: Grade] {
    Mechanism.doubts.said(
      Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection))
  }

  @Test func aRenegotiationThatComesToNothingIsADoubt() {
    #expect(doubts(renegotiating(endedBy: .server)) == [.certClientRequired: .hint])
    // What the client asked for was never answered, or had been before.
    #expect(doubts(renegotiating(endedBy: .client)) == [.tlsExtension: .usual])
    #expect(doubts(renegotiating(endedBy: .client, after: true)) == [.tlsExtension: .hint])
    #expect(doubts(renegotiating(endedBy: .server, answered: true)).isEmpty, "the server went on to answer")
    let causes = Diagnosis.diagnose(renegotiating(endedBy: .server))
    #expect(causes.map(\.code) == [CauseCode.none, .certClientRequired])
    #expect(causes.map(\.confidence) == [.certain, .possible])
    var memory = Advisor()
    #expect(memory.diagnose(renegotiating(endedBy: .server), logs: LogEvidence()).count == 2)
  }

  // MARK: Names

  private func lookup(_ name: String, answered: Double?, addresses: [IPAddress] = []) -> NameLookup {
    let start = Timestamp(nanoseconds: 1_790_000_000_000_000_000)
    var lookup = NameLookup(
      name: name, type: 1, client: FixtureBuilder.client, resolver: FixtureBuilder.server.address,
      queries: [FrameNote(frame: 1, time: start)])
    if let answered {
      lookup.response = FrameNote(
        frame: 2, time: Timestamp(nanoseconds: start.nanoseconds + Int64(answered * 1e9)))
      lookup.responseCode = addresses.isEmpty ? 3 : 0
    }
    lookup.addresses = addresses
    return lookup
  }

  private func names(_ lookups: [NameLookup], after seconds: Double, isOver: Bool = false) -> [String] {
    let now = Timestamp(nanoseconds: 1_790_000_000_000_000_000 + Int64(seconds * 1e9))
    return Diagnosis.unresolvedNames(among: lookups, now: now, isOver: isOver).map(\.name)
  }

  @Test func aNameIsUnresolvedOnceNoOtherAnswerCanCome() {
    let missing = lookup("a.test", answered: 0.1)
    #expect(names([missing], after: 0.5).isEmpty)
    #expect(names([missing], after: 0.5, isOver: true) == ["a.test"])
    #expect(names([missing], after: 1.2) == ["a.test"])
    #expect(names([lookup("a.test", answered: nil)], after: 5, isOver: true).isEmpty)
    #expect(names([lookup("a.test", answered: nil)], after: 11) == ["a.test"])
    #expect(names([missing, lookup("a.test", answered: nil)], after: 5).isEmpty, "the other question is open")
  }

  @Test func aNameThatASearchDomainOrItsAbsenceResolvesIsNone() {
    let found = lookup("a.test", answered: 0.2, addresses: [FixtureBuilder.client])
    #expect(names([lookup("a.test.cluster.local", answered: 0.1), found], after: 3).isEmpty)
    #expect(names([lookup("a", answered: 0.1), found], after: 3).isEmpty)
  }
}
