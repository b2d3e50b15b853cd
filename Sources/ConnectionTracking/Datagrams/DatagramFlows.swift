import HandshakeModel
import NetworkProtocols
import NetworkValues

/// The QUIC and DTLS flows that are followed now.
struct DatagramFlows {
  private var recorders: [ConnectionKey: DatagramFollower] = [:]
  /// In the order in which they began or were last looked at.
  private var queue = Queue<DatagramFollower>()

  /// Flows that were quiet for long and whose story is told. What goes on in them begins nothing.
  private var past: Set<ConnectionKey> = []
  private static let pastLimit = 20_000

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

  mutating func add(_ recorder: DatagramFollower) {
    recorders.updateValue(recorder, forKey: recorder.key)?.isFollowed = false
    queue.append(recorder)
  }

  mutating func remove(_ key: ConnectionKey) -> DatagramFollower? {
    let recorder = recorders.removeValue(forKey: key)
    recorder?.isFollowed = false
    return recorder
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
