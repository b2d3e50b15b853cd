import Foundation
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// Captures that are stopped early, begin late or lost packets: what is not there yet looks like what never comes, and
/// what was lost like what was never said.
@Suite struct CutShortTests {
  // MARK: Stopped early

  @Test(
    arguments: [([], Grade.hint), ([0.1], Grade.hint), ([1], Grade.strong), ([1, 2], Grade.proof)]
      as [([Double], Grade)])
  func aSYNIsUnansweredOnceItIsRepeated(pauses: [Double], grade: Grade) {
    var builder = FixtureBuilder()
    builder.syn()
    for pause in pauses {
      builder.wait(pause)
      builder.syn()
    }
    #expect([Mechanism.tcpTimeout].said(builder.inquiry()) == [.tcpTimeout: grade])
  }

  @Test(
    arguments: [([], Grade.hint), ([0.1], Grade.hint), ([1], Grade.strong), ([1, 2], Grade.proof)]
      as [([Double], Grade)])
  func theFamilyIsAsSureAsTheSilence(pauses: [Double], grade: Grade) {
    var builder = FixtureBuilder(server: Endpoint(address: IPAddress(ipv6High: 0x2001_0db8 << 32, low: 1), port: 443))
    builder.syn()
    for pause in pauses {
      builder.wait(pause)
      builder.syn()
    }
    let working = FixtureBuilder.established()
    #expect([Mechanism.tcpAddressFamily].said(builder.inquiry(working: working)) == [.tcpAddressFamily: grade])
  }

  @Test func aFamilyThatWasJustAcceptedIsNotSilentYet() throws {
    var builder = FixtureBuilder(server: Endpoint(address: IPAddress(ipv6High: 0x2001_0db8 << 32, low: 1), port: 443))
    builder.connect()
    builder.hello(.offer())
    let working = FixtureBuilder.established()
    #expect([Mechanism.tcpAddressFamily].claims(builder.inquiry(working: working)).isEmpty)
    builder.wait(2)
    let finding = try #require([Mechanism.tcpAddressFamily].claims(builder.inquiry(working: working)).first)
    #expect(finding.claim.headline.contains("was accepted and then silent"))
  }

  private func lookup(_ type: UInt16 = 1, asked seconds: [Int64] = [0], code: UInt8? = nil) -> NameLookup {
    var lookup = NameLookup(
      name: "a.test", type: type, client: FixtureBuilder.client, resolver: FixtureBuilder.client,
      queries: seconds.map { FrameNote(frame: 1, time: Timestamp(nanoseconds: $0 * 1_000_000_000)) })
    lookup.responseCode = code
    return lookup
  }

  @Test func aLookupIsUnansweredOnceItIsRepeated() {
    func grade(_ lookups: NameLookup...) -> Grade? {
      [Mechanism.dnsNoAnswer].said(Inquiry(attempt: Attempt(connections: [], lookups: lookups), connection: nil))[
        .dnsNoAnswer]
    }
    #expect(grade(lookup()) == .hint)
    #expect(grade(lookup(asked: [0, 5])) == .proof)
    #expect(grade(lookup(code: 3), lookup(28)) == .proof, "the name does not exist, in whatever family")
    #expect(grade(lookup(), lookup(28, code: 0)) == .hint, "no address of one family; the other may have one")
    #expect(grade(lookup(code: 0), lookup(28, code: 0)) == .proof)
  }

  @Test func oneFamilyIsSilentOnlyWhereTheOtherHasAnAddress() {
    func isClaimed(_ lookups: NameLookup...) -> Bool {
      let attempt = Attempt(connections: [], lookups: lookups)
      return ![Mechanism.dnsNoAnswerOneFamily].claims(Inquiry(attempt: attempt, connection: nil)).isEmpty
    }
    var answered = lookup(code: 0)
    answered.addresses = [FixtureBuilder.client]
    #expect(isClaimed(answered, lookup(28, asked: [0, 5])))
    #expect(!isClaimed(answered, lookup(28)), "the answer may still have come")
    #expect(!isClaimed(lookup(asked: [0, 5]), lookup(28, asked: [0, 5])), "the name does not resolve at all")
    #expect(!isClaimed(lookup(code: 0), lookup(28, asked: [0, 5])))
  }

