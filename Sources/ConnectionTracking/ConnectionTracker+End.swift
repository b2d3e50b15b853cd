import NetworkProtocols

/// The capture's end.
extension ConnectionTracker {
  /// A connection of a capture that is over.
  struct Unfinished {
    var index: Int
    /// Nil for a UDP flow.
    var slot: Int?
    var key: ConnectionKey
  }

  /// Ends some connections of a capture that is over, in the order in which they began; false once all have ended.
  /// Taking them from ``finished`` in between keeps the list short, however many there are.
  public mutating func finishSome(_ count: Int) -> Bool {
    if toFinish == nil { toFinish = unfinished() }
    for _ in 0..<count {
      guard let next = toFinish?.popLast() else { break }
      if let slot = next.slot {
        finish(slot)
      } else if let recorder = datagrams.remove(next.key), !recorder.isTold {
        finished.append(recorder.finish(now: sweeps.last))
      }
    }
    if toFinish?.isEmpty == false { return true }
    toFinish = nil
    return false
  }

  /// Every open connection whose story is not told, the one that began last first.
  private func unfinished() -> [Unfinished] {
    let flows = datagrams.all.filter { !$0.isTold }
    var open = flows.map { Unfinished(index: $0.index, slot: nil, key: $0.key) }
    for slot in slots.indices where !slots[slot].isEmpty && !slots[slot].recorder.isTold {
      open.append(Unfinished(index: slots[slot].index, slot: slot, key: slots[slot].recorder.key))
    }
    return open.sorted { $0.index > $1.index }
  }

  /// Each connection that ``finishSome(_:)`` has yet to end, in its order.
  func indicesOfOpenConnections() -> [Int] { (toFinish ?? unfinished()).reversed().map(\.index) }

  /// Ends every connection: the capture is over.
  public mutating func finishAll() {
    while finishSome(1 << 20) {}
  }
}
