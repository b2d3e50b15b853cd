public import NetworkValues

/// Attempts to connect to one server that nothing answered: a scan, or a host that is down. Beyond the first thousand
/// they are counted, since each would be told in the same words.
public struct UnansweredAttempts: Sendable, Hashable {
  /// Attempts on one server that are told one by one.
  public static let toldLimit = 1000

  /// Nil where they went to many servers: those that came behind the first thousand are counted together.
  public private(set) var server: Endpoint?
  /// How many there are.
  public private(set) var connections: Int
  /// First frame of all of them.
  public private(set) var firstFrame: Int
  /// Last frame of all of them.
  public private(set) var lastFrame: Int

  /// Nil where the connection is more than an attempt, or was answered.
  public init?(_ connection: borrowing Connection) {
    guard connection.transport == .tcp, !connection.network.syns.isEmpty, !connection.network.isConnected,
      connection.network.server.segments == 0, connection.network.client.payloadBytes == 0,
      connection.network.resets.isEmpty, connection.network.icmpErrors.isEmpty, connection.network.clientFin == nil
    else { return nil }
    (server, connections) = (connection.server, 1)
    (firstFrame, lastFrame) = (connection.firstFrame, connection.lastFrame)
  }

  /// The same attempts, ascribed to a server or to many.
  public init(_ attempts: Self, on server: Endpoint?) {
    self = attempts
    self.server = server
  }

  /// Takes in others on the same server.
  public mutating func add(_ others: Self) {
    connections += others.connections
    firstFrame = min(firstFrame, others.firstFrame)
    lastFrame = max(lastFrame, others.lastFrame)
  }
}

extension [Endpoint?: UnansweredAttempts] {
  /// Takes in attempts with those on the same server, or with those on all servers that are not told apart (nil).
  public mutating func add(_ attempts: UnansweredAttempts, as server: Endpoint?) {
    if self[server]?.add(attempts) == nil { self[server] = UnansweredAttempts(attempts, on: server) }
  }
}
