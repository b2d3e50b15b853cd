import HandshakeModel
import NetworkProtocols
import NetworkValues

/// Knows which clients went on over the other address family when a connection over one came to nothing (RFC 8305 §5), as
/// to 127.0.0.1 behind ::1: what a client gets over by itself is no failure.
///
/// Two addresses are one host's where both are the loopback's, or where lookups gave both for one name. All trackers of one
/// thread share a watch, and it hears of all packets, whoever follows their flows.
final class FallbackWatch {
  private struct Acceptance {
    var note: FrameNote
    /// A failure was got over with it already.
    var isUsed = false
  }

  /// A connection over IPv6 was tried: before that nothing has to be remembered.
  private var isAwake = false
  /// The last connections that each server accepted.
  private var acceptances: [Endpoint: [Acceptance]] = [:]
  private var names: [IPAddress: [String]] = [:]
  private var addresses: [String: [IPAddress]] = [:]

  /// Servers, addresses and names that are remembered.
  var size: Int { acceptances.count + names.count + addresses.count }

  private static let loopback4 = IPAddress(ipv4: 0x7F00_0001)
  private static let loopback6 = IPAddress(ipv6High: 0, low: 1)
  private static let tableLimit = 4096
  private static let listLimit = 16
  /// How long a client takes to go on with the next address, and be answered, in seconds.
  private static let patience = 0.5

  /// Takes notice of a segment that begins or accepts a connection.
  func note(_ flags: TCPFlags, from source: Endpoint, at moment: FrameNote) {
    guard flags.contains(.ack) else {
      if !source.address.isIPv4 { isAwake = true }
      return
    }
    guard isAwake else { return }
    if acceptances.count >= Self.tableLimit, acceptances[source] == nil { acceptances.removeAll(keepingCapacity: true) }
    var known = acceptances[source] ?? []
    if known.count >= Self.listLimit { known.removeFirst() }
    known.append(Acceptance(note: moment))
    acceptances[source] = known
  }

  /// Takes notice of addresses that a name has.
  func note(_ found: [IPAddress], of name: String) {
    guard !found.isEmpty else { return }
    if names.count >= Self.tableLimit || addresses.count >= Self.tableLimit {
      names.removeAll(keepingCapacity: true)
      addresses.removeAll(keepingCapacity: true)
    }
    var known = addresses[name] ?? []
    for address in found.prefix(Self.listLimit) where !known.contains(address) && known.count < 2 * Self.listLimit {
      known.append(address)
      if names[address, default: []].count < Self.listLimit { names[address, default: []].append(name) }
    }
    addresses[name] = known
  }

  /// The addresses of the other family that a server has too.
  func otherFamily(of server: IPAddress) -> [IPAddress] {
    if server.isLoopback { return [server.isIPv4 ? Self.loopback6 : Self.loopback4] }
    return (names[server] ?? []).flatMap { addresses[$0] ?? [] }.filter { $0.isIPv4 != server.isIPv4 }
  }

  /// Notes where the client of a connection that did not come about went on by itself.
  func judge(_ connection: inout Connection) {
    guard connection.outcome == .failed, !connection.network.isConnected else { return }
    if let fallback = goneOn(connection) {
      connection.note(fallback)
    } else {
      connection.network.alternative = lastAccepted(besides: connection.server)
    }
  }

  /// The last connection that the same host accepted at the same port over the other address family.
  private func lastAccepted(besides server: Endpoint) -> Fallback? {
    guard !acceptances.isEmpty else { return nil }
    for address in otherFamily(of: server.address) {
      let other = Endpoint(address: address, port: server.port)
      if let last = acceptances[other]?.last { return Fallback(server: other, accepted: last.note) }
    }
    return nil
  }

  /// Where the client went on over the other address family. Each place is given once: of two that failed, one may have
  /// gone nowhere.
  private func goneOn(_ connection: borrowing Connection) -> Fallback? {
    guard !acceptances.isEmpty else { return nil }
    for address in otherFamily(of: connection.server.address) {
      let server = Endpoint(address: address, port: connection.server.port)
      guard let known = acceptances[server],
        let place = known.firstIndex(where: { acceptance in
          !acceptance.isUsed && acceptance.note.time > connection.started
            && acceptance.note.time.seconds(since: connection.ended) < Self.patience
        })
      else { continue }
      acceptances[server]?[place].isUsed = true
      return Fallback(server: server, accepted: known[place].note)
    }
    return nil
  }
}
