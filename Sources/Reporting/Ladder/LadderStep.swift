import PacketCapture
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

  var time: Timestamp
  var frames: [Int]
  /// Who sent it; nil for what comes from neither end.
  var sender: Role?
  /// `ClientHello`, `RST`, …
  var title: String
  /// Key facts, each short enough to stand on a line of its own.
  var details: [String] = []
  var tone = Tone.plain
  /// Orders what one frame holds.
  var rank = 0

  /// What makes two steps of two ladders the same step.
  var alignmentKey: String { (sender?.rawValue ?? "network") + " " + title }
}