  @Test func datagramsThatBelongTogetherAreNoRepetition() {
    for (pause, wait, grade) in [(0.0, 0.0, nil), (0, 60, nil), (0.2, 0, .hint), (1, 0, .strong), (3, 0, .proof)]
      as [(Double, Double, Grade?)]
    {
      var builder = FixtureBuilder()
      builder.encrypted(.client, 1200)
      builder.wait(pause)
      builder.encrypted(.client, 1200)
      builder.wait(wait)
      var connection = builder.ended()
      connection.transport = .quic
      let inquiry = Inquiry(
        attempt: Attempt(connections: [connection], lookups: []), connection: connection)
      #expect([Mechanism.tcpTimeoutUDPBlocked].said(inquiry)[.tcpTimeout] == grade)
    }
  }

  @Test func aHelloIsNotToleratedOnceTheServerHadTimeToAnswer() {
    var builder = FixtureBuilder.greeted(.offer(length: 1700))
    let working = FixtureBuilder.established()
    #expect([Mechanism].intolerance.claims(builder.inquiry(working: working)).isEmpty)
    builder.wait(2)
    #expect([Mechanism].intolerance.said(builder.inquiry(working: working)) == [.tlsIntolerance: .strong])
  }

  @Test func aCaptureThatGoesOnShowsTheSilence() throws {
    var builder = FixtureBuilder.greeted()
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
    builder.network { $0.silence = 5 }
    #expect([Mechanism].silentServer.said(builder.inquiry()) == [.tcpServerSilent: .proof])
    builder.fin(.client)
    #expect(
      [Mechanism].silentServer.said(builder.inquiry()) == [.tcpServerSilent: .hint], "what follows the close is no wait"
    )

