/// Something that a story shows, whatever the verdict turns out to be: what kind it is, in which frames it stands, and
/// one sentence about it that is true in any case.
public struct Observation: Sendable, Hashable {
  /// What is observed.
  public var kind: ObservationKind
  /// The capture that shows it.
  public var capture: CaptureRole
  /// The frames that show it, in order; empty for what a log says, or what is counted over a whole connection.
  public var frames: [Int]
  /// One sentence in the past tense, without a final full stop.
  public var text: String

  init(_ kind: ObservationKind, _ capture: CaptureRole, _ frames: [Int], _ text: String) {
    (self.kind, self.capture, self.frames, self.text) = (kind, capture, frames, text)
  }

  /// The observation as evidence of a cause.
  var evidence: Evidence { Evidence(capture, frames: frames, text, kind: kind) }
}

/// What an observation is about, under a stable public name as `tcp.reset` or `hello.groups`. Kinds are declared beside
/// the functions that observe them.
public struct ObservationKind: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
  /// As JSON names the kind.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  init(_ name: String) { rawValue = name }

  public var description: String { rawValue }
}
