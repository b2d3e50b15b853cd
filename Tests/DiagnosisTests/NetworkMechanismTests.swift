import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// What holds for all mechanisms below TLS, of QUIC, and of captures that do not hold enough.
@Suite struct NetworkMechanismTests {
  /// Those of which at most one of each code speaks of a story.
  private static let exclusive: [Mechanism] =
    [
      .dnsNoAnswer, .tcpAddressFamily, .tcpRefused, .tcpRefusedQUIC, .tcpTimeout, .tcpTimeoutUDPBlocked,
      .tcpUnreachable, .tcpResetInjected, .tlsVersionQUIC, .tlsVersionQUICTampered, .tlsExtensionTransportParameters,
      .tlsMalformedQUIC, .certRejectedUnfinishedQUIC, .captureIncomplete,
    ] + [Mechanism].pathMTU + [Mechanism].closedOnAccept + [Mechanism].silentServer + [Mechanism].ignoredFinished

  private static func stories() throws -> [Inquiry] {
    let recorded = try Fixture.all.compactMap { fixture in
      try GoalMatcher(working: fixture.story(.working), failing: fixture.story(.failing)).inquiry(logs: LogEvidence())
    }
    return recorded + [UnansweredDatagramsTests.inquiry()] + QUICFailureTests.inquiries + [tunnelled, stalled]
  }

  /// A proxy that grants the tunnel and closes at the hello.
  private static var tunnelled: Inquiry {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpConnect, "CONNECT svc.test:443 HTTP/1.1")
    builder.say(.server, .httpResponse, "HTTP/1.1 200 Connection established")
    builder.transcript { $0.clientTLSOffset = 60 }
    builder.hello(.offer())
    builder.fin(.server)
    return builder.inquiry()
  }

  /// A ServerHello, and then nothing.
  private static var stalled: Inquiry {
    var builder = FixtureBuilder.greeted()
    builder.answer(.answer())
    builder.wait(3)
    builder.fin(.client)
    return builder.inquiry()
  }

  @Test func eachHasSomethingToSayOfSomeStory() throws {
    var silent = Set((Self.exclusive + [.tlsUnknown]).map(\.id.description))
    for inquiry in try Self.stories() {
      for (id, _) in (Self.exclusive + [.tlsUnknown]).claims(inquiry) { silent.remove(id.description) }
    }
    #expect(silent == [])
  }

  @Test func noTwoOfOneCodeSpeakOfOneStory() throws {
    for inquiry in try Self.stories() {
      let codes = Self.exclusive.claims(inquiry).map(\.id.code)
      #expect(codes.count == Set(codes).count, "\(codes)")
    }
  }

  @Test func eachClaimCitesTheEndUnlessTheNameDidNotResolveOrTheCaptureLacksIt() throws {
    let others: Set<CauseCode> = [.dnsNoAnswer, .captureIncomplete]
    for inquiry in try Self.stories() {
      for (id, claim) in (Self.exclusive + [.tlsUnknown, .tlsUnknownVanishingData]).claims(inquiry) {
        #expect(others.contains(id.code) || claim.observations.contains { $0.kind == .ending }, "\(id)")
        #expect(claim.observations.allSatisfy { !$0.text.isEmpty && !$0.text.hasSuffix(".") }, "\(id)")
      }
    }
  }

  @Test func aRSTBeforeAnyHelloDoesNotFollowOne() throws {
    var builder = FixtureBuilder()
    builder.connect()
    builder.reset(.server, hopLimit: 40)
    builder.hello(.offer())
    let claim = try #require([Mechanism.tcpResetInjected].claims(builder.inquiry()).first?.claim)
    #expect(claim.observations.last?.text == "no ClientHello was seen before the RST")
    #expect(!claim.observations.contains { $0.text.contains("follows") })
  }

  @Test func theFamilyThatAClientUsesIsItsConditionUnlessItUsesBoth() throws {
    let state = try #require(Mechanism.tcpAddressFamily.state)
    let overIPv6 = Endpoint(address: IPAddress(ipv6High: 0x2001_0db8 << 32, low: 2), port: 443)
    var one = FixtureBuilder()
    one.syn()
    var other = FixtureBuilder(server: overIPv6)
    other.syn()
    #expect(state(one.inquiry().failingStory)?.subject == "IPv4")
    #expect(state(other.inquiry().failingStory)?.subject == "IPv6")
    let both = Inquiry(
      attempt: Attempt(connections: [one.ended(), other.ended()], lookups: []), connection: other.ended())
    #expect(state(both.failingStory) == nil)
  }

  @Test func whatHelpsOverUDPDoesNotSpeakOfTCPsPorts() throws {
    let cause = try #require(Diagnosis.diagnose(UnansweredDatagramsTests.inquiry()).first)
    #expect(cause.mechanism?.description == "tcp.timeout/udp-blocked")
    #expect(cause.remedies.contains { $0.command == "ss -lunp 'sport = :443'" })
    #expect(!cause.nextSteps.contains { $0.command?.hasPrefix("nc ") == true })
    #expect(cause.nextSteps.first?.command?.hasPrefix("curl --http3-only ") == true)
  }

  @Test func aDTLSServerThatIsSilentIsAskedOverDTLS() {
    var hello = ClientHello.offer(versions: [0x0303])
    hello.legacyVersion = ProtocolVersion(rawValue: 0xfefd)
    let plan = TransportConfirmation.connectOverUDP(Confirmation(hello: hello, server: FixtureBuilder.server))
    #expect(plan.reproduce.command == "openssl s_client -dtls -connect 198.51.100.2:443")
    #expect(plan.change == nil)
  }

  @Test func whereTheServersLargePacketsAreLostTheClientAsksForSmallOnes() throws {
    let plan = try #require(
      Mechanism.tcpPathMTUToClient.advice.confirm?(Confirmation(hello: .offer(), server: FixtureBuilder.server)))
    let command = try #require(plan.change?.command)
    #expect(command.hasPrefix("ip route add $(ip route get 198.51.100.2 | sed "))
    #expect(command.contains(" advmss 1100 && { "))
    #expect(command.hasSuffix(" ; ip route del 198.51.100.2 ; }"), "a route that was there already stays")
    #expect(plan.reproduce.command.map(command.contains) == true)
  }
}
