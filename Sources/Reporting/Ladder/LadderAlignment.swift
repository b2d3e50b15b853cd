/// Two ladders' steps set side by side, the same step of both in the same row.
struct LadderAlignment: Sendable {
  struct Row: Sendable {
    var working: LadderStep?
    var failing: LadderStep?

    /// Both sides took the same step here.
    var isShared: Bool {
      guard let working, let failing else { return false }
      return working.alignmentKey == failing.alignmentKey
    }
  }

  private(set) var rows: [Row] = []

  /// Pairs steps by the longest common subsequence of what they are. Ladders are short by construction, so that the
  /// quadratic table stays small.
  init(_ working: [LadderStep], _ failing: [LadderStep]) {
    let keys = (working.map(\.alignmentKey), failing.map(\.alignmentKey))
    let columns = failing.count + 1
    var lengths = [Int](repeating: 0, count: (working.count + 1) * columns)
    for i in working.indices.reversed() {
      for j in failing.indices.reversed() {
        lengths[i * columns + j] =
          keys.0[i] == keys.1[j]
          ? lengths[(i + 1) * columns + j + 1] + 1
          : max(lengths[(i + 1) * columns + j], lengths[i * columns + j + 1])
      }
    }
    var (i, j) = (0, 0)
    var unmatched: (working: [LadderStep], failing: [LadderStep]) = ([], [])
    while i < working.count || j < failing.count {
      if i < working.count, j < failing.count, keys.0[i] == keys.1[j] {
        flush(&unmatched)
        rows.append(Row(working: working[i], failing: failing[j]))
        i += 1
        j += 1
      } else if j >= failing.count
        || (i < working.count && lengths[(i + 1) * columns + j] >= lengths[i * columns + j + 1])
      {
        unmatched.working.append(working[i])
        i += 1
      } else {
        unmatched.failing.append(failing[j])
        j += 1
      }
    }
    flush(&unmatched)
    closeRanks()
    thinOut()
  }

  /// Once one side's story is over, the other's goes on in outline: its details have nothing left to be compared with.
  private mutating func thinOut() {
    guard let last = (rows.lastIndex { $0.working != nil }), let other = (rows.lastIndex { $0.failing != nil }) else {
      return
    }
    for index in rows.indices where index > min(last, other) {
      rows[index].working?.details = []
      rows[index].failing?.details = []
    }
  }

  /// Behind the last step that both took, each side goes on by itself: no gaps are left in between.
  private mutating func closeRanks() {
    let lastShared = rows.lastIndex { $0.isShared && $0.failing?.tone != .quiet }
    let tail = rows[((lastShared ?? -1) + 1)...]
    let (working, failing) = (tail.compactMap(\.working), tail.compactMap(\.failing))
    rows.removeLast(tail.count)
    var unmatched = (working: working, failing: failing)
    flush(&unmatched)
  }

  /// Steps between two common ones stand beside each other, though they differ: that is where the stories part.
  private mutating func flush(_ unmatched: inout (working: [LadderStep], failing: [LadderStep])) {
    for index in 0..<max(unmatched.working.count, unmatched.failing.count) {
      rows.append(
        Row(
          working: index < unmatched.working.count ? unmatched.working[index] : nil,
          failing: index < unmatched.failing.count ? unmatched.failing[index] : nil))
    }
    unmatched = ([], [])
  }

  /// The first row that holds a frame of the divergence, on either side.
  func firstRow(workingFrames: [Int], failingFrames: [Int]) -> Int? {
    let working = Set(workingFrames)
    let failing = Set(failingFrames)
    // What the failing side did is the news; the working side's frames decide only where it did nothing.
    return rows.firstIndex { row in row.failing.map { !failing.isDisjoint(with: $0.frames) } ?? false }
      ?? rows.firstIndex { row in row.working.map { !working.isDisjoint(with: $0.frames) } ?? false }
  }
}
