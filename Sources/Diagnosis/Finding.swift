/// What a mechanism or a log found: a cause, how strongly the story supports it, and the frames that show it.
public struct Finding: Sendable, Hashable {
  public var code: CauseCode
  /// One sentence without a final full stop.
  public var title: String
  /// 0 to 100: what orders several findings. From ``certain`` on no other reading is left.
  public var strength: Int
  public var evidence: [Evidence]
  /// How the cause comes about; nil where only the code is known.
  public var mechanism: MechanismID?
  /// The title where an endpoint says the same; nil where the title is no inference.
  var toldTitle: String?
  /// The kinds of what it explains.
  var explained: Set<ObservationKind> = []

  public static let certain = 90
  public static let likely = 60

  public init(_ code: CauseCode, _ strength: Int, _ title: String, evidence: [Evidence]) {
    self.code = code
    self.title = title
    self.strength = strength
    self.evidence = evidence
  }

  init(_ mechanism: MechanismID, _ claim: Claim) {
    self.init(mechanism.code, claim.strength, claim.headline, evidence: claim.observations.map(\.evidence))
    self.mechanism = mechanism
    toldTitle = claim.toldHeadline
    explained = Set(claim.observations.map(\.kind))
  }

  var confidence: Confidence {
    strength >= Self.certain ? .certain : strength >= Self.likely ? .likely : .possible
  }
}
