import HandshakeModel
import NetworkValues
import TLSProtocol

/// Finds, among all that two captures hold, the attempt that matters: the goal that both clients had, and that one of
/// them missed. Captures hold other traffic too.
struct GoalMatcher {
  let working: CaptureStory
  let failing: CaptureStory
  /// The working capture's connections, by what they were to reach.
  private let partners: GoalIndex

  init(working: CaptureStory, failing: CaptureStory) {
    (self.working, self.failing) = (working, failing)
    partners = GoalIndex(
      working.examples, workingLookups: working.lookups, failingLookups: failing.lookups)
  }

  struct Match {
    var failing: Connection
    var working: Connection?
    var affinity: Int
  }

  /// Below this two connections have no goal in common.
  static let relation = 4

  func inquiry(logs: LogEvidence) -> Inquiry? {
    guard let match = bestMatch() else { return unconnected(logs) }
    let attempt = attempt(around: match.failing, in: failing)
    var connection = match.failing
    // A failure below TLS that the client got over by itself is no failure of the attempt.
    if let success = attempt.connections.first(where: { $0.outcome == .established && $0.started > connection.started }
    ),
      connection.outcome != .established,
      connection.transcript.serverHellos.isEmpty, connection.transcript.alerts.isEmpty,
      // Who fell back from QUIC has not got what the other client got.
      connection.transport == success.transport || match.working?.transport != connection.transport
    {
      connection = success
    }
    var judged = attempt
    if connection.outcome != .established { judged.connections.removeAll { $0.outcome == .established } }
    // A name that never resolved comes before any connection to something else.
    if connection.outcome == .established, match.affinity < Self.relation, let unconnected = unconnected(logs) {
      return unconnected
    }
    return Inquiry(
      attempt: judged, connection: connection,
      workingAttempt: match.working.map { attemptOfWorking($0) }, working: match.working,
      elsewhere: match.working == nil ? elsewhere(than: connection) : nil,
      acceptedBefore: connection.outcome == .failed ? acceptedBefore(connection, in: attempt) : nil, logs: logs)
  }

  /// The last connection of the attempt that the same client completed with the same server before this one.
  private func acceptedBefore(_ connection: Connection, in attempt: Attempt) -> Connection? {
    attempt.connections.last {
      $0.outcome == .established && $0.transcript.isTLS && $0.server == connection.server
        && $0.client.address == connection.client.address && $0.started < connection.started
    }
  }

  /// Where the same client went in the working capture, if it went to one place only, and never there in the failing one.
  private func elsewhere(than connection: Connection) -> Connection? {
    guard !connection.network.isConnected else { return nil }
    let completed = working.connections.filter { $0.outcome == .established && $0.transcript.isTLS }
    guard let first = completed.first, Set(completed.map(\.server)).count == 1,
      first.client.address == connection.client.address,
      !failing.connections.contains(where: { $0.server == first.server })
    else { return nil }
    return first
  }

  /// Connections that have a goal in common with the working capture, none of which is seen to fail or to complete: the
  /// one that failed is another's.
  func leavesGoalUndecided(besides connection: Connection) -> Bool {
    failing.connections.contains {
      $0.index != connection.index && $0.isOfInterest && $0.outcome == .incomplete
        && (partners.best(for: $0)?.affinity ?? 0) >= Self.relation
    }
  }

  // MARK: Matching

  /// A connection of interest by its place, so that tens of thousands of them are not copied.
  private struct Candidate {
    var place: Int
    var affinity: Int
    var outcome: Outcome
    var isIdle: Bool
    var progress: Int
    var index: Int
  }

  private func bestMatch() -> Match? {
    var candidates: [Candidate] = []
    for place in failing.connections.indices where failing.connections[place].isOfInterest {
      let connection = failing.connections[place]
      candidates.append(
        Candidate(
          place: place, affinity: partners.best(for: connection)?.affinity ?? 0, outcome: connection.outcome,
          isIdle: connection.isIdle, progress: connection.progress, index: connection.index))
    }
    func best(_ accepts: (Candidate) -> Bool) -> Candidate? {
      candidates.filter(accepts).max { left, right in
        if left.affinity != right.affinity { return left.affinity < right.affinity }
        return left.progress != right.progress ? left.progress < right.progress : left.index > right.index
      }
    }
    let chosen =
      best { $0.affinity >= Self.relation && $0.outcome == .failed }
      ?? best { $0.affinity >= Self.relation && $0.outcome == .incomplete && !$0.isIdle }
      ?? best { $0.affinity >= Self.relation && $0.outcome == .established }
      ?? best { $0.outcome == .failed }
      ?? best { $0.outcome == .established }
      ?? best { _ in true }
    return chosen.map { candidate in
      let connection = failing.connections[candidate.place]
      // What a server of another goal accepts says nothing about this one.
      let partner = candidate.affinity >= Self.relation ? partners.best(for: connection)?.connection : nil
      return Match(failing: connection, working: partner, affinity: candidate.affinity)
    }
  }

  // MARK: Attempts

  /// The connections of one capture with the same goal as this one, close in time.
  private func attempt(around connection: Connection, in story: CaptureStory) -> Attempt {
    let mates = story.connections.filter { mate in
      mate.isOfInterest && mate.server.port == connection.server.port
        && (mate.serverName == nil || connection.serverName == nil || mate.serverName == connection.serverName)
        && (mate.client.address == connection.client.address
          || mate.client.address.isIPv4 != connection.client.address.isIPv4)
        && mate.started.seconds(since: connection.started) < 15 && connection.started.seconds(since: mate.started) < 15
    }
    let addresses = Set(mates.map(\.server.address))
    let names = Set(story.lookups.filter { !addresses.isDisjoint(with: $0.addresses) }.map(\.name))
    return Attempt(connections: mates, lookups: story.lookups.filter { names.contains($0.name) })
  }

  private func attemptOfWorking(_ connection: Connection) -> Attempt { attempt(around: connection, in: working) }

  /// No connection was tried: what remains are lookups.
  private func unconnected(_ logs: LogEvidence) -> Inquiry? {
    var unanswered = UnresolvedNames.among(failing.lookups)
    // One family's answer never came, and the client went no further.
    if unanswered.isEmpty, failing.connections.isEmpty { unanswered = UnansweredFamily.among(failing.lookups) }
    guard !unanswered.isEmpty else { return nil }
    let best = working.examples.first
    return Inquiry(
      attempt: Attempt(connections: [], lookups: unanswered), connection: nil,
      workingAttempt: best.map { attemptOfWorking($0) }, working: best, logs: logs)
  }
}

extension CaptureStory {
  /// The connections of a working capture that show what the server accepts: those that completed. Where none did, as
  /// in a capture that was stopped too early, those that the capture's end cut off behind the server's answer.
  fileprivate var examples: [Connection] {
    let completed = connections.filter { $0.outcome == .established && $0.transcript.isTLS }
    if !completed.isEmpty { return completed }
    let cutOff = connections.filter(\.isCutOffBehindAnswer)
    // A client that works without TLS shows what the port speaks.
    return cutOff.isEmpty ? connections.filter(\.speaksPlaintextOnly) : cutOff
  }
}

extension Connection {
  var serverName: String? { transcript.clientHellos.last?.value.serverName }

  /// Worth a verdict: it carried TLS, was opened and came to nothing, or spoke plaintext that may have met TLS.
  var isOfInterest: Bool {
    transcript.isTLS || outcome != .established
  }

  /// Opened, and nothing was ever sent.
  var isIdle: Bool {
    network.client.payloadBytes == 0 && network.server.payloadBytes == 0 && network.isConnected && !isClosed
  }
}
