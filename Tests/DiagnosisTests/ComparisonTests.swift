import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// Which connections of two captures belong together, and what the differences between them mean.
@Suite struct ComparisonTests {
  private func story(_ connections: Connection...) -> CaptureStory {
    var story = CaptureStory(name: "test")
    story.connections = connections.enumerated().map {
      var connection = $1
      connection.index = $0 + 1
      return connection
    }
    return story
  }

  private func moved(_ connection: Connection, port: UInt16? = nil, address: UInt32? = nil) -> Connection {
    var connection = connection
    if let port { connection.server.port = port }
    if let address { connection.server.address = IPAddress(ipv4: address) }
    return connection
  }

  private let failure = FixtureBuilder.refused(by: .handshakeFailure).ended()

  @Test func theFailureWithTheSameGoalIsChosenAmongOthers() {
    let noise = moved(
      FixtureBuilder.refused(.offer(name: "ads.test"), by: .protocolVersion).ended(), port: 8080, address: 1)
    let comparison = Comparison(
      working: story(FixtureBuilder.established()),
      failing: story(noise, failure, FixtureBuilder.established(.offer(name: "x.test"))))
    #expect(comparison.failingConnection?.index == 2)
    #expect(comparison.workingConnection?.index == 1)
    #expect(comparison.notes.isEmpty)
  }

  @Test func thePartnerWithTheSameNameAndPlaceIsChosen() {
    let other = FixtureBuilder.established(.offer(name: "x.test"))
    let comparison = Comparison(working: story(other, FixtureBuilder.established(), other), failing: story(failure))
    #expect(comparison.workingConnection?.index == 2)
  }

  @Test func capturesWithoutACommonGoalAreSaidToHaveNone() {
    let working = moved(FixtureBuilder.established(.offer(name: "x.test")), port: 8080, address: 1)
    let comparison = Comparison(working: story(working), failing: story(failure))
    #expect(comparison.failingConnection?.index == 1)
    #expect(comparison.workingConnection == nil && comparison.divergence == nil)
    #expect(comparison.notes.count == 1 && comparison.notes[0].contains("goal"))
    #expect(comparison.causes.map(\.code) == Diagnosis.diagnose(failure).map(\.code))
    let none = Comparison(working: story(), failing: story(failure))
    #expect(none.workingConnection == nil && none.divergence == nil && none.differences.isEmpty)
    #expect(none.notes.count == 1)
  }

