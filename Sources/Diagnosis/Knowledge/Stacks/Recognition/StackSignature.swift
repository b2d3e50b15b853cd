/// How a stack is recognised: traits with weights, from recorded hellos and the stacks' sources.
struct StackSignature: Sendable {
  /// Whether it sends GREASE; nil where both were seen. A hello that does otherwise is not this stack's.
  var grease: Bool? = false
  /// Where the traits were seen: program and version, or source.
  var source: String
  /// A trait that shows adds its weight; one that is contradicted takes it away.
  var traits: [Weighted]
  var versions: [Narrowing] = []

  struct Weighted: Sendable {
    var weight: Int
    var trait: StackTrait
    /// What it is, as a report says it.
    var text: String
    init(_ weight: Int, _ trait: StackTrait, _ text: String) {
      (self.weight, self.trait, self.text) = (weight, trait, text)
    }
  }

  /// A version range that holds where all traits show; the first that fits counts.
  struct Narrowing: Sendable {
    var versions: String
    var traits: [StackTrait]
    init(_ versions: String, _ traits: [StackTrait]) { (self.versions, self.traits) = (versions, traits) }
  }

  /// Below this a likeness says nothing.
  static let leastScore = 4
  /// From here on a likeness is likely no accident.
  static let likelyScore = 7

  func match(_ hello: HelloTraits) -> (score: Int, traits: [String]) {
    if let grease, grease != hello.hasGREASE { return (0, []) }
    var score = 0
    var shown: [(Int, String)] = []
    for weighted in traits {
      switch weighted.trait.verdict(hello) {
      case .shown:
        score += weighted.weight
        shown.append((weighted.weight, weighted.text))
      case .contradicted: score -= weighted.weight
      case .open: continue
      }
    }
    return (score, shown.sorted { $0.0 > $1.0 }.map(\.1))
  }
}
