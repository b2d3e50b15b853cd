import Bytes
import HandshakeModel
import NetworkProtocols
import NetworkValues

/// The QUIC and DTLS flows that are followed now.
struct DatagramFlows {
  private var recorders: [ConnectionKey: DatagramFollower] = [:]
  /// In the order in which they began or were last looked at.
  private var queue = Queue<DatagramFollower>()

  /// Flows that may hold bytes of messages that are not whole, in the order in which they began to.
  private var holders = Queue<DatagramFollower>()
  /// The flows, and those bytes.
  private(set) var memory: MemoryShare
  /// Flows followed at once.
  private let limit: Int
  /// What a flow takes, measured over many that hold nothing else.
  private static let flowBytes = 3584
  /// Flows that were ended before their time, to make room for others.
  private(set) var evicted = 0

  /// Flows that were quiet for long and whose story is told. What goes on in them begins nothing.
  private var past: Set<ConnectionKey> = []
  private static let pastLimit = 20_000

  init(memory: MemoryShare, limit: Int) { (self.memory, self.limit) = (memory, limit) }

  var count: Int { recorders.count }

  /// Whether a flow was told already.
  func isPast(_ key: ConnectionKey) -> Bool { past.contains(key) }

  private mutating func forget(_ key: ConnectionKey) {
    _ = remove(key)
    if past.count >= Self.pastLimit { past.removeAll(keepingCapacity: true) }
    past.insert(key)
  }

  var all: Dictionary<ConnectionKey, DatagramFollower>.Values { recorders.values }
  subscript(key: ConnectionKey) -> DatagramFollower? { recorders[key] }

  /// Follows a further flow. Where there is no room, the one ends that was quiet for longest among the oldest.
  mutating func add(_ recorder: DatagramFollower, into finished: inout [Connection], now: Timestamp) {
    _ = remove(recorder.key)
    memory.hold(Self.flowBytes)
    makeRoom()
    while recorders.count >= limit || memory.isExceeded, let oldest = popOldest(now) {
      if !oldest.isTold {
        evicted += 1
        finished.append(oldest.finish(now: now))
      }
      forget(oldest.key)
    }
    recorders[recorder.key] = recorder
    queue.append(recorder)
  }

  /// The flow to end where there are too many: not one that is busy, if others are at hand.
  private mutating func popOldest(_ now: Timestamp) -> DatagramFollower? {
    var chances = 16
    while let oldest = queue.popFirst() {
      guard oldest.isFollowed else { continue }
      guard chances > 0, oldest.lastTime >= now else { return oldest }
      chances -= 1
      queue.append(oldest)
    }
    return nil
  }

  mutating func remove(_ key: ConnectionKey) -> DatagramFollower? {
    let recorder = recorders.removeValue(forKey: key)
    recorder?.isFollowed = false
    if let recorder { memory.release(Self.flowBytes + recorder.heldBytes) }
    return recorder
  }

  /// Hands a datagram to its flow.
  mutating func receive(_ packet: borrowing Packet, by recorder: DatagramFollower, direction: FlowDirection) {
    let before = recorder.heldBytes
    recorder.receive(packet, direction: direction)
    memory.hold(recorder.heldBytes - before)
    if recorder.heldBytes > 0, !recorder.isHolding {
      recorder.isHolding = true
      holders.append(recorder)
      if holders.count > 2 * recorders.count + 64 { forgetFormerHolders() }
    }
    makeRoom()
  }

  /// Where all together hold too much, those bytes go that have waited longest: a handshake that goes on holds bytes for
  /// a moment.
  private mutating func makeRoom() {
    while memory.isExceeded, let oldest = holders.popFirst() {
      oldest.isHolding = false
      guard oldest.isFollowed else { continue }
      memory.drop(oldest.heldBytes)
      oldest.dropHeld()
    }
  }

  /// Lets go of flows that hold nothing any more, or have ended.
  private mutating func forgetFormerHolders() {
    for _ in 0..<holders.count {
      guard let holder = holders.popFirst() else { return }
      holder.isHolding = holder.isFollowed && holder.heldBytes > 0
      if holder.isHolding { holders.append(holder) }
    }
  }

  /// Looks at the next flows, at most `looks`, and ends those that have been quiet for so many seconds.
  mutating func endQuiet(now: Timestamp, seconds: Double, looks: Int, into finished: inout [Connection]) {
    let before = finished.count
    for _ in 0..<min(looks, queue.count) {
      guard let recorder = queue.popFirst() else { break }
      guard recorder.isFollowed else { continue }
      if now.seconds(since: recorder.lastTime) >= seconds {
        forget(recorder.key)
        if !recorder.isTold { finished.append(recorder.finish(now: now)) }
      } else {
        queue.append(recorder)
      }
    }
    if finished.count > before + 1 { finished[before...].sort { $0.index < $1.index } }
  }
}
