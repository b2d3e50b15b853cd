/// The connections that one client made for one goal, e.g. ::1 and then 127.0.0.1, with the lookups before them.
public struct Attempt: Sendable {
  /// In order of first frames.
  public var connections: [Connection]
  /// The names that it asked for before.
  public var lookups: [NameLookup]

  public init(connections: [Connection], lookups: [NameLookup]) {
    (self.connections, self.lookups) = (connections, lookups)
  }

  /// The connection that decides the attempt: the one that was established, else the one that got furthest.
  public var decisive: Connection? {
    connections.first { $0.outcome == .established } ?? connections.max { $0.progress < $1.progress }
  }

  /// The attempt reached its goal over one of its connections.
  public var succeeded: Bool { connections.indices.contains { connections[$0].outcome == .established } }
}

extension Connection {
  /// How far the connection came: what orders the connections of a failed attempt.
  public var progress: Int {
    if outcome == .established { return 6 }
    if !transcript.serverHellos.isEmpty { return 5 }
    if network.server.payloadBytes > 0 || !transcript.alerts.isEmpty { return 4 }
    if !transcript.clientHellos.isEmpty { return 3 }
    if network.client.payloadBytes > 0 { return 2 }
    return network.isConnected ? 1 : 0
  }
}
