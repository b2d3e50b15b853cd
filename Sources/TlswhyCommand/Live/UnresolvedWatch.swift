import Diagnosis
import HandshakeModel
import NetworkValues

/// Which names that did not resolve have been told: each once a minute for each client, however often it asks.
struct UnresolvedWatch {
  private struct Asked: Hashable {
    var name: String
    var client: IPAddress
  }

  private var told: [Asked: Timestamp] = [:]
  private static let silence = 60.0
  private static let limit = 10_000

  /// What there is to tell of these lookups now.
  mutating func news(of lookups: [NameLookup], now: Timestamp, isOver: Bool = false) -> [UnresolvedName] {
    guard !lookups.isEmpty else { return [] }
    told = told.filter { now.seconds(since: $1) < Self.silence }
    let names = Diagnosis.unresolvedNames(among: lookups, now: now, isOver: isOver) { name, client in
      told.count >= Self.limit || told[Asked(name: name, client: client)] != nil
    }
    return names.filter { name in
      guard told.count < Self.limit else { return false }
      told[Asked(name: name.name, client: name.client)] = name.time
      return true
    }
  }
}
