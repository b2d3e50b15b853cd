import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// What the working story shows too did not make the failing one fail; what the verdict does not explain is told.
@Suite struct ExclusionTests {
  private let nameless = ClientHello.offer(name: nil)

  private func verdict(_ failing: FixtureBuilder, _ working: Connection) -> Verdict {
    Diagnosis.verdict(failing.inquiry(working: working))
  }

  /// A mechanism that claims something of every hello, with a grade.
  private func claiming(_ code: CauseCode, _ grade: Grade) -> Mechanism {
    Mechanism(
      MechanismID(code), CauseDescription(code.title, code.meaning, evidence: code.passiveEvidence),
      stage: .clientHello, binds: [.client],
      state: { State("", [$0.observed(.clientHello, [4], "the hello is as it is")]) },
      reaction: { state, _ in Claim(grade, "So it is", state.observations) })
  }

  private func findings(_ mechanisms: [Mechanism]) -> Findings {
    Findings(
      FixtureBuilder.refused(nameless, by: .internalError).inquiry(working: FixtureBuilder.established(nameless)),
      by: mechanisms)
  }

  @Test func whatTheWorkingCaptureShowsTooGivesWayToWhatItDoesNotShow() throws {
    let general = claiming(.tlsGroup, .usual)
    let other = Mechanism(general.id, general.about, stage: .clientHello, event: { _ in Claim(.usual, "Else", []) })
    let findings = findings([claiming(.tlsSNIMissing, .usual), other])
    #expect(findings.found.map(\.code) == [.tlsGroup])
    let exclusion = try #require(findings.excluded.first)
    #expect(exclusion.code == .tlsSNIMissing && exclusion.mechanism == nil)
    #expect(!exclusion.failingFrames.isEmpty && !exclusion.workingFrames.isEmpty)
    #expect(exclusion.text.hasSuffix("and so it is in the working capture"))
  }

  @Test func whatIsStrongerThanAllThatStandsIsNotTakenAway() {
    let findings = findings([claiming(.tlsSNIMissing, .usual), claiming(.tlsGroup, .hint)])
    #expect(findings.excluded.isEmpty && findings.found.map(\.code) == [.tlsSNIMissing, .tlsGroup])
  }

  @Test func anotherServerSaysNothingAboutThisOne() {
    var working = FixtureBuilder.established(nameless)
    working.server = Endpoint(address: working.server.address, port: 8444)
    let verdict = verdict(.refused(nameless, by: .internalError), working)
    #expect(verdict.excluded.isEmpty)
    #expect(verdict.causes.contains { $0.code == .tlsSNIMissing })
  }

  @Test func aCertainClaimIsNeverExcluded() {
    let verdict = verdict(.refused(nameless, by: .unrecognizedName), FixtureBuilder.established(nameless))
    #expect(verdict.excluded.isEmpty)
    #expect(verdict.causes.first?.code == .tlsSNIMissing && verdict.causes.first?.confidence == .certain)
  }

  @Test func aStoryThatDidNotCompleteExcludesNothing() {
    let failing = FixtureBuilder.refused(nameless, by: .internalError)
    #expect(verdict(failing, failing.ended()).excluded.isEmpty)
  }

  /// `curl` and `curl -k` send the same hello, so that a client that went on need not have minded the certificate.
  @Test(arguments: ["untrusted-tls12-java", "expired-tls12-java", "name12-haproxy-go"])
  func whatAClientMindsOfACertificateIsNotExcluded(_ id: String) throws {
    let failing = try #require(
      try Fixture.named(id).story(.failing).connections.first { $0.transcript.serverCertificates != nil })
    var tolerant = failing
    tolerant.outcome = .established
    let comparison = Comparison(working: tolerant, failing: failing)
    #expect(comparison.excluded.allSatisfy { $0.code.layer != .certificate })
  }

  @Test(arguments: Fixture.all)
  func whatIsExcludedIsNoCauseAndCitesBothCaptures(_ fixture: Fixture) throws {
    let (working, failing) = (try fixture.story(.working), try fixture.story(.failing))
    let comparison = Comparison(working: working, failing: failing)
    for exclusion in comparison.excluded {
      #expect(!comparison.causes.contains { $0.code == exclusion.code }, "\(exclusion)")
      #expect(exclusion.code.rawValue != fixture.expected.cause, "\(exclusion)")
      #expect(!exclusion.failingFrames.isEmpty && !exclusion.workingFrames.isEmpty, "\(exclusion)")
    }
    for item in comparison.observations {
      let frames = 1...max(1, (item.capture == .working ? working : failing).statistics.frames)
      #expect(item.frames.allSatisfy(frames.contains) && !item.text.isEmpty, "\(item)")
    }
    #expect(Set(comparison.observations).count == comparison.observations.count)
    let explained = comparison.causes.first.map { Set($0.evidence.compactMap(\.kind)) } ?? []
    #expect(comparison.unexplained.allSatisfy { !explained.contains($0.kind) && $0.capture == .failing })
  }

  // MARK: Logs

  private static let hedges = [
    "most likely", "likeliest", "seems", "may be", "may have", "may need", "may fit", "may expect",
  ]

  @Test(arguments: Fixture.all.filter { $0.has("client.log") || $0.has("server.log") })
  func whatALogConfirmsIsNotHedged(_ fixture: Fixture) throws {
    let comparison = Comparison(
      working: try fixture.story(.working), failing: try fixture.story(.failing), logs: try fixture.logs())
    let first = try #require(comparison.causes.first)
    guard first.confidence == .certain else { return }
    #expect(Self.hedges.allSatisfy { !first.title.contains($0) }, "\(first.title)")
  }

  @Test func aClientThatNamesNoServerIsNotSaidToHaveWantedTheAddress() throws {
    let fixture = try Fixture.named("name-tls12-java")
    let stories = (working: try fixture.story(.working), failing: try fixture.story(.failing))
    for logs in [LogEvidence(), try fixture.logs()] {
      let comparison = Comparison(working: stories.working, failing: stories.failing, logs: logs)
      let cause = try #require(comparison.causes.first)
      #expect(cause.code == .certNameMismatch)
      #expect(!cause.title.contains("127.0.0.1") && cause.title.contains("no server name"), "\(cause.title)")
    }
  }
}
