/// Which of the words that a command line may hold a misspelt one is like.
enum Likeness {
  /// Bytes of a word that are looked at: no word that may be meant is longer.
  private static let limit = 64

  /// The candidate that takes the fewest changes; nil where none is near.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased().utf8)
    guard !typed.isEmpty, typed.count <= limit else { return nil }
    // A third of the letters: with more of them wrong, any word is like any other.
    let tolerated = max(1, typed.count / 3)
    var best: (candidate: String, changes: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8.prefix(limit))
      guard abs(other.count - typed.count) <= tolerated else { continue }
      let changes = changes(from: typed, to: other)
      if changes <= tolerated, best.map({ changes < $0.changes }) ?? true { best = (candidate, changes) }
    }
    return best?.candidate
  }

  /// Bytes to add, remove, replace or swap with their neighbour (the optimal string alignment distance).
  static func changes(from word: [UInt8], to other: [UInt8]) -> Int {
    var previous: [Int] = []
    var current = Array(0...other.count)
    for (i, byte) in word.enumerated() {
      let older = previous
      previous = current
      current = [i + 1]
      for (j, otherByte) in other.enumerated() {
        var fewest = min(previous[j] + (byte == otherByte ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, byte == other[j - 1], word[i - 1] == otherByte { fewest = min(fewest, older[j - 1] + 1) }
        current.append(fewest)
      }
    }
    return current[other.count]
  }
}
