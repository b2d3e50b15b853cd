import Diagnosis

extension Comparison {
  /// As many lines of each kind are told.
  private static let asideLimit = 3

  /// What stands under the verdict: what it does not explain of what was seen, and what the working capture rules out.
  var asides: [String] {
    unexplained.prefix(Self.asideLimit).map { "Also seen, not explained by this: \(cited($0.text, $0.frames))" }
      + excluded.prefix(Self.asideLimit).map { exclusion in
        let working = FrameCitation.text(exclusion.workingFrames)
        return "Ruled out: \(exclusion.title): "
          + cited(exclusion.text + (working.isEmpty ? "" : ", \(working)"), exclusion.failingFrames)
      }
  }

  /// What a reader must know before the verdict: what was given as working fails.
  var swapRemark: String? {
    isSwapped ? "Swapped? The capture given as working fails, and the one given as failing works" : nil
  }

  private func cited(_ text: String, _ frames: [Int]) -> String {
    let citation = FrameCitation.text(frames)
    return citation.isEmpty ? text : "\(text) (\(citation))"
  }
}
