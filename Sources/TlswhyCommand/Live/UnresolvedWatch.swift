import Diagnosis
import HandshakeModel
import NetworkProtocols
import PacketCapture

/// Which names that did not resolve have been told: each once a minute for each client, however often it asks.
struct UnresolvedWatch {
  private var told: [String: Timestamp] = [:]
  private static let silence = 60.0
  private static let limit = 10_000

  /// What there is to tell of these lookups now.
  mutating func news(of lookups: [NameLookup], now: Timestamp, isOver: Bool = false) -> [UnresolvedName] {
    guard !lookups.isEmpty else { return [] }
    told = told.filter { now.seconds(since: $1) < Self.silence }
    return Diagnosis.unresolvedNames(among: lookups, now: now, isOver: isOver).filter { name in
      let key = "\(name.client) \(name.name)"
      guard told[key] == nil, told.count < Self.limit else { return false }
      told[key] = name.time
      return true
    }
  }
}
