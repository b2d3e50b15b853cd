public import Diagnosis
public import HandshakeModel

/// What is to be written beside the frames of a capture: verdicts, and what proves them.
///
/// Of more than can be kept, what belongs to the lowest frames is, in whatever order and parts it comes.
public struct CaptureAnnotations: Sendable {
  /// Comments that are kept.
  public static let limit = 50_000
  /// Frames that one piece of evidence comments on.
  private static let framesOfEvidence = 16
  /// Characters of one comment.
  private static let longest = 500

  private struct Item: Sendable, Hashable, Comparable {
    var frame: Int
    /// Verdicts stand before evidence.
    var rank: Int
    var connection: Int
    var text: String

    static func < (left: Self, right: Self) -> Bool {
      (left.frame, left.rank, left.connection, left.text) < (right.frame, right.rank, right.connection, right.text)
    }
  }

  private var items: [Item] = []
  /// Whether comments had to be left out.
  public private(set) var isCut = false

  public init() {}

  /// Nothing was annotated.
  public var isEmpty: Bool { items.isEmpty }

  /// Annotates a connection that failed; nothing where its first cause names no failure.
  public mutating func add(_ connection: borrowing Connection, causes: [Cause]) {
    guard let cause = causes.first, cause.code.isFailure else { return }
    add(cause, of: .failing, connection: connection.index, lastFrame: connection.lastFrame)
  }

  /// Annotates a failure that belongs to no connection.
  public mutating func add(_ cause: Cause) { add(cause, of: .failing, connection: nil, lastFrame: nil) }

  /// Annotates one capture of a comparison, or the one that holds both sides.
  public mutating func add(_ comparison: Comparison, isWithinOne: Bool) {
    guard let cause = comparison.causes.first, cause.code.isFailure else { return }
    let (failing, working) = (comparison.failingSide.connection, comparison.workingSide.connection)
    add(cause, of: .failing, connection: failing?.index, lastFrame: failing?.lastFrame)
    if isWithinOne { add(cause, of: .working, connection: working?.index, lastFrame: nil) }
  }

  private mutating func add(_ cause: Cause, of role: CaptureRole, connection: Int?, lastFrame: Int?) {
    let evidence = cause.evidence.filter { $0.capture == role }
    let place = connection.map { "connection \($0)" } ?? "no connection"
    let verdict = evidence.lazy.compactMap(\.frames.first).first ?? lastFrame
    if role == .failing, let verdict {
      add(
        verdict, 0, connection, "✗ \(cause.title) (\(cause.confidence.rawValue), \(cause.code.rawValue), \(place))")
    }
    for item in evidence {
      for frame in item.frames.prefix(Self.framesOfEvidence) {
        add(frame, 1, connection, "\(item.text) (\(cause.code.rawValue), \(place))")
      }
    }
    if items.count >= 2 * Self.limit { cut() }
  }

  private mutating func add(_ frame: Int, _ rank: Int, _ connection: Int?, _ text: String) {
    items.append(
      Item(
        frame: frame, rank: rank, connection: connection ?? 0, text: text.escapedForDisplay.clipped(to: Self.longest)))
  }

  /// Takes in what was annotated elsewhere.
  public mutating func add(_ other: Self) {
    items += other.items
    isCut = isCut || other.isCut
    if items.count >= 2 * Self.limit { cut() }
  }

  /// Forgets everything.
  public mutating func removeAll() { self = Self() }

  private mutating func cut() {
    items = Array(Set(items)).sorted()
    guard items.count > Self.limit else { return }
    isCut = true
    items.removeLast(items.count - Self.limit)
  }

  /// The comments of each frame, the verdict first.
  public var byFrame: [Int: [String]] {
    var whole = self
    whole.cut()
    return whole.items.reduce(into: [:]) { $0[$1.frame, default: []].append($1.text) }
  }

  /// The verdict of a comparison, for the whole capture.
  public static func summary(of comparison: Comparison, working: String, failing: String) -> String {
    guard let cause = comparison.causes.first else { return "no verdict" }
    let others = working == failing ? "" : "\ncompared with \(working.escapedForDisplay), which works"
    return "\(cause.code.sign.text) \(cause.title.escapedForDisplay)\n"
      + "\(cause.confidence.rawValue), \(cause.code.rawValue)" + others
  }

  /// The verdict on one connection, for the whole capture.
  public static func summary(of connection: Connection, causes: [Cause]) -> String {
    guard let cause = causes.first else { return "no verdict" }
    return "connection \(connection.index): \(cause.code.sign.text) \(cause.title.escapedForDisplay)\n"
      + "\(cause.confidence.rawValue), \(cause.code.rawValue)"
  }

  /// A capture's counts, for the whole capture.
  public static func summary(of counts: CaptureStatistics, causes: [CauseCode: Int]) -> String {
    let total = counts.established + counts.failed + counts.incomplete
    let head =
      "\(Measures.count(total, "connection")): \(counts.established) established, \(counts.failed) failed, "
      + "\(counts.incomplete) incomplete"
    let lines = SummaryFacts.ranked(causes).map { "\(Measures.grouped($0.count)) × \($0.code.rawValue)" }
    return ([head] + lines).joined(separator: "\n")
  }
}
