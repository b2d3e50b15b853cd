import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// What happens below TLS, branch by branch.
@Suite struct BelowTLSTests {
  // MARK: No connection

  @Test func unansweredSYNsAreATimeout() {
    var builder = FixtureBuilder()
    builder.syn()
    builder.wait(1)
    builder.syn()
    builder.wait(2)
    #expect([Mechanism.tcpTimeout].said(builder.inquiry()) == [.tcpTimeout: .proof])
    #expect([Mechanism.tcpTimeout].claims(builder.inquiry()).first?.claim.observations.first?.frames == [1, 2])
  }

  @Test func aSYNThatIsRefusedOrUnreachableIsNoTimeout() {
    var refused = FixtureBuilder()
    refused.syn()
    refused.reset(.server)
    #expect([Mechanism.tcpTimeout].claims(refused.inquiry()).isEmpty)
    #expect([Mechanism.tcpRefused].said(refused.inquiry()) == [.tcpRefused: .proof])
    var unreachable = FixtureBuilder()
    unreachable.syn()
    unreachable.icmp(type: 3, code: 1)
    #expect([Mechanism.tcpTimeout].claims(unreachable.inquiry()).isEmpty)
    #expect([Mechanism.tcpUnreachable].said(unreachable.inquiry()) == [.tcpUnreachable: .proof])
  }

  @Test func aResetOfTheClientsOwnIsNoRefusal() {
    var builder = FixtureBuilder()
    builder.syn()
    builder.reset(.client)
    #expect([Mechanism.tcpRefused].claims(builder.inquiry()).isEmpty)
  }

