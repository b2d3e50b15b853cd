import Diagnosis

extension CommandRecorder.Outcome {
  /// As many lines of what a command printed are shown from its beginning, and from its end.
  private static let shown = (first: 5, last: 3)
  /// A longer line says what it has to say at its beginning.
  private static let lineLimit = 200

  /// The shell found no such program (127), or one that cannot be run (126).
  var didStart: Bool { frames > 0 || exitCode != 127 && exitCode != 126 }

  /// What the command printed, line by line, without empty lines.
  var lines: [String] {
    errors.split(separator: 0x0A).map { line in
      let text = String(decoding: line.prefix(4 * Self.lineLimit), as: UTF8.self)
      return text.count > Self.lineLimit ? text.prefix(Self.lineLimit) + "…" : text
    }.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// The lines that are shown unasked: an error stands first or last.
  var telling: [String] {
    let lines = lines
    guard lines.count > Self.shown.first + Self.shown.last + 1 else { return lines }
    let left = lines.count - Self.shown.first - Self.shown.last
    return lines.prefix(Self.shown.first) + ["[\(left) lines left out; -v shows them]"] + lines.suffix(Self.shown.last)
  }

  /// Says of a comparison without anything that failed on the network what the command says itself: capturing again would
  /// show no more.
  func explain(_ comparison: inout Comparison) {
    guard var cause = comparison.causes.first, cause.code == .captureIncomplete else { return }
    cause.title = "The failing command made no connection: it ended with exit code \(exitCode)"
    cause.evidence = telling.prefix(2).map { Evidence(.failing, frames: [], "it printed: \($0)") }
    cause.remedies = []
    cause.nextSteps = [NextStep("Read what the command printed: it ended before it called anybody")]
    comparison.causes[0] = cause
  }
}
