import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

/// Finds, among all that two captures hold, the attempt that matters: the goal that both clients had, and that one of
/// them missed. Captures hold other traffic too.
struct GoalMatcher {
  let working: CaptureStory
  let failing: CaptureStory

  struct Match {
    var failing: Connection
    var working: Connection?
    var affinity: Int
  }

  /// Below this two connections have no goal in common.
  static let kinship = 4

  func inquiry(logs: LogEvidence) -> Inquiry? {
    guard let match = bestMatch() else { return unconnected(logs) }
    let attempt = attempt(around: match.failing, in: failing)
    var connection = match.failing
    // A failure below TLS that the client got over by itself is no failure of the attempt.
    if let success = attempt.connections.first(where: { $0.outcome == .established && $0.started > connection.started }
    ),
      connection.outcome != .established,
      connection.transcript.serverHellos.isEmpty, connection.transcript.alerts.isEmpty
    {
      connection = success
    }
    var judged = attempt
    if connection.outcome != .established { judged.connections.removeAll { $0.outcome == .established } }
    // A name that never resolved comes before any connection to something else.
    if connection.outcome == .established, match.affinity < Self.kinship, let unconnected = unconnected(logs) {
      return unconnected
    }
    return Inquiry(
      attempt: judged, connection: connection,
      workingAttempt: match.working.map { attemptOfWorking($0) }, working: match.working, logs: logs)
  }

  // MARK: Matching

  private func bestMatch() -> Match? {
    let good = working.connections.filter { $0.outcome == .established && $0.transcript.isTLS }
    let candidates = failing.connections.filter(\.isOfInterest)
    let matches = candidates.map { candidate -> Match in
      let partner = good.max { affinity($0, candidate) < affinity($1, candidate) }
      return Match(failing: candidate, working: partner, affinity: partner.map { affinity($0, candidate) } ?? 0)
    }
    func best(_ accepts: (Match) -> Bool) -> Match? {
      matches.filter(accepts).max { left, right in
        if left.affinity != right.affinity { return left.affinity < right.affinity }
        let (one, two) = (left.failing.progress, right.failing.progress)
        return one != two ? one < two : left.failing.index > right.failing.index
      }
    }
    return best { $0.affinity >= Self.kinship && $0.failing.outcome == .failed }
      ?? best { $0.affinity >= Self.kinship && $0.failing.outcome == .incomplete && !$0.failing.isIdle }
      ?? best { $0.affinity >= Self.kinship && $0.failing.outcome == .established }
      ?? best { $0.failing.outcome == .failed }
      ?? best { $0.failing.outcome == .established }
      ?? best { _ in true }
  }

  /// How much two connections look like two tries at one goal.
  private func affinity(_ one: Connection, _ other: Connection) -> Int {
    var score = 0
    if one.server.port == other.server.port { score += 4 }
    if one.server.address == other.server.address {
      score += 3
    } else if one.server.address.isLoopback, other.server.address.isLoopback {
      score += 2
    } else if shareName(one, other) {
      score += 3
    } else if one.server.address.isIPv4 == other.server.address.isIPv4 {
      score -= 2
    }
    if let name = one.serverName, let otherName = other.serverName { score += name == otherName ? 4 : -2 }
    return score
  }

  /// Both addresses came from lookups of one name.
  private func shareName(_ one: Connection, _ other: Connection) -> Bool {
    let names = Set(working.lookups.filter { $0.addresses.contains(one.server.address) }.map(\.name))
    return failing.lookups.contains { $0.addresses.contains(other.server.address) && names.contains($0.name) }
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
    let unanswered = UnresolvedNames.among(failing.lookups)
    guard !unanswered.isEmpty else { return nil }
    let best = working.connections.first { $0.outcome == .established && $0.transcript.isTLS }
    return Inquiry(
      attempt: Attempt(connections: [], lookups: unanswered), connection: nil,
      workingAttempt: best.map { attemptOfWorking($0) }, working: best, logs: logs)
  }
}

/// Names of which no lookup gave an address. A name that resolves with a search domain behind it counts as resolved.
enum UnresolvedNames {
  static func among(_ lookups: [NameLookup]) -> [NameLookup] {
    let resolved = lookups.filter { !$0.addresses.isEmpty }.map(\.name)
    return lookups.filter { lookup in
      (lookup.type == 1 || lookup.type == 28)
        && !resolved.contains {
          $0 == lookup.name || lookup.name.hasPrefix($0 + ".") || $0.hasPrefix(lookup.name + ".")
        }
    }
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
    network.client.payloadBytes == 0 && network.server.payloadBytes == 0 && network.synAck != nil && !isClosed
  }
}
