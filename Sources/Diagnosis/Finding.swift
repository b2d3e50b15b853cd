/// What a mechanism or a log found: a cause, how surely the story speaks of it, and the frames that show it.
public struct Finding: Sendable, Hashable {
  /// The cause that it speaks of.
  public var code: CauseCode
  /// One sentence without a final full stop.
  public var title: String
  /// How surely.
  public var grade: Grade
  /// What shows it.
  public var evidence: [Evidence]
  /// How the cause comes about; nil where only the code is known.
  public var mechanism: MechanismID?
  /// The title where an endpoint says the same; nil where the title is no inference.
  var toldTitle: String?
  /// The kinds of what it explains: what happened, not who says so.
  var explained: Set<ObservationKind> = []
  /// Causes that go before this one at an equal grade.
  var yields: Set<CauseCode> = []
  /// How sure the line of an endpoint's log is that says so; `possible` where none says so without a doubt.
  var told = Confidence.possible
  /// A log says so, and the packets speak against it.
  var isContradicted = false

  public init(_ code: CauseCode, _ grade: Grade, _ title: String, evidence: [Evidence]) {
    self.code = code
    self.title = title
    self.grade = grade
    self.evidence = evidence
  }

  init(_ mechanism: MechanismID, _ claim: Claim) {
    self.init(mechanism.code, claim.grade, claim.headline, evidence: claim.observations.map(\.evidence))
    self.mechanism = mechanism
    toldTitle = claim.toldHeadline
    explained = Set(claim.observations.map(\.kind)).subtracting([.log, .contradiction])
    (yields, told, isContradicted) = (claim.yields, claim.told, claim.isContradicted)
  }

  var confidence: Confidence { grade.confidence }

  /// Nothing but lines of logs speak of it.
  var isLoggedOnly: Bool { evidence.allSatisfy { $0.frames.isEmpty } }

  /// A log says why the client turned the server's certificate down, and no packet speaks against it.
  var isToldReasonOfRejection: Bool {
    code.layer == .certificate && code != .certRejected && code != .certClientRejected && code != .certClientRequired
      && told >= .likely && grade >= .strong && !isContradicted
  }
}
