import HandshakeModel
import NetworkProtocols
import NetworkValues

/// Flows whose connection was told of a moment ago: stragglers of theirs must not pass for new connections.
///
/// A flow costs some hundred bytes here, a connection that waits for stragglers ten thousand.
struct TimeWaitFlows {
  /// What the table of connections says of such a flow.
  static let slot = Int(UInt32.max)

  private var entries: [(key: ConnectionKey, time: Timestamp)] = []
  private var head = 0
  private let limit: Int
  private let seconds: Double

  init(limit: Int, seconds: Double) {
    self.limit = limit
    self.seconds = seconds
  }

  mutating func add(_ key: ConnectionKey, at time: Timestamp, to table: inout ConnectionTable) {
    table.insert(key, slot: UInt32.max)
    entries.append((key, time))
    if entries.count - head > limit { forgetFirst(in: &table) }
  }

  /// Forgets flows that have been quiet for long enough.
  mutating func expire(now: Timestamp, in table: inout ConnectionTable) {
    while head < entries.count {
      let age = now.seconds(since: entries[head].time)
      guard age >= seconds || age < -1 else { return }
      forgetFirst(in: &table)
    }
  }

  private mutating func forgetFirst(in table: inout ConnectionTable) {
    let key = entries[head].key
    head += 1
    if head > 1024, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
    // The same ends may have opened another connection since.
    if table.find(key) == Self.slot { table.remove(key) }
  }
}