    // The client's hello and its acknowledgment, and, six seconds later, somebody else's SYN.
    let capture = try Data(contentsOf: URL(filePath: Fixture.named("silent-rustls-client").path("failing.pcap")))
    let other = try Data(contentsOf: URL(filePath: Fixture.named("silent-alternate-curl-v6").path("working.pcap")))
    let frames = try #require(CaptureBytes.frames(capture))
    let begin = capture[frames[0].prefix(4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let time = Data((0..<4).map { UInt8(truncatingIfNeeded: (begin + 6) >> (8 * $0)) })
    let later = time + other[try #require(CaptureBytes.frames(other)?.first).dropFirst(4)]
    for (rest, code) in [(Data(), CauseCode.captureIncomplete), (later, .tcpServerSilent)] {
      let story = try CaptureBytes.story(capture.prefix(frames[5].lowerBound) + rest)
      let connection = try #require(story.connections.first)
      #expect(Diagnosis.diagnose(connection).first?.code == code)
    }
  }

  @Test func whoLeavesAtOnceWaitedForNothing() {
    for (wait, grade) in [(0.001, Grade.hint), (0.2, .usual), (1.5, .proof)] {
      var builder = FixtureBuilder.greeted()
      builder.wait(wait)
      builder.fin(.client)
      #expect([Mechanism].silentServer.said(builder.inquiry()) == [.tcpServerSilent: grade])
    }
  }

  @Test func aMissingPROXYHeaderShowsInTheHelloThatGetsNoAnswer() {
    var working = FixtureBuilder()
    working.connect()
    working.say(.client, .proxyProtocol, "PROXY TCP4 1.2.3.4 5.6.7.8 1 2")
    working.hello(.offer())
    working.answer(.answer())
    let example = working.ended(.established)
    var builder = FixtureBuilder()
    builder.connect()
    #expect([Mechanism].proxyProtocol.claims(builder.inquiry(working: example)).isEmpty, "nothing was sent")
    builder.hello(.offer())
    #expect([Mechanism].proxyProtocol.claims(builder.inquiry(working: example)).isEmpty, "no time to answer")
    builder.fin(.server)
    #expect([Mechanism].proxyProtocol.said(builder.inquiry(working: example)) == [.appProxyProtocol: .proof])
  }

  @Test(arguments: [
    ("220 go ahead", true), ("234 AUTH TLS", true), ("334 go on", true), ("a OK begin", true), ("+OK begin", true),
    ("S", true), ("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", true), ("454 no", false), ("a NO no", false),
    ("-ERR no", false), ("N", false), ("what", false), ("22", false), ("", false),
  ]) func aGrantedUpgradeIsNoRefusal(reply: String, isGrant: Bool) {
    let note = PlaintextNote(frame: 1, time: Timestamp(nanoseconds: 0), sender: .server, kind: .smtp, excerpt: reply)
    #expect(note.grantsCommand == isGrant)
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.server, .smtp, "220 ready")
    builder.say(.client, .smtp, "STARTTLS")
    builder.say(.server, .smtp, reply)
    #expect([Mechanism].startTLS.claims(builder.inquiry()).isEmpty == !note.refusesCommand)
    builder.fin(.client)
    #expect([Mechanism].startTLS.claims(builder.inquiry()).isEmpty == isGrant)
  }

  @Test func aSessionThatGoesOnMayComeToTLS() {
    var working = FixtureBuilder()
    working.connect()
    working.say(.server, .smtp, "220 ready")
    working.say(.client, .smtp, "STARTTLS")
    working.transcript { $0.clientTLSOffset = 10 }
    working.hello(.offer())
    let example = working.ended(.established)
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.server, .smtp, "220 ready")
    builder.say(.client, .smtp, "EHLO me")
    #expect([Mechanism].startTLS.claims(builder.inquiry(working: example)).isEmpty)
    builder.fin(.client)
    #expect([Mechanism].startTLS.said(builder.inquiry(working: example)) == [.appStartTLS: .strong])
  }

  // MARK: Lost

  @Test func bytesOfNoKnownProtocolMayBeTheMiddleOfTLS() {
    func said(_ change: (inout NetworkFacts) -> Void = { _ in }) -> [CauseCode: Grade] {
      var builder = FixtureBuilder.greeted()
      builder.say(.server, .unknown, "\\x01\\x02")
      builder.network(change)
      return [Mechanism].plaintextServer.said(builder.inquiry())
    }
    #expect(said() == [.appPlaintextServer: .proof])
    #expect(said { $0.server.missingBytes = 100 }.isEmpty)
    #expect(said { $0.client.missingBytes = 100 }.isEmpty, "the client may have asked for it")
    #expect(said { $0.synAck = nil }.isEmpty, "nothing shows where the server began")
  }

