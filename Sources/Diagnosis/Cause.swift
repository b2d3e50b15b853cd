/// A reason why a handshake failed, with what proves it and what to do about it.
public struct Cause: Sendable, Hashable {
  /// What went wrong, as one of the documented codes.
  public var code: CauseCode
  /// How it comes about; nil where no mechanism sharper than the code's general one is known.
  public var mechanism: MechanismID?
  /// One sentence without a final full stop: the verdict as it applies here.
  public var title: String
  /// How surely.
  public var confidence: Confidence
  /// What shows it, the most telling first.
  public var evidence: [Evidence]
  /// What helps, for the side that has to change first.
  public var remedies: [Remedy]
  /// What to run or collect to confirm the cause or to make it certain.
  public var nextSteps: [NextStep]

  public init(
    _ code: CauseCode, _ title: String, confidence: Confidence, evidence: [Evidence], remedies: [Remedy] = [],
    nextSteps: [NextStep] = [], mechanism: MechanismID? = nil
  ) {
    self.code = code
    self.mechanism = mechanism
    self.title = title
    self.confidence = confidence
    self.evidence = evidence
    self.remedies = remedies
    self.nextSteps = nextSteps
  }
}

/// How sure a cause is: `certain` where the packets leave no other reading.
public enum Confidence: String, Sendable, Hashable, Comparable {
  case possible
  case likely
  case certain

  private var rank: Int { self == .possible ? 0 : self == .likely ? 1 : 2 }
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// Frames and the one sentence that they prove.
public struct Evidence: Sendable, Hashable {
  /// The capture that the frames are from.
  public var capture: CaptureRole
  /// Frame numbers as Wireshark shows them, counted from 1.
  public var frames: [Int]
  /// In words, for people.
  public var text: String
  /// What it is about; nil where it is no mechanism's observation.
  public var kind: ObservationKind?

  public init(_ capture: CaptureRole, frames: [Int], _ text: String, kind: ObservationKind? = nil) {
    (self.capture, self.frames, self.text, self.kind) = (capture, frames, text, kind)
  }

  /// Both say the same, whatever mechanisms observed it for.
  func says(_ other: Evidence) -> Bool { capture == other.capture && frames == other.frames && text == other.text }
}

extension Evidence: CustomStringConvertible {
  /// As in `failing, frames 1, 2: SYN to 192.0.2.1:443 answered with RST`.
  public var description: String {
    let place =
      frames.isEmpty ? "" : ", frame\(frames.count == 1 ? "" : "s") \(frames.map(String.init).joined(separator: ", "))"
    return "\(capture.rawValue)\(place): \(text)"
  }
}

extension Cause: CustomStringConvertible {
  /// As in `tcp.refused (certain): Nothing listens on 192.0.2.1:443: the connection was refused`.
  public var description: String { "\(mechanism?.description ?? code.rawValue) (\(confidence.rawValue)): \(title)" }
}

/// Which capture a statement is about. A single analyzed capture counts as the failing one.
public enum CaptureRole: String, Sendable, Hashable {
  case working
  case failing
}

/// What one side should change.
public struct Remedy: Sendable, Hashable {
  /// Who it is for, as in "Java client", "rustls server".
  public var audience: String
  /// In words, for people.
  public var text: String
  /// A command or setting to copy; safe to paste, whatever the packets held.
  public var command: String?

  /// What the command's placeholders stand for is told behind the text.
  public init(for audience: String, _ text: String, command: ShellCommand? = nil) {
    (self.audience, self.text, self.command) = (audience, command?.explaining(text) ?? text, command?.text)
  }
}

/// Something to run or collect next.
public struct NextStep: Sendable, Hashable {
  /// In words, for people.
  public var text: String
  /// A line for a POSIX shell; nil where no command helps.
  public var command: String?

  /// What the command's placeholders stand for is told behind the text.
  public init(_ text: String, command: ShellCommand? = nil) {
    (self.text, self.command) = (command?.explaining(text) ?? text, command?.text)
  }
}