  @Test func aWorkingCaptureThatWasStoppedEarlyShowsWhatTheServerChose() throws {
    var builder = FixtureBuilder.greeted(.offer(groups: [0x001d, 0x0017, 0x001e]))
    builder.answer(.answer(group: 0x001e, retries: true))
    builder.hello(.offer(groups: [0x001d, 0x0017, 0x001e]))
    let cut = builder.ended(.incomplete)
    let comparison = Comparison(working: story(cut), failing: story(failure))
    #expect(comparison.causes.first?.code == .tlsGroup)
    let evidence = try #require(comparison.causes.first?.evidence.first { $0.capture == .working })
    #expect(evidence.frames == [cut.transcript.serverHellos[0].frame])
    #expect(comparison.workingConnection?.outcome == .incomplete)
    #expect(
      comparison.notes == [
        "The working capture (test) ends before its handshake is complete: what the server chose there is taken for what it accepts."
      ])
  }

  @Test func whatDidNotWorkIsNoExample() {
    var answered = FixtureBuilder.greeted()
    answered.answer(.answer(group: 0x001e))
    var closed = answered
    closed.fin(.client)
    var objected = answered
    objected.alert(.client, nil)
    let unanswered = FixtureBuilder.greeted()
    for connection in [unanswered, closed, objected].map({ $0.ended(.incomplete) }) + [answered.ended()] {
      let comparison = Comparison(working: story(connection), failing: story(failure))
      #expect(comparison.workingConnection == nil)
      #expect(comparison.notes.count == 1)
    }
    let completed = Comparison(
      working: story(answered.ended(.incomplete), FixtureBuilder.established()), failing: story(failure))
    #expect(completed.workingConnection?.outcome == .established)
    #expect(completed.notes.isEmpty)
  }

  @Test func anEmptyFailingCaptureIsSaidToBeOne() {
    let comparison = Comparison(working: story(FixtureBuilder.established()), failing: story())
    #expect(comparison.causes.map(\.code) == [.captureIncomplete])
    #expect(comparison.causes.first?.nextSteps.isEmpty == false)
    #expect(comparison.failing == nil)
  }

  @Test func aFailureBelowTLSThatTheClientGotOverIsNone() {
    var refused = FixtureBuilder(server: Endpoint(address: IPAddress(ipv6High: 1, low: 1), port: 443))
    refused.syn()
    refused.reset(.server)
    var success = FixtureBuilder.established()
    success.started.nanoseconds += 1_000_000_000
    let comparison = Comparison(working: story(FixtureBuilder.established()), failing: story(refused.ended(), success))
    #expect(comparison.causes.map(\.code) == [CauseCode.none])
    #expect(comparison.failingConnection?.index == 2)
  }

  @Test func withinOneCaptureTheFailedIsHeldAgainstTheWorking() {
    let comparison = Comparison(
      within: story(
        FixtureBuilder.established(), FixtureBuilder.refused(.offer(groups: [0x0018]), by: .handshakeFailure).ended()))
    #expect(comparison.workingConnection?.index == 1 && comparison.failingConnection?.index == 2)
    #expect(comparison.causes.first?.code == .tlsGroup)
    let fine = Comparison(within: story(FixtureBuilder.established()))
    #expect(fine.causes.map(\.code) == [CauseCode.none])
  }

  @Test func aDifferenceThatExplainsTheFailureIsDecisiveAndOthersAreNot() throws {
    let failing = FixtureBuilder.refused(
      .offer(suites: [0xc02f, 0x1301, 0xc02b], groups: [0x0018], protocols: []), by: .handshakeFailure
    ).ended()
    let comparison = Comparison(working: FixtureBuilder.established(.offer(protocols: ["h2"])), failing: failing)
    #expect(comparison.causes.first?.code == .tlsGroup)
    func relevance(_ field: String) -> Relevance? { comparison.differences.first { $0.field == field }?.relevance }
    #expect(relevance("client_hello.supported_groups") == .decisive)
    #expect(relevance("client_hello.cipher_suite_order") == .benign)
    #expect(relevance("client_hello.alpn") == .related)
    #expect(relevance("client_hello.cipher_suites") == nil, "the same set in another order is no difference")
    #expect(relevance("client_hello.server_name") == nil)
    #expect(relevance("outcome") == .related)
    #expect(comparison.divergence?.stage == .clientHello)
    #expect(comparison.divergence?.failingFrames.isEmpty == false)
    #expect(comparison.divergence?.workingFrames.isEmpty == false)
  }

  @Test func whereNothingFailedNoDifferenceMatters() {
    let comparison = Comparison(
      working: FixtureBuilder.established(.offer(protocols: ["h2"], length: 600)), failing: FixtureBuilder.established()
    )
    #expect(!comparison.differences.isEmpty)
    #expect(comparison.differences.allSatisfy { $0.relevance != .decisive && !$0.note.isEmpty })
    #expect(comparison.divergence == nil)
  }

  @Test func fieldsHaveDistinctNamesInTheOrderOfStages() {
    let fields = FieldComparison.Field.all
    #expect(Set(fields.map(\.name)).count == fields.count)
    let order = Stage.allCases
    let places = fields.compactMap { order.firstIndex(of: $0.stage) }
    #expect(places.count == fields.count)
  }

  @Test func everyCauseOfAFailureHasAStage() {
    for code in CauseCode.allCases {
      #expect((code.stage == nil) == (code == CauseCode.none || code == .captureIncomplete), "\(code)")
    }
  }

  @Test func causesAndConnectionsDescribeThemselves() throws {
    var refused = FixtureBuilder()
    refused.syn()
    refused.reset(.server)
    let connection = refused.ended()
    let cause = try #require(Diagnosis.diagnose(connection).first)
    #expect("\(cause)" == "tcp.refused (certain): \(cause.title)")
    #expect(cause.evidence.first?.description.hasPrefix("failing, frames 1, 2: SYN to ") == true)
    #expect("\(connection)".hasSuffix(", failed, frames 1 to 2"))
    #expect("\(Evidence(.working, frames: [], "a line"))" == "working: a line")
  }

  /// Several instances behind one port may show different certificates.
  @Test func thatTheSameClientAcceptedTheServerBeforeIsSaid() throws {
    var refused = FixtureBuilder.flight13()
    refused.alert(.client, nil)
    refused.fin(.client)
    var second = refused.ended()
    var first = FixtureBuilder.established()
    (first.index, second.index) = (1, 2)
    second.started = first.started.advanced(by: 1_000_000_000)
    var (working, failing) = (CaptureStory(name: "working"), CaptureStory(name: "failing"))
    working.connections = [FixtureBuilder.established()]
    failing.connections = [first, second]
    #expect(first.server == second.server && first.client.address == second.client.address)
    func isSaid() throws -> Bool {
      let cause = try #require(Comparison(working: working, failing: failing).causes.first)
      return cause.evidence.contains {
        $0.text.hasPrefix("the same client completed connection 1 to this server before")
      }
    }
    #expect(try isSaid())
    first.started = second.started.advanced(by: 1)
    failing.connections = [first, second]
    #expect(try !isSaid())
  }

  @Test func onlyWhatMayBeAboutTLSIsReported() {
    #expect(FixtureBuilder.established().isReported && failure.isReported)
    var plain = FixtureBuilder()
    plain.connect()
    plain.say(.client, .httpRequest, "GET / HTTP/1.1")
    plain.say(.server, .httpResponse, "HTTP/1.1 200 OK")
    plain.fin(.server)
    #expect(!plain.ended().isReported)
    var refused = FixtureBuilder()
    refused.syn()
    refused.reset(.server)
    #expect(refused.ended().isReported)
    // Who is not answered by an SSH server did not miss a handshake.
    var elsewhere = FixtureBuilder(server: Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 22))
    elsewhere.syn()
    elsewhere.reset(.server)
    #expect(!elsewhere.ended().isReported)
    var closed = FixtureBuilder()
    closed.connect()
    closed.fin(.server)
    #expect(closed.ended().isReported)
  }

  @Test func hostileTextIsEscapedAndShortened() {
    #expect(Escaped.text("a\u{1b}[31m\u{202e}b") == "a\\u{1b}[31m\\u{202e}b")
    #expect(Escaped.text(String(repeating: "x", count: 200)).count == 121)
    #expect(Escaped.text("naïve 名") == "naïve 名")
    #expect(Escaped.list([String]()) == "none")
    #expect(Escaped.list(["a", "b", "c"], limit: 2) == "a, b and 1 more")
    #expect(Escaped.list([CipherSuite(rawValue: 0x0a0a), CipherSuite(rawValue: 0x1301)]) == "TLS_AES_128_GCM_SHA256")
  }
}
