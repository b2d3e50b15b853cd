/// Frame numbers as a reader cites them: `frame 6`, `frames 4, 6–9`.
enum FrameCitation {
  /// More runs than this are summed up.
  private static let runLimit = 8

  /// With the noun; empty for no frames.
  static func text(_ frames: [Int]) -> String {
    let numbers = numbers(frames)
    if numbers.isEmpty { return "" }
    return (Set(frames).count == 1 ? "frame " : "frames ") + numbers
  }

  /// From the first to the last of a whole connection: `frames 4–19`.
  static func span(_ first: Int, _ last: Int) -> String {
    first == last ? "frame \(first)" : "frames \(first)–\(last)"
  }

  /// The numbers alone, ascending, runs joined.
  static func numbers(_ frames: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for frame in frames.sorted() {
      if let last = runs.last, frame <= last.upperBound || frame - 1 == last.upperBound {
        runs[runs.count - 1] = last.lowerBound...max(frame, last.upperBound)
      } else {
        runs.append(frame...frame)
      }
    }
    var parts = runs.prefix(runLimit).map { run in
      run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)–\(run.upperBound)"
    }
    if runs.count > runLimit { parts.append("… \(runs[runs.count - 1].upperBound)") }
    return parts.joined(separator: ", ")
  }
}
