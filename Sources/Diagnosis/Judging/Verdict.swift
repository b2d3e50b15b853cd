import HandshakeModel

/// All that is said of one failure.
public struct Verdict: Sendable {
  /// Most likely first; exactly one, `none`, where nothing failed.
  public var causes: [Cause]
  /// What mechanisms saw, whichever of them stands in the end: those of the failing capture first, by frame.
  public var observations: [Observation]
  /// What the first cause leaves unexplained of that, most telling first.
  public var unexplained: [Observation]
  /// What the working story shows not to be the cause.
  public var excluded: [Exclusion]

  init(
    causes: [Cause], observations: [Observation] = [], unexplained: [Observation] = [], excluded: [Exclusion] = []
  ) {
    (self.causes, self.observations, self.unexplained) = (causes, observations, unexplained)
    self.excluded = excluded
  }
}

/// What mechanisms and logs found in one story.
struct Findings {
  /// One finding a code, strongest first.
  var found: [Finding] = []
  /// What the claims rest on.
  private(set) var observations: [Observation] = []
  private(set) var excluded: [Exclusion] = []

  /// - Parameters:
  ///   - mechanisms: which of them are asked.
  ///   - logged: what logs claim.
  init(_ inquiry: Inquiry, by mechanisms: [Mechanism]) {
    var doubtful: [(exclusion: Exclusion, finding: Finding)] = []
    let (failing, working, signs) = (inquiry.failingStory, inquiry.workingStory, inquiry.signs)
    // By index: a mechanism that is taken out of the list is counted among its holders. Most claim nothing.
    for place in mechanisms.indices where mechanisms[place].wakes.isSubset(of: signs) {
      let state = mechanisms[place].state?(failing)
      guard let claim = mechanisms[place].reaction(state, inquiry) else {
        if let working, let state { note(state, of: mechanisms[place], unlessIn: working) }
        continue
      }
      if let state, let working, let exclusion = Exclusion(mechanisms[place], claim, state, failing, working) {
        excluded.append(exclusion)
        doubtful.append((exclusion, Finding(mechanisms[place].id, claim)))
      } else {
        found.append(Finding(mechanisms[place].id, claim))
      }
      observations += claim.observations
    }
    keepStrongest(doubtful)
  }

  /// One setting of a server may have changed between two captures and nothing shows it: what is stronger than all that
  /// stands is not taken away because its condition was there before.
  private mutating func keepStrongest(_ doubtful: [(exclusion: Exclusion, finding: Finding)]) {
    let standing = found.map(\.grade).max()
    for (exclusion, finding) in doubtful where standing.map({ finding.grade > $0 }) ?? true {
      excluded.removeAll { $0 == exclusion }
      found.append(finding)
    }
  }

  /// A condition of which nothing came is worth telling if it is out of the ordinary and the working story is without.
  private mutating func note(_ state: State, of mechanism: Mechanism, unlessIn working: Story) {
    guard state.observations.contains(where: \.kind.isTelling), mechanism.state?(working)?.subject != state.subject
    else { return }
    observations += state.observations
  }

  mutating func note(_ claim: Claim) { observations += claim.observations }

  /// Each observation once, those of the failing capture first, by frame.
  var inOrder: [Observation] {
    var known: Set<Observation> = []
    return observations.filter { known.insert($0).inserted }.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.capture != other.capture { return one.capture == .failing }
      let (frame, otherFrame) = (one.frames.first ?? .max, other.frames.first ?? .max)
      return frame != otherFrame ? frame < otherFrame : left.offset < right.offset
    }.map(\.element)
  }
}

extension ObservationKind {
  /// Out of the ordinary in any story: it asks for an explanation, whatever the verdict is.
  var isTelling: Bool { Self.telling.contains(self) }

  private static let telling: Set<ObservationKind> = [
    .icmpError, .oddReset, .loss, .malformed, .clientPlaintext, .serverPlaintext, .proxyHeader, .certificateValidity,
    .certificateNames, .certificateStrength, .certificateUsage, .certificateStatus,
  ]
}
