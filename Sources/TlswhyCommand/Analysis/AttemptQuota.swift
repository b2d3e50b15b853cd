import HandshakeModel
import NetworkValues

/// Decides which unanswered attempts of a capture are told one by one: in the order in which they are asked for, the
/// first of each server, and the first of all servers together that come when many are known.
struct AttemptQuota: Sendable {
  /// Servers that are told apart.
  private static let serverLimit = 1024
  private var told: [Endpoint?: Int] = [:]

  init() {}

  /// Whether one more attempt on a server is told.
  mutating func admits(_ server: Endpoint?) -> Bool {
    let place = told.count < Self.serverLimit ? server : self.place(of: server)
    let count = told[place] ?? 0
    guard count < UnansweredAttempts.toldLimit else { return false }
    told[place] = count + 1
    return true
  }

  /// The server among those that are told apart; nil where it is not.
  func place(of server: Endpoint?) -> Endpoint? { told[server] == nil ? nil : server }
}
