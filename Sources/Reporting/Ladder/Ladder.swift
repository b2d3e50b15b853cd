import HandshakeModel
import NetworkValues
import TLSProtocol

/// A handshake as the steps in which it went, in order of arrival.
struct Ladder: Sendable {
  var started: Timestamp
  var steps: [LadderStep]

  /// Steps that a report shows of one handshake at most.
  static let limit = 60

  /// An attempt: its lookups, the connection that matters, and a line for each of the others.
  init(_ attempt: Attempt, around decisive: Connection?) {
    var steps = attempt.lookups.prefix(8).flatMap(Self.steps(of:))
    if let decisive { steps += Self.steps(of: decisive) }
    for other in attempt.connections.prefix(16) where other.index != decisive?.index {
      steps.append(Self.step(of: other))
    }
    self.init(sorting: steps)
  }

  /// One connection.
  init(_ connection: Connection) { self.init(sorting: Self.steps(of: connection)) }

  private init(sorting steps: [LadderStep]) {
    let sorted = steps.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let frames = (a.frames.first ?? 0, b.frames.first ?? 0)
      return (frames.0, a.rank, left.offset) < (frames.1, b.rank, right.offset)
    }
    let merged = Self.mergingRepeats(in: sorted.map(\.element))
    started = merged.first?.time ?? Timestamp(nanoseconds: 0)
    self.steps = Array(merged.prefix(Self.limit))
    if merged.count > Self.limit, let last = merged.last {
      let rest = merged.count - Self.limit
      self.steps.append(
        LadderStep(
          time: last.time, frames: [], sender: nil, title: "… \(Measures.count(rest, "further step"))", tone: .quiet))
    }
  }

  /// A run of the same step from the same side, as one step.
  private static func mergingRepeats(in steps: [LadderStep]) -> [LadderStep] {
    var merged: [LadderStep] = []
    for step in steps {
      if let last = merged.last, last.alignmentKey == step.alignmentKey, step.details.isEmpty, last.details.isEmpty {
        merged[merged.count - 1].frames += step.frames
      } else {
        merged.append(step)
      }
    }
    return merged
  }

  static func steps(of connection: Connection) -> [LadderStep] {
    networkSteps(of: connection) + messageSteps(of: connection) + recordSteps(of: connection)
  }

  /// A connection that did not decide its attempt, in one step.
  private static func step(of connection: Connection) -> LadderStep {
    let frames =
      connection.firstFrame == connection.lastFrame
      ? [connection.firstFrame] : [connection.firstFrame, connection.lastFrame]
    let ended = connection.network.resets.isEmpty ? "" : ", reset"
    // It came to nothing, and the next step shows where the client went on.
    let isOver = connection.outcome == .failed || connection.network.fallback != nil
    return LadderStep(
      time: connection.started, frames: frames,
      citation: "\(connection.firstFrame)–\(connection.lastFrame)", sender: .client,
      title: "tries \(connection.server)",
      details: [
        "\(isOver ? Outcome.failed.rawValue : connection.outcome.rawValue)\(ended) (connection \(connection.index))"
      ],
      tone: isOver ? .bad : .quiet)
  }
}
