public import HandshakeModel

/// What a working and a failing capture show side by side: the root cause, the first divergence that matters, and every
/// difference with its weight.
public struct Comparison: Sendable {
  /// The attempt of each capture that was compared; nil where a capture holds none.
  public var working: Attempt?
  /// What failed, with its lookups and earlier connections; nil where nothing did.
  public var failing: Attempt?
  /// The connection of each attempt that was compared in detail.
  public var workingConnection: Connection?
  /// The failing attempt's connection that is compared; nil where it never had one.
  public var failingConnection: Connection?
  /// Most likely first; exactly one entry, `none`, where nothing failed.
  public var causes: [Cause]
  /// What mechanisms saw in both captures, whichever of them stands in the end.
  public var observations: [Observation] = []
  /// What the first cause leaves unexplained of that.
  public var unexplained: [Observation] = []
  /// What the working capture shows not to be the cause.
  public var excluded: [Exclusion] = []
  /// Where the two part; nil where they do not.
  public var divergence: Divergence?
  /// Fields in which the two differ, in the order of the handshake.
  public var differences: [Difference]
  /// Remarks about how the two captures were matched, or what was left aside.
  public var notes: [String]
  /// The capture that was said to work holds the failure, and the other one works.
  public var isSwapped = false

  public init(
    working: Attempt?, failing: Attempt?, causes: [Cause], divergence: Divergence?, differences: [Difference],
    notes: [String] = []
  ) {
    self.working = working
    self.failing = failing
    self.causes = causes
    self.divergence = divergence
    self.differences = differences
    self.notes = notes
  }
}

/// A stage of getting to a secure connection, bottom-up.
public enum Stage: String, Sendable, Hashable, CaseIterable {
  case resolution
  case address
  case tcp
  case firstBytes = "first_bytes"
  case clientHello = "client_hello"
  case serverHello = "server_hello"
  case certificate
  case keyExchange = "key_exchange"
  case finished
  case data
}

/// Where the failing story first departs from the working one in a way that matters.
public struct Divergence: Sendable, Hashable {
  /// The stage of the handshake.
  public var stage: Stage
  /// One sentence.
  public var summary: String
  /// Frames of the working capture, counted from 1.
  public var workingFrames: [Int]
  /// Frames of the failing capture, counted from 1.
  public var failingFrames: [Int]

  public init(stage: Stage, summary: String, workingFrames: [Int], failingFrames: [Int]) {
    self.stage = stage
    self.summary = summary
    self.workingFrames = workingFrames
    self.failingFrames = failingFrames
  }
}

/// How much a difference matters.
public enum Relevance: String, Sendable, Hashable {
  /// It explains the failure.
  case decisive
  /// It belongs to what failed, or follows from it.
  case related
  /// It cannot have caused the failure.
  case benign
}

/// One field in which the two stories differ.
public struct Difference: Sendable, Hashable {
  /// As in `client_hello.cipher_suites`.
  public var field: String
  /// The stage of the handshake.
  public var stage: Stage
  /// The working capture's value, in words.
  public var working: String
  /// The failing capture's value, in words.
  public var failing: String
  /// Whether the difference can have decided.
  public var relevance: Relevance
  /// Why it matters, or why it cannot; one sentence, may be empty.
  public var note: String

  public init(field: String, stage: Stage, working: String, failing: String, relevance: Relevance, note: String = "") {
    self.field = field
    self.stage = stage
    self.working = working
    self.failing = failing
    self.relevance = relevance
    self.note = note
  }
}
