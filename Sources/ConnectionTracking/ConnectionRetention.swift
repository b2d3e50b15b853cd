import Bytes
import HandshakeModel
import TLSProtocol

/// Keeps the connections of a capture that a comparison may need, in bounded memory: of a flood that fills a capture,
/// the first ones, and of what is worth more than a flood, all that there is room for.
struct ConnectionRetention {
  /// How much a connection may have to tell, the most telling first.
  private enum Rank: Int, CaseIterable {
    /// It failed, and not for want of an answer.
    case failed
    case established
    /// TLS whose end the capture does not show.
    case incomplete
    case unanswered
    case other

    init(_ connection: Connection) {
      let network = connection.network
      let hasSpoken = network.client.payloadBytes > 0 || network.server.payloadBytes > 0
      switch connection.outcome {
      case .failed: self = connection.transcript.isTLS || hasSpoken ? .failed : .unanswered
      case .established: self = connection.transcript.isTLS ? .established : .other
      case .incomplete: self = connection.transcript.isTLS ? .incomplete : .other
      }
    }
  }

  /// Connections kept.
  let limit: Int
  /// Numbers of connections that were asked for: they are kept in any case.
  private let wanted: Set<Int>
  private var kept: [Connection] = []
  /// The connections kept, with their handshake messages.
  private var memory: MemoryShare
  /// How many connections were not kept.
  private(set) var forgotten = 0

  init(limit: Int = 50_000, memory: MemoryShare = MemoryBudget.standard.share(of: .stories), wanted: Set<Int> = []) {
    (self.limit, self.memory, self.wanted) = (limit, memory, wanted)
  }

  mutating func add(_ connection: Connection) {
    kept.append(connection)
    memory.hold(Self.size(connection))
    if kept.count >= limit + limit / 4 {
      shrink(to: limit)
    } else if memory.isExceeded {
      shrink(to: kept.count / 4 * 3)
    }
  }

  /// What was kept, in order of first frames.
  mutating func finish() -> [Connection] {
    if kept.count > limit { shrink(to: limit) }
    kept.sort { $0.index < $1.index }
    return kept
  }

  /// What a connection takes, with its place in a list that grows by doubling, and the lists that TLS fills. What is read of
  /// a message takes about as much as the message; of a hello, which may be a long list of tiny parts, some times as much.
  private static func size(_ connection: Connection) -> Int {
    let messages = connection.transcript.messages.reduce(0) { sum, message in
      sum &+ message.length &* (message.type == .clientHello || message.type == .serverHello ? 6 : 2)
    }
    return 3 * MemoryLayout<Connection>.stride / 2 &+ (connection.transcript.isTLS ? 3072 &+ messages : 0)
  }

  /// Each rank keeps a fifth of the places if it can fill them; the rest go by rank. Within one, the first stay.
  private mutating func shrink(to room: Int) {
    var counts = Rank.allCases.map { _ in 0 }
    for connection in kept { counts[Rank(connection).rawValue] += 1 }
    var allowed = counts.map { min($0, room / Rank.allCases.count) }
    var free = room - allowed.reduce(0, +)
    for rank in allowed.indices {
      let more = min(free, counts[rank] - allowed[rank])
      allowed[rank] += more
      free -= more
    }
    let before = kept.count
    kept.removeAll { connection in
      if wanted.contains(connection.index) { return false }
      let rank = Rank(connection).rawValue
      allowed[rank] -= 1
      return allowed[rank] < 0
    }
    forgotten += before - kept.count
    memory.clear()
    for connection in kept { memory.hold(Self.size(connection)) }
  }
}