  @Test func plaintextBeforeLostBytesMayHaveLedToTLS() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .smtp, "EHLO me")
    builder.alert(.server, .protocolVersion)
    #expect([Mechanism].plaintextClient.said(builder.inquiry()) == [.appPlaintextClient: .proof])
    builder.network { $0.client.missingBytes = 300 }
    #expect([Mechanism].plaintextClient.said(builder.inquiry())[.appPlaintextClient] != .proof)
  }

  @Test func whatTheClientSentCannotBeToldFromWhatTheCaptureLost() throws {
    let working = FixtureBuilder.established()
    for lost in [
      { $0.client.missingBytes = 1 }, { $0.server.missingBytes = 1 }, { $0.client.bytesBeforeFIN = 1 },
      { $0.truncatedFrames = 1 }, { _ in },
    ] as [(inout NetworkFacts) -> Void] {
      var builder = FixtureBuilder.flight13()
      builder.encrypted(.client, 53)
      builder.fin(.client)
      builder.network(lost)
      let connection = builder.ended(.established)
      let isWhole = !connection.network.lacksBytes
      let inquiry = Inquiry(
        attempt: Attempt(connections: [connection], lookups: []), connection: connection,
        workingAttempt: Attempt(connections: [working], lookups: []), working: working)
      #expect(Mechanism.doubts.claims(inquiry).isEmpty == !isWhole)
      let alone = try #require(Diagnosis.diagnose(connection).first)
      #expect(alone.code == CauseCode.none)
      #expect(alone.confidence == (isWhole ? .certain : .likely))
      #expect(alone.evidence.first?.text.hasSuffix("lacks some of what was said") == !isWhole)
    }
  }

  @Test func dataBothWaysIsNoObjection() {
    var connection = FixtureBuilder.established()
    connection.network.server.missingBytes = 1000
    #expect(Diagnosis.diagnose(connection).first?.confidence == .certain)
  }

  @Test func aLostServerHelloLeavesTheHandshakeInDoubt() {
    for (versions, outcome) in [([0x0304, 0x0303], Outcome.incomplete), ([0x0303], .established)]
      as [([UInt16], Outcome)]
    {
      var builder = FixtureBuilder.greeted(.offer(versions: versions))
      builder.encrypted(.server, 900)
      builder.encrypted(.client, 600, 53)
      builder.encrypted(.server, 19)
      builder.fin(.server)
      builder.network { $0.server.missingBytes = 200 }
      var connection = builder.ended(.incomplete)
      connection.decideOutcome()
      #expect(connection.outcome == outcome)
    }
  }

  @Test func aResetThatStandsFurtherOnShowsThatTheServerHadAnswered() {
    let working = FixtureBuilder.established()
    for (offset, isSilent) in [(0, true), (1, true), (2, false), (1400, false), (100_000, true)] {
      var builder = FixtureBuilder.greeted(.offer(name: nil))
      builder.reset(.server, offset: offset)
      #expect(builder.connection.serverIsSilent == isSilent)
      #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty == !isSilent)
      #expect(
        [Mechanism].serverName.said(builder.inquiry(working: working)) == [.tlsSNIMissing: isSilent ? .strong : .usual])
    }
  }

  @Test func anotherServerMayCloseForReasonsOfItsOwn() {
    var builder = FixtureBuilder.greeted(.offer(name: nil))
    builder.fin(.server)
    var elsewhere = FixtureBuilder.established()
    #expect([Mechanism].serverName.said(builder.inquiry(working: elsewhere)) == [.tlsSNIMissing: .strong])
    elsewhere.server.address = IPAddress(ipv4: 0xC633_6403)
    #expect([Mechanism].serverName.said(builder.inquiry(working: elsewhere)) == [.tlsSNIMissing: .hint])
  }

  @Test func whatTheClientSaidOfTheCertificateMayBeLost() {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: 0xc02f, group: nil))
    builder.message(.server, .serverHelloDone)
    builder.fin(.client)
    #expect(Refusal(builder.inquiry())?.mayHaveLostWords == false)
    builder.network { $0.client.bytesBeforeFIN = 7 }
    #expect(Refusal(builder.inquiry())?.mayHaveLostWords == true)
  }

  @Test func aWorkingCaptureWithoutTheServersChoiceExcludesNothing() {
    var greeted = FixtureBuilder.greeted()
    greeted.encrypted(.server, 900)
    let builder = FixtureBuilder.refused(.offer(length: 1700), by: .handshakeFailure)
    let known = builder.inquiry(working: FixtureBuilder.established())
    let unknown = builder.inquiry(working: greeted.ended(.established))
    #expect([Mechanism].intolerance.said(known) == [.tlsIntolerance: .strong])
    #expect([Mechanism].intolerance.said(unknown) == [.tlsIntolerance: .hint])
  }

  @Test func whoseCloseItWasIsUnknownWhereTheServerWasNeverHeard() {
    var builder = FixtureBuilder.greeted(.offer(name: "other.test"))
    builder.reset(.server)
    let working = FixtureBuilder.established()
    #expect([Mechanism].serverName.said(builder.inquiry(working: working)) == [.tlsSNIUnrecognized: .usual])
    builder.network { $0.synAck = nil }
    #expect([Mechanism].serverName.claims(builder.inquiry(working: working)).isEmpty)
  }

  // MARK: Recorded

  /// Of each recorded failure what is left when the capture is stopped after some frame, or lost one: nothing else may
  /// become likely then.
  @Test(arguments: Fixture.all)
  func lessOfACaptureIsNoOtherCause(_ fixture: Fixture) throws {
    let capture = try Data(contentsOf: URL(filePath: fixture.path("failing.pcap")))
    // A few are in other formats, or long.
    guard let frames = CaptureBytes.frames(capture), frames.count <= 40 else { return }
    let working = try fixture.story(.working)
    let honest = fixture.honest
    let places = frames.indices
    for kept in places.dropFirst().map({ Array(places[..<$0]) }) + places.map({ lost in places.filter { $0 != lost } })
    {
      let less = kept.reduce(into: capture.prefix(24)) { $0.append(capture[frames[$1]]) }
      let comparison = Comparison(working: working, failing: try CaptureBytes.story(less))
      let first = try #require(comparison.causes.first)
      #expect(
        first.confidence == .possible || honest.contains(first.code.rawValue),
        "frames \(kept.map { $0 + 1 }) say \(first.code.rawValue), \(first.title)")
    }
  }

  /// What a stopped capture interrupts is told from memory: that must be what is found anew, whoever takes part.
  @Test func whatMemorySaysOfInterruptedHandshakesIsWhatIsFoundAnew() throws {
    var memory = Advisor()
    var interrupted = 0
    for fixture in Fixture.all {
      for name in ["working.pcap", "failing.pcap"] {
        let capture = try Data(contentsOf: URL(filePath: fixture.path(name)))
        guard let frames = CaptureBytes.frames(capture) else { continue }
        for count in 1...min(frames.count, 16) {
          let story = try CaptureBytes.story(capture.prefix(frames[count - 1].upperBound))
          for connection in story.connections {
            if HandshakeUnderWay(connection) != nil { interrupted += 1 }
            let causes = memory.diagnose(connection, logs: LogEvidence())
            #expect(causes == Diagnosis.diagnose(connection), "\(fixture.id), \(name), \(count) frames")
          }
        }
      }
    }
    #expect(interrupted > 100, "\(interrupted)")
  }

  @Test func anInterruptedHandshakeIsPlainUntilSomethingHappens() {
    func isPlain(after change: (inout FixtureBuilder) -> Void = { _ in }) -> Bool {
      var builder = FixtureBuilder.greeted()
      change(&builder)
      return HandshakeUnderWay(builder.ended(.incomplete)) != nil
    }
    #expect(isPlain())
    #expect(isPlain { $0.wait(0.5) })
    #expect(!isPlain { $0.wait(1.5) })
    #expect(!isPlain { $0.fin(.client) })
    #expect(!isPlain { $0.reset(.server) })
    #expect(!isPlain { $0.alert(.server, .handshakeFailure) })
    #expect(!isPlain { $0.icmp(type: 3, code: 4) })
    #expect(!isPlain { $0.say(.server, .httpResponse, "HTTP/1.1 400 Bad Request") })
    #expect(!isPlain { $0.network { $0.client.retransmissionCount = 1 } })
    #expect(!isPlain { $0.network { $0.server.missingBytes = 1 } })
    #expect(!isPlain { $0.network { $0.isStartMissing = true } })
    #expect(!isPlain { $0.network { $0.syns += $0.syns } })
  }
}
