import Diagnosis
import HandshakeModel
import NetworkValues
import TLSProtocol

/// Connections that worked lately, by the port of their server: what a failing one is compared with.
struct WorkingPeers {
  private var byPort: [UInt16: [Connection]] = [:]
  private static let portLimit = 128
  private static let connectionsPerPort = 6

  mutating func remember(_ connection: Connection) {
    guard connection.outcome == .established else { return }
    let port = connection.server.port
    if byPort[port] == nil, byPort.count >= Self.portLimit { byPort.removeAll() }
    var known = byPort[port] ?? []
    known.removeAll { $0.server == connection.server && $0.name == connection.name }
    if known.count >= Self.connectionsPerPort { known.removeFirst() }
    known.append(connection)
    byPort[port] = known
  }

  /// The causes of a failure, compared with what works where that is known.
  func diagnose(_ connection: Connection, others: [IPAddress] = []) -> [Cause] {
    guard connection.outcome == .failed, let working = partner(of: connection, others) else {
      return Diagnosis.diagnose(connection)
    }
    return Diagnosis.diagnose(
      Inquiry(
        attempt: Attempt(connections: [connection], lookups: []), connection: connection,
        workingAttempt: Attempt(connections: [working], lookups: []), working: working))
  }

  /// A connection to the same server for the same name; or, where the failing one did not even get an answer, one over
  /// the other address family that the client did not try by itself.
  private func partner(of connection: Connection, _ others: [IPAddress]) -> Connection? {
    let known = byPort[connection.server.port] ?? []
    let same = known.filter { $0.server == connection.server && $0.mayShareName(with: connection) }
    // Of equals the last.
    if let best = same.reversed().max(by: { $0.likeness(to: connection) < $1.likeness(to: connection) }) { return best }
    return otherFamily(than: connection, at: others)
  }

  /// The same service on the same host over the other address family: at one of these addresses, or both are the loopback's.
  func otherFamily(than connection: Connection, at others: [IPAddress]) -> Connection? {
    guard connection.outcome == .failed, !connection.network.isConnected || connection.server.address.isLoopback else {
      return nil
    }
    return byPort[connection.server.port]?.last { $0.isOnOtherFamily(than: connection, others) }
  }

  /// Whether the client of a connection that came to nothing went on over the other family by itself.
  func hasFallback(of connection: Connection, at others: [IPAddress]) -> Bool {
    byPort[connection.server.port]?.contains {
      $0.isOnOtherFamily(than: connection, others) && $0.isFallback(of: connection)
    } ?? false
  }
}

extension Connection {
  fileprivate var name: String? { transcript.clientHellos.last?.value.serverName }

  fileprivate func mayShareName(with other: Connection) -> Bool {
    guard let name, let otherName = other.name else { return true }
    return name == otherName
  }

  /// How much a working connection has in common with one that failed: the fewer differences, the more they tell.
  fileprivate func likeness(to failed: Connection) -> Int {
    guard let hello = transcript.clientHellos.last?.value, let other = failed.transcript.clientHellos.last?.value else {
      return 0
    }
    return (hello.serverName == other.serverName ? 8 : 0) + (client.address == failed.client.address ? 4 : 0)
      + (hello.supportedVersions == other.supportedVersions ? 2 : 0)
      + (hello.cipherSuites == other.cipherSuites ? 1 : 0)
  }

  fileprivate func isOnOtherFamily(than failed: Connection, _ others: [IPAddress]) -> Bool {
    server.address.isIPv4 != failed.server.address.isIPv4
      && (server.address.isLoopback && failed.server.address.isLoopback || others.contains(server.address))
  }

  /// The client went on to this one by itself when the other came to nothing.
  fileprivate func isFallback(of failed: Connection) -> Bool {
    server.address.isIPv4 != failed.server.address.isIPv4 && started >= failed.started
      && started.seconds(since: failed.ended) < 0.35
  }
}
