/// How surely a story speaks of a cause.
public enum Grade: Sendable, Hashable, Comparable, CaseIterable {
  /// It fits, and so do other readings.
  case hint
  /// That is what such a pattern means on most stacks.
  case usual
  /// What else it could mean takes a stack of rare habits, or a coincidence.
  case strong
  /// The story leaves no other reading.
  case proof

  /// One grade less, where something speaks against it; nil where that leaves nothing worth telling.
  var lowered: Grade? {
    switch self {
    case .hint: nil
    case .usual: .hint
    case .strong: .usual
    case .proof: .strong
    }
  }

  /// One grade more, where something else speaks for it.
  var raised: Grade {
    switch self {
    case .hint: .usual
    case .usual: .strong
    case .strong, .proof: .proof
    }
  }

  /// What is reported of it.
  var confidence: Confidence {
    switch self {
    case .hint: .possible
    case .usual, .strong: .likely
    case .proof: .certain
    }
  }
}
