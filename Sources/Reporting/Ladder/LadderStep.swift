import NetworkValues
import TLSProtocol

/// One rung of a ladder: something that one side sent, or that the network did.
struct LadderStep: Sendable {
  enum Tone: Sendable {
    /// What carries the handshake forward.
    case plain
    /// What ends or breaks it.
    case bad
    /// What comes along and says little.
    case quiet
  }

  /// A fact about the step.
  struct Detail: Sendable, Hashable, ExpressibleByStringInterpolation {
    let text: String
    /// What a comparison looks at where the text is a summary; empty for what may differ without meaning anything.
    let compared: String

    init(_ text: String, comparing compared: String? = nil) { (self.text, self.compared) = (text, compared ?? text) }
    init(stringLiteral text: String) { self.init(text) }
  }

  var time: Timestamp
  var frames: [Int]
  /// How the frames are cited, where their list does not say it.
  var citation: String?
  /// Who sent it; nil for what comes from neither end.
  var sender: Role?
  /// `ClientHello`, `RST`, …
  var title: String
  /// A word beside the title, as `decrypted`; two steps are the same step with or without it.
  var remark = ""
  /// Key facts, each short enough to stand on a line of its own.
  var details: [Detail] = []
  var tone = Tone.plain
  /// Orders what one frame holds.
  var rank = 0

  var frameNumbers: String { citation ?? FrameCitation.numbers(frames) }

  /// The facts that another step of the same kind does not share.
  func differing(from other: LadderStep?) -> Set<Detail> {
    guard let other, other.alignmentKey == alignmentKey else { return [] }
    let shared = Set(other.details.map(\.compared))
    return Set(details.filter { !$0.compared.isEmpty && !shared.contains($0.compared) })
  }

  /// The step with at most so many details, those first that the other step does not share.
  func keeping(_ count: Int, besides other: LadderStep?) -> LadderStep {
    guard details.count > count else { return self }
    let own = differing(from: other)
    var step = self
    step.details = Array((details.filter(own.contains) + details.filter { !own.contains($0) }).prefix(count))
    return step
  }

  /// What makes two steps of two ladders the same step.
  var alignmentKey: String { (sender?.rawValue ?? "network") + " " + title }
}
