import HandshakeModel
import NetworkValues

/// Finds the connection most like another one in time that does not grow with their number: captures hold tens of
/// thousands, and every pair of them is too many.
///
/// Two connections are alike by port, by address and by server name. Each connection is filed under every combination of
/// what may be alike in each of the three, and stands there only if it is the first; one of the combinations that a
/// candidate looks up then holds its best partner.
struct GoalIndex {
  private enum Place: Hashable {
    case address(IPAddress)
    case loopback
    /// An address that lookups gave for a name; whether it is a loopback address decides what it is worth.
    case lookup(name: String, isLoopback: Bool)
    case family(isIPv4: Bool)
    case anywhere
  }

  private enum Name: Hashable {
    case name(String)
    case none
    case any
  }

  private struct Key: Hashable {
    /// Nil for any.
    var port: UInt16?
    var place: Place
    var name: Name
  }

  /// What two connections are compared by, read out of their transcripts once.
  struct Goal: Hashable {
    var port: UInt16
    var address: IPAddress
    var serverName: String?

    init(_ connection: Connection) {
      (port, address) = (connection.server.port, connection.server.address)
      serverName = connection.serverName
    }
  }

  let connections: [Connection]
  private let goals: [Goal]
  private var first: [Key: Int] = [:]
  private let workingNames: [IPAddress: Set<String>]
  private let failingNames: [IPAddress: Set<String>]

  /// - Parameters:
  ///   - connections: Those of the working capture that show what the server accepts.
  ///   - workingLookups: Lookups of the same capture; `failingLookups` those of the other.
  init(_ connections: [Connection], workingLookups: [NameLookup], failingLookups: [NameLookup]) {
    self.connections = connections
    goals = connections.map(Goal.init)
    workingNames = Self.names(workingLookups)
    failingNames = Self.names(failingLookups)
    var known: Set<Goal> = []
    for (index, goal) in goals.enumerated() where known.insert(goal).inserted {
      var places: [Place] = [.address(goal.address), .family(isIPv4: goal.address.isIPv4), .anywhere]
      if goal.address.isLoopback { places.append(.loopback) }
      for name in workingNames[goal.address] ?? [] {
        places.append(.lookup(name: name, isLoopback: goal.address.isLoopback))
      }
      file(index, goal, places)
    }
  }

  private mutating func file(_ index: Int, _ goal: Goal, _ places: [Place]) {
    let names = [goal.serverName.map(Name.name) ?? .none, .any]
    for place in places {
      for name in names {
        for port in [goal.port, nil] {
          let key = Key(port: port, place: place, name: name)
          if first[key] == nil { first[key] = index }
        }
      }
    }
  }

  /// Names that were looked up, by the addresses that came back.
  private static func names(_ lookups: [NameLookup]) -> [IPAddress: Set<String>] {
    var names: [IPAddress: Set<String>] = [:]
    for lookup in lookups {
      for address in lookup.addresses { names[address, default: []].insert(lookup.name) }
    }
    return names
  }

  /// The connection that is most like a candidate of the failing capture, the first of several, and how much.
  func best(for candidate: Connection) -> (connection: Connection, affinity: Int)? {
    let goal = Goal(candidate)
    // Of two families one may be the other's fallback: an address of the other one weighs more than just any.
    var places: [Place] = [.address(goal.address), .family(isIPv4: !goal.address.isIPv4), .anywhere]
    if goal.address.isLoopback { places.append(.loopback) }
    for name in failingNames[goal.address] ?? [] {
      places += [.lookup(name: name, isLoopback: false), .lookup(name: name, isLoopback: true)]
    }
    var names: [Name] = [.any, .none]
    if let name = goal.serverName { names.append(.name(name)) }
    var best: (index: Int, affinity: Int)?
    for place in places {
      for name in names {
        for port in [goal.port, nil] {
          guard let index = first[Key(port: port, place: place, name: name)] else { continue }
          let affinity = affinity(goals[index], goal)
          if let known = best, (affinity, known.index) <= (known.affinity, index) { continue }
          best = (index, affinity)
        }
      }
    }
    return best.map { (connections[$0.index], $0.affinity) }
  }

  /// How much two connections look like two tries at one goal.
  private func affinity(_ one: Goal, _ other: Goal) -> Int {
    var score = 0
    if one.port == other.port { score += 4 }
    if one.address == other.address {
      score += 3
    } else if one.address.isLoopback, other.address.isLoopback {
      score += 2
    } else if shareName(one, other) {
      score += 3
    } else if one.address.isIPv4 == other.address.isIPv4 {
      score -= 2
    }
    if let name = one.serverName, let otherName = other.serverName { score += name == otherName ? 4 : -2 }
    return score
  }

  /// Both addresses came from lookups of one name.
  private func shareName(_ one: Goal, _ other: Goal) -> Bool {
    guard let names = workingNames[one.address], let others = failingNames[other.address] else { return false }
    return !names.isDisjoint(with: others)
  }
}
