import ConnectionTracking
import HandshakeModel

/// Numbers connections by where they begin; other threads have seen some of them begin.
struct ConnectionNumbers {
  /// Of one's own connections that are open, those of each shard that began last: found by index, without hashing.
  private var recent = Array(
    repeating: Array(repeating: 0, count: ConnectionNumbers.recentCount), count: ShardReader.shardCount)
  /// The index that each shard gave last.
  private var last = Array(repeating: -1, count: ShardReader.shardCount)
  /// Those that stay open while many others begin.
  private var older: [ConnectionTag: Int] = [:]
  /// All connections so far, those of others too.
  private(set) var count = 0

  /// A power of two.
  static let recentCount = 1 << 10

  /// Adds what began in one stretch, each list in order. A shard's connections come one after another.
  mutating func add(own: [ConnectionOpening], others: [[Int]]) {
    var passed = Array(repeating: 0, count: others.count)
    for (earlier, opening) in own.enumerated() {
      var number = count + earlier + 1
      for (other, places) in others.enumerated() {
        while passed[other] < places.count, places[passed[other]] < opening.place { passed[other] += 1 }
        number += passed[other]
      }
      remember(number, of: opening.tag)
    }
    count += own.count + others.reduce(0) { $0 + $1.count }
  }

  private mutating func remember(_ number: Int, of connection: ConnectionTag) {
    let shard = connection.shard
    while last[shard] < connection.index {
      last[shard] += 1
      let place = last[shard] % Self.recentCount
      if recent[shard][place] > 0 {
        older[ConnectionTag(shard: shard, index: last[shard] - Self.recentCount)] = recent[shard][place]
        recent[shard][place] = 0
      }
    }
    recent[shard][connection.index % Self.recentCount] = number
  }

  private func isRecent(_ connection: ConnectionTag) -> Bool {
    let age = last[connection.shard] - connection.index
    return age >= 0 && age < Self.recentCount
  }

  func of(_ connection: ConnectionTag) -> Int {
    isRecent(connection)
      ? recent[connection.shard][connection.index % Self.recentCount] : older[connection] ?? 0
  }

  /// The number of a connection that has ended.
  mutating func take(_ connection: ConnectionTag) -> Int {
    guard isRecent(connection) else { return older.removeValue(forKey: connection) ?? 0 }
    let number = recent[connection.shard][connection.index % Self.recentCount]
    recent[connection.shard][connection.index % Self.recentCount] = 0
    return number
  }
}