  @Test(arguments: [1765, -1, nil]) func aResetThatDoesNotAnswerTheSYNIsNoRefusal(acknowledges: Int?) {
    var builder = FixtureBuilder()
    builder.syn()
    builder.reset(.server, acknowledges: acknowledges)
    #expect([Mechanism.tcpRefused].claims(builder.inquiry()).isEmpty)
    let connection = builder.ended(.incomplete)
    let inquiry = Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection)
    let finding = [Mechanism.captureIncomplete].claims(inquiry).first
    #expect(finding?.claim.grade == .strong)
    #expect(finding?.claim.observations.first?.frames == [1, 2])
    #expect(Diagnosis.diagnose(connection).first?.code == .captureIncomplete)
  }

  @Test(arguments: [(UInt8(3), UInt8(4), false), (11, 0, false), (2, 0, true), (3, 0, true)])
  func errorsThatDoNotSayUnreachableAreNone(type: UInt8, code: UInt8, isICMPv6: Bool) {
    var builder = FixtureBuilder()
    builder.syn()
    builder.icmp(type: type, code: code, isICMPv6: isICMPv6)
    #expect([Mechanism.tcpUnreachable].claims(builder.inquiry()).isEmpty)
  }

  @Test(arguments: [
    (UInt8(3), UInt8(0), false, "ICMP network unreachable"), (3, 1, false, "ICMP host unreachable"),
    (3, 2, false, "ICMP protocol unreachable"), (3, 3, false, "ICMP port unreachable"),
    (3, 4, false, "ICMP packet too big"), (3, 9, false, "ICMP administratively prohibited"),
    (3, 13, false, "ICMP administratively prohibited"), (3, 7, false, "ICMP destination unreachable, code 7"),
    (11, 0, false, "ICMP time exceeded"), (5, 1, false, "ICMP type 5 code 1"),
    (1, 0, true, "ICMPv6 no route to destination"), (1, 1, true, "ICMPv6 administratively prohibited"),
    (1, 2, true, "ICMPv6 beyond scope of source address"), (1, 3, true, "ICMPv6 address unreachable"),
    (1, 4, true, "ICMPv6 port unreachable"), (1, 5, true, "ICMPv6 source address failed policy"),
    (1, 6, true, "ICMPv6 reject route to destination"), (1, 9, true, "ICMPv6 destination unreachable, code 9"),
    (2, 0, true, "ICMPv6 packet too big"), (3, 0, true, "ICMPv6 time exceeded"), (4, 1, true, "ICMPv6 type 4 code 1"),
  ]) func errorsAreNamed(type: UInt8, code: UInt8, isICMPv6: Bool, name: String) {
    var builder = FixtureBuilder()
    builder.icmp(type: type, code: code, isICMPv6: isICMPv6)
    #expect(builder.connection.network.icmpErrors.first?.name == name)
  }

  @Test(arguments: [(0.0, "0 µs"), (-1, "0 µs"), (0.0005, "500 µs"), (0.25, "250 ms"), (1, "1.0 s"), (61.26, "61.2 s")])
  func durationsAreWrittenShort(seconds: Double, text: String) { #expect(Seconds.text(seconds) == text) }

  // MARK: Silence and early closes

  @Test func silenceCountsFromTheHelloAndOnlyWhereItWasAcknowledged() {
    var builder = FixtureBuilder.greeted()
    builder.wait(1.5)
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty, "the capture may simply end")
    builder.wait(1)
    #expect([Mechanism].silentServer.said(builder.inquiry()) == [.tcpServerSilent: .proof])
    builder.network { $0.client.unacknowledgedBytes = 250 }
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
  }

  @Test func aClientThatGivesUpSoonIsWeakerEvidenceOfSilence() {
    var builder = FixtureBuilder.greeted()
    builder.wait(0.2)
    builder.fin(.client)
    #expect([Mechanism].silentServer.said(builder.inquiry()) == [.tcpServerSilent: .usual])
  }

  @Test func aServerThatClosesIsNotSilent() {
    var builder = FixtureBuilder.greeted()
    builder.wait(5)
    builder.fin(.server)
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
    #expect([Mechanism].closedOnAccept.said(builder.inquiry()) == [.tcpClosedOnAccept: .strong])
  }

  @Test func aFlightThatStopsIsSilenceOnlyWhenTheClientWaited() {
    for (seconds, isSilence) in [(0.5, false), (1.9, false), (3.0, true)] {
      var builder = FixtureBuilder.flight13()
      builder.wait(seconds)
      builder.fin(.client)
      #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty == !isSilence)
    }
  }

  @Test func aCloseBeforeAnyWordNamesTheAcceptance() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.reset(.server)
    let finding = [Mechanism].closedOnAccept.claims(builder.inquiry()).first
    #expect(finding?.claim.observations.first?.frames == [2, 4])
    #expect(finding?.claim.headline.contains("RST") == true)
  }

  @Test func aHelloIntoAClosedConnectionIsNotWhatWasRefused() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.fin(.server)
    builder.hello(.offer(versions: [0x0303], suites: [0x0005], groups: [], name: nil, length: 2000))
    let inquiry = builder.inquiry(working: FixtureBuilder.established())
    #expect(inquiry.ending?.phase == .connected)
    #expect(Diagnosis.diagnose(inquiry).map(\.code) == [.tcpClosedOnAccept])
    #expect(
      [Mechanism].closedOnAccept.claims(inquiry).first?.claim.observations.first?.text.contains("before the client")
        == true)
  }

  @Test func bytesThatTheCaptureLacksAreNoSilence() {
    for isAcknowledged in [true, false] {
      for closer in Role.allCases {
        var builder = FixtureBuilder.greeted()
        builder.network { facts in
          if isAcknowledged { facts.server.missingBytes = 7 } else { facts.server.bytesBeforeFIN = 7 }
        }
        builder.wait(5)
        builder.fin(closer)
        if closer == .client { builder.fin(.server) }
        #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
        #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
        #expect([Mechanism.captureIncomplete].said(builder.inquiry()) == [.captureIncomplete: .strong])
        #expect(Diagnosis.diagnose(builder.ended(.incomplete)).first?.code == .captureIncomplete)
      }
    }
  }

  @Test func aFlightOfWhichBytesAreMissingDidNotStall() {
    var builder = FixtureBuilder.flight13()
    builder.network { $0.server.missingBytes = 900 }
    builder.wait(3)
    builder.fin(.client)
    #expect([Mechanism].silentServer.claims(builder.inquiry()).isEmpty)
  }

  @Test func aHelloThatTheCaptureLacksIsNoCloseBeforeAnyWord() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.network { $0.client.missingBytes = 400 }
    builder.fin(.server)
    #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
  }

  @Test func aServerThatSaidSomethingWasNotClosedOnAccept() {
    #expect([Mechanism].closedOnAccept.claims(FixtureBuilder.refused(by: .handshakeFailure).inquiry()).isEmpty)
  }

  // MARK: Resets

  @Test(
    arguments: [
      (UInt8(60), nil), (61, nil), (251, nil), (124, nil), (200, Grade.proof), (64, Grade.proof), (30, Grade.proof),
    ] as [(UInt8, Grade?)])
  func aResetsHopLimitTellsWhereItCameFrom(hopLimit: UInt8, grade: Grade?) {
    var builder = FixtureBuilder.greeted()
    builder.reset(.server, hopLimit: hopLimit)
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry())[.tcpResetInjected] == grade)
  }

  @Test func aSequenceNumberFarOffIsGuessed() {
    var builder = FixtureBuilder.greeted()
    builder.reset(.server, offset: 65_535)
    #expect([Mechanism.tcpResetInjected].claims(builder.inquiry()).isEmpty)
    builder.reset(.server, offset: -70_000)
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry()) == [.tcpResetInjected: .usual])
  }

  @Test func aServerThatGoesOnAfterItsResetDidNotSendIt() {
    var builder = FixtureBuilder.greeted()
    builder.reset(.server)
    builder.acknowledge(.server)
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry()) == [.tcpResetInjected: .strong])
    builder.answer(.answer())
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry()) == [.tcpResetInjected: .strong])
    builder = .greeted()
    builder.reset(.server, hopLimit: 200)
    builder.acknowledge(.server)
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry()) == [.tcpResetInjected: .proof])
  }

  // MARK: Path MTU

  private func losing(_ lengths: [Int], passing: Int, unacknowledged: UInt64 = 1400) -> FixtureBuilder {
    var builder = FixtureBuilder.greeted()
    let time = builder.now
    builder.network { network in
      network.client.retransmissions = lengths.enumerated().map {
        Retransmission(frame: 10 + $0, time: time, length: $1)
      }
      network.client.unacknowledgedBytes = unacknowledged
      network.client.largestAcknowledgedSegment = passing
      network.client.largestSegment = lengths.max() ?? 0
      network.client.dataSegments = lengths.count + 1
    }
    builder.wait(3)
    return builder
  }

  @Test func largeSegmentsThatVanishWhileSmallOnesPassAreThePathsMTU() {
    #expect([Mechanism].pathMTU.said(losing([1400, 1400], passing: 100).inquiry()) == [.tcpPathMTU: .strong])
    #expect([Mechanism].pathMTU.said(losing([1400, 1400], passing: 0).inquiry()) == [.tcpPathMTU: .strong])
    var cutOff = losing([1400, 1400], passing: 100)
    cutOff.wait(-2.5)
    #expect([Mechanism].pathMTU.claims(cutOff.inquiry()).isEmpty, "the acknowledgment may be on its way")
    var told = losing([1400, 1400], passing: 100)
    told.icmp(type: 3, code: 4)
    #expect([Mechanism].pathMTU.said(told.inquiry()) == [.tcpPathMTU: .proof])
  }

  @Test func otherLossIsNotThePathsMTU() {
    #expect(
      [Mechanism].pathMTU.claims(losing([1400], passing: 100).inquiry()).isEmpty, "one repetition is everyday loss")
    #expect([Mechanism].pathMTU.claims(losing([1400, 1400], passing: 1400).inquiry()).isEmpty, "as large a one passed")
    #expect(
      [Mechanism].pathMTU.claims(losing([100, 100], passing: 0).inquiry()).isEmpty, "small segments fit everywhere")
    #expect(
      [Mechanism].pathMTU.claims(losing([1400, 1400], passing: 100, unacknowledged: 0).inquiry()).isEmpty, "it arrived")
  }

  @Test func aFlightOfWhichOnlyTheEndArrivesIsThePathsMTUToo() {
    var builder = FixtureBuilder.greeted()
    let beyond = FrameNote(frame: 6, time: builder.now)
    builder.network {
      $0.server.holeBytes = 1400
      $0.server.waitingBytes = 200
      $0.server.firstBeyondHole = beyond
    }
    builder.wait(0.5)
    #expect([Mechanism].pathMTU.claims(builder.inquiry()).isEmpty)
    builder.wait(1)
    #expect([Mechanism].pathMTU.said(builder.inquiry()) == [.tcpPathMTU: .strong])
  }

  // MARK: Address families and names

  private let overIPv6 = Endpoint(address: IPAddress(ipv6High: 0x2001_0db8 << 32, low: 1), port: 443)

  @Test func theOtherFamilyIsTheCauseOnlyWhereTheServerWasNeverReached() {
    var refused = FixtureBuilder(server: overIPv6)
    refused.syn()
    refused.reset(.server)
    #expect(
      [Mechanism.tcpAddressFamily].said(refused.inquiry(working: FixtureBuilder.established())) == [
        .tcpAddressFamily: .proof
      ])
    #expect([Mechanism.tcpAddressFamily].claims(refused.inquiry()).isEmpty)
    var cut = FixtureBuilder.greeted()
    cut.answer(.answer())
    let working = cut.ended(.incomplete)
    #expect([Mechanism.tcpAddressFamily].said(refused.inquiry(working: working)) == [.tcpAddressFamily: .proof])
    let word = [Mechanism.tcpAddressFamily].claims(refused.inquiry(working: working)).first?.claim.observations.last?
      .text
    #expect(word?.hasSuffix("accepted the connection and answered the ClientHello") == true)
    var reached = FixtureBuilder(server: overIPv6)
    reached.connect()
    reached.hello(.offer())
    reached.alert(.server, .handshakeFailure)
    #expect(
      [Mechanism.tcpAddressFamily].said(reached.inquiry(working: FixtureBuilder.established())) == [
        .tcpAddressFamily: .hint
      ])
  }

  @Test func theSameHostMayServeThePortOverTheOtherFamily() {
    var refused = FixtureBuilder(server: overIPv6)
    refused.syn()
    refused.reset(.server)
    #expect([Mechanism.tcpAddressFamilyElsewhere].claims(refused.inquiry()).isEmpty)
    let accepted = FrameNote(frame: 9, time: refused.now)
    let server = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 443)
    refused.network { $0.alternative = Fallback(server: server, accepted: accepted) }
    let claims = [Mechanism.tcpAddressFamilyElsewhere].claims(refused.inquiry())
    #expect([Mechanism.tcpAddressFamilyElsewhere].said(refused.inquiry()) == [.tcpAddressFamily: .proof])
    #expect(claims.first?.claim.observations.last?.frames == [9])
  }

  /// A proxy in the client's settings that is not there any more looks like this.
  @Test func whereTheWorkingClientWentIsToldBesideARefusalElsewhere() throws {
    let proxy = Endpoint(address: IPAddress(ipv4: 0xC000_0203), port: 3128)
    var refused = FixtureBuilder(server: proxy)
    refused.syn()
    refused.reset(.server)
    var (working, failing) = (CaptureStory(name: "working"), CaptureStory(name: "failing"))
    working.connections = [FixtureBuilder.established()]
    failing.connections = [refused.ended()]
    let cause = try #require(Comparison(working: working, failing: failing).causes.first)
    let server = try #require(working.connections.first?.server)
    #expect(cause.code == .tcpRefused)
    #expect(cause.evidence.contains { $0.capture == .working && $0.text.contains("\(server)") })
    #expect(cause.remedies.contains { $0.audience == "client" && $0.text.contains("proxy") })
    // Who went there too in the failing capture was not led elsewhere.
    failing.connections.append(FixtureBuilder.established())
    let other = try #require(Comparison(working: working, failing: failing).causes.first)
    #expect(!other.remedies.contains { $0.text.contains("proxy") })
  }

  @Test func anotherPortIsAnotherService() {
    var refused = FixtureBuilder(server: Endpoint(address: overIPv6.address, port: 8443))
    refused.syn()
    refused.reset(.server)
    #expect([Mechanism.tcpAddressFamily].claims(refused.inquiry(working: FixtureBuilder.established())).isEmpty)
  }

  @Test func plaintextIsRefusedOverEitherFamily() {
    var builder = FixtureBuilder(server: overIPv6)
    builder.connect()
    builder.say(.client, .httpRequest, "GET / HTTP/1.1")
    builder.fin(.server)
    #expect(
      [Mechanism.tcpAddressFamily].said(builder.inquiry(working: FixtureBuilder.established())) == [
        .tcpAddressFamily: .hint
      ])
  }

  @Test func aClientThatTriedBothFamiliesHasNoFamilyProblem() {
    var one = FixtureBuilder(server: overIPv6)
    one.syn()
    one.reset(.server)
    var two = FixtureBuilder()
    two.syn()
    two.reset(.server)
    let working = FixtureBuilder.established()
    let inquiry = Inquiry(
      attempt: Attempt(connections: [one.ended(), two.ended()], lookups: []), connection: one.ended(),
      workingAttempt: Attempt(connections: [working], lookups: []), working: working)
    #expect([Mechanism.tcpAddressFamily].claims(inquiry).isEmpty)
  }

  @Test(arguments: [
    (UInt8?.none, "no answer"), (0, "without an address"), (1, "FORMERR"), (2, "SERVFAIL"), (3, "NXDOMAIN"),
    (5, "REFUSED"), (9, "code 9"),
  ])
  func aNameWithoutAddressesIsNamedWithItsAnswer(code: UInt8?, text: String) throws {
    var lookup = NameLookup(
      name: "nx.test", type: 1, client: FixtureBuilder.client, resolver: FixtureBuilder.client,
      queries: [0, 5_000_000_000].map { FrameNote(frame: 1, time: Timestamp(nanoseconds: $0)) })
    lookup.responseCode = code
    let finding = try #require(
      [Mechanism.dnsNoAnswer].claims(Inquiry(attempt: Attempt(connections: [], lookups: [lookup]), connection: nil))
        .first)
    #expect(finding.id.code == .dnsNoAnswer && finding.claim.grade == .proof)
    #expect(finding.claim.observations.first?.text.contains(text) == true, "\(finding.claim.observations)")
  }

  @Test func aNameThatOneFamilyResolvedIsResolved() {
    func lookup(_ name: String, _ type: UInt16, _ addresses: [IPAddress] = []) -> NameLookup {
      var lookup = NameLookup(
        name: name, type: type, client: FixtureBuilder.client, resolver: FixtureBuilder.client, queries: [])
      lookup.addresses = addresses
      return lookup
    }
    let found = [FixtureBuilder.server.address]
    #expect(UnresolvedNames.among([lookup("a.test", 1, found), lookup("a.test", 28)]).isEmpty)
    #expect(UnresolvedNames.among([lookup("a.test.lan", 1), lookup("a.test", 1, found)]).isEmpty)
    #expect(UnresolvedNames.among([lookup("b.test", 1), lookup("a.test", 1, found)]).map(\.name) == ["b.test"])
    #expect(UnresolvedNames.among([lookup("a.test", 65)]).isEmpty)
  }
}
