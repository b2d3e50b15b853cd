import Diagnosis
import HandshakeModel
import Testing

/// Both captures of every recorded pair are read and compared: from packets alone, then with logs and keys.
@Suite struct PairsTests {
  @Test(arguments: Fixture.all)
  func theFirstCauseOfEachPairIsTheTrueOne(_ fixture: Fixture) throws {
    let (working, failing) = (try fixture.story(.working), try fixture.story(.failing))
    let comparison = Comparison(working: working, failing: failing)
    let first = try #require(comparison.causes.first)
    #expect(fixture.accepted.contains(first.code.rawValue), "said \(comparison.causes.map(\.code.rawValue))")
    expectWellFormed(comparison, working, failing)
  }

  @Test(arguments: Fixture.all)
  func logsAndKeysLeadToTheTrueCause(_ fixture: Fixture) throws {
    let (working, failing) = (try fixture.story(.working, withKeys: true), try fixture.story(.failing, withKeys: true))
    let comparison = Comparison(working: working, failing: failing, logs: try fixture.logs())
    let first = try #require(comparison.causes.first).code.rawValue
    let said = comparison.causes.map(\.code.rawValue)
    #expect(first == fixture.expected.cause || fixture.expected.logged.contains(first), "said \(said)")
    expectWellFormed(comparison, working, failing)
  }

  @Test(arguments: Fixture.all)
  func aWorkingCaptureInTheFailingOnesPlaceHasNothingWrong(_ fixture: Fixture) throws {
    let (working, failing) = (try fixture.story(.working), try fixture.story(.failing))
    for partner in [failing, working] {
      let comparison = Comparison(working: partner, failing: working)
      #expect(comparison.causes.first?.code.rawValue == fixture.expected.swapped)
      expectWellFormed(comparison, partner, working)
    }
  }

  @Test(arguments: Fixture.all)
  func aFailingCaptureComparedWithItselfIsJudgedAsIfAlone(_ fixture: Fixture) throws {
    let failing = try fixture.story(.failing)
    let comparison = Comparison(working: failing, failing: failing)
    let said = try #require(comparison.causes.first).code.rawValue
    #expect(
      fixture.accepted.union(fixture.expected.alone).contains(said), "said \(comparison.causes.map(\.code.rawValue))")
    expectWellFormed(comparison, failing, failing)
  }

  @Test(arguments: Fixture.all)
  func theFailingConnectionAloneIsJudgedHonestly(_ fixture: Fixture) throws {
    let failing = try fixture.story(.failing)
    let causes: [Cause]
    if let connection = Comparison(working: try fixture.story(.working), failing: failing).failingConnection {
      causes = Diagnosis.diagnose(connection)
    } else {
      causes = [Diagnosis.unresolvedNames(in: failing)].compactMap(\.self)
    }
    let first = try #require(causes.first)
    #expect(
      fixture.accepted.union(fixture.expected.alone).contains(first.code.rawValue),
      "said \(causes.map(\.code.rawValue))")
    for cause in causes { expectWellFormed(cause, failing, failing) }
  }

  @Test(arguments: Fixture.all.indices)
  func captureOfSomethingElseInventsNoFailure(index: Int) throws {
    let fixture = Fixture.all[index]
    guard fixture.expected.swapped == "none" else { return }
    let working = try fixture.story(.working)
    let other = try Fixture.all[(index + 1) % Fixture.all.count].story(.working)
    let comparison = Comparison(working: other, failing: working)
    #expect(comparison.causes.first?.code == CauseCode.none, "\(fixture.id): \(comparison.causes.map(\.title))")
  }

  @Test(arguments: Fixture.all.filter { $0.expected.swapped == "none" })
  func aSwappedPairIsTold(_ fixture: Fixture) throws {
    let (working, failing) = (try fixture.story(.working), try fixture.story(.failing))
    let isReallyFailing = failing.connections.contains { $0.outcome == .failed }
    let swapped = Comparison(working: failing, failing: working)
    #expect(swapped.causes.first?.code == CauseCode.none)
    #expect(swapped.isSwapped == swapped.notes.contains { $0.hasSuffix("swap the two?") })
    if !isReallyFailing { #expect(!swapped.isSwapped) }
    if swapped.isSwapped { #expect(swapped.workingConnection != nil) }
    #expect(!Comparison(working: working, failing: failing).isSwapped)
    #expect(!Comparison(working: working, failing: working).isSwapped)
  }

  // MARK: What holds for every answer

  private func expectWellFormed(_ comparison: Comparison, _ working: CaptureStory, _ failing: CaptureStory) {
    let codes = comparison.causes.map(\.code)
    #expect(Set(codes).count == codes.count, "a code is named twice: \(codes)")
    #expect(comparison.causes.count <= 5)
    for cause in comparison.causes { expectWellFormed(cause, working, failing) }
    guard let first = comparison.causes.first else { return }
    if first.code != CauseCode.none, first.code != .captureIncomplete, comparison.workingConnection != nil {
      expectDivergence(comparison, first)
    } else {
      #expect(comparison.divergence == nil)
    }
    for difference in comparison.differences {
      #expect(difference.working != difference.failing, "\(difference.field)")
      #expect([difference.working, difference.failing, difference.note].allSatisfy(isHarmless), "\(difference.field)")
    }
  }

  private func expectDivergence(_ comparison: Comparison, _ first: Cause) {
    guard let divergence = comparison.divergence else {
      Issue.record("\(first.code.rawValue) without a divergence")
      return
    }
    #expect(divergence.stage == first.code.stage || first.code == .tlsUnknown)
    #expect(divergence.summary == first.title)
  }

  private func expectWellFormed(_ cause: Cause, _ working: CaptureStory, _ failing: CaptureStory) {
    let code = cause.code.rawValue
    #expect(!cause.title.isEmpty && !cause.title.hasSuffix("."), "\(code): \(cause.title)")
    #expect(isHarmless(cause.title), "\(code): \(cause.title)")
    #expect(!cause.nextSteps.isEmpty, "\(code) has no next step")
    if cause.code != CauseCode.none, cause.code != .captureIncomplete, cause.code != .tlsUnknown {
      #expect(!cause.remedies.isEmpty, "\(code) has no remedy")
    }
    for evidence in cause.evidence {
      let range = 1...max(1, (evidence.capture == .working ? working : failing).statistics.frames)
      #expect(evidence.frames.allSatisfy(range.contains), "\(code): \(evidence.frames) outside of \(range)")
      #expect(evidence.frames == evidence.frames.sorted(), "\(code): \(evidence.frames)")
      #expect(!evidence.text.isEmpty && isHarmless(evidence.text), "\(code): \(evidence.text)")
    }
    // A cause stands on packets of the failing capture, on a line of a log, or on counts of what was not captured.
    let isFounded = cause.evidence.contains { evidence in
      evidence.capture == .failing && !evidence.frames.isEmpty || evidence.text.contains(" log")
    }
    #expect(
      isFounded || cause.code == .captureIncomplete && !cause.evidence.isEmpty || cause.code == CauseCode.none,
      "\(code)")
    for remedy in cause.remedies { #expect(isHarmless(remedy.text) && isHarmless(remedy.command ?? ""), "\(remedy)") }
    for step in cause.nextSteps { #expect(isHarmless(step.text), "\(step)") }
  }

  /// No terminal can be led astray by it: nothing but printable text, and line breaks in commands.
  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control: return scalar == "\n"
      case .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: return false
      default: return true
      }
    }
  }
}
