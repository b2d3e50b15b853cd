import Diagnosis
import TLSProtocol

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
    let lastShared = rows.lastIndex { $0.isShared && $0.working?.tone == .plain && $0.failing?.tone == .plain }
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

  /// The row in which the stories part: the first that holds a frame of the divergence, on the failing side if any
  /// does. One frame may hold several messages: the one that the stage is about is preferred.
  func row(of divergence: Divergence) -> Int? {
    let working = Set(divergence.workingFrames)
    let failing = Set(divergence.failingFrames)
    func first(where holds: (Row) -> Bool) -> Int? {
      rows.firstIndex { row in
        holds(row) && [row.working, row.failing].contains { $0?.belongs(to: divergence.stage) == true }
      } ?? rows.firstIndex(where: holds)
    }
    // What the failing side did is the news; the working side's frames decide only where it did nothing.
    return first { row in row.failing.map { !failing.isDisjoint(with: $0.frames) } ?? false }
      ?? first { row in row.working.map { !working.isDisjoint(with: $0.frames) } ?? false }
  }
}

extension LadderStep {
  fileprivate func belongs(to stage: Stage) -> Bool {
    switch stage {
    case .resolution: title.hasPrefix("DNS")
    case .address, .tcp: ["SYN", "SYN-ACK", "RST"].contains(title)
    case .firstBytes: false
    case .clientHello: title == "ClientHello"
    case .serverHello: ["ServerHello", "HelloRetryRequest"].contains(title)
    // TLS 1.3 without keys: it is somewhere in the server's encrypted flight.
    case .certificate: title == "Certificate" || (title == "encrypted data" && sender == .server)
    case .keyExchange: title.hasSuffix("KeyExchange")
    case .finished: title.hasPrefix("Finished")
    case .data: title == "application data"
    }
  }
}
