public import NetworkValues

/// Ending what is closed or quiet, and making room.
extension ConnectionTracker {
  /// When something will want to be looked at, in nanoseconds.
  var nextDue: Int64 { sweeps.next }

  /// Makes room by ending the oldest connection that is not busy; false where there is none.
  mutating func evictOldest() -> Bool {
    var chances = 64
    while let entry = openQueue.popFirst() {
      guard isFollowed(entry) else { continue }
      if chances > 0, slots[entry.slot].recorder.lastTime >= sweeps.last {
        chances -= 1
        openQueue.append(entry)
        continue
      }
      if !slots[entry.slot].recorder.isTold { evictedTCP += 1 }
      finish(entry.slot)
      return true
    }
    return false
  }

  /// Ends closed connections as they fall due, and quiet ones once a second of capture time.
  @inline(__always)
  mutating func sweepIfDue(now: Timestamp, frame: Int) {
    let isSetBack = sweeps.isSetBack(now, frame)
    if now.nanoseconds >= sweeps.next || isSetBack { sweepDue(now: now, frame: frame, isSetBack: isSetBack) }
  }

  private mutating func sweepDue(now: Timestamp, frame: Int, isSetBack: Bool) {
    if let looks = sweeps.begin(now, frame, isSetBack: isSetBack) {
      sweep(now: now, looks: looks)
      departed.expire(now: now, in: &table)
    } else {
      endClosed(now: now)
    }
    sweeps.plan(closing: closedQueue.first?.time.advanced(by: orderlyLinger))
  }

  var orderlyLinger: Int64 { Int64(limits.orderlyLingerSeconds * 1e9) }

  /// Closed connections that are ended at once, at most.
  static let endedTogether = 16

  /// Finishes connections that have been closed for long enough, some a time: thousands that fall due together would
  /// all wait in memory for whoever takes them.
  private mutating func endClosed(now: Timestamp) {
    var left = Self.endedTogether
    while left > 0, let entry = closedQueue.first {
      left -= 1
      // A reset that nobody heeded closed nothing.
      if isFollowed(entry), slots[entry.slot].recorder.closed == nil {
        slots[entry.slot].recorder.isQueuedForRemoval = false
      } else if isFollowed(entry) {
        let wait =
          slots[entry.slot].recorder.isOrderlyClosed
          ? limits.orderlyLingerSeconds
          : slots[entry.slot].recorder.wasReset ? limits.resetLingerSeconds : limits.lingerSeconds
        let age = now.seconds(since: slots[entry.slot].recorder.lastTime)
        guard age >= wait || age < -1 else { break }
        finish(entry.slot)
      }
      _ = closedQueue.popFirst()
    }
  }

  /// Ends what is closed or quiet at `now`; live captures call it on a timer as well.
  public mutating func sweep(now: Timestamp) { sweep(now: now, looks: .max) }

  /// Ends what is closed, and what is quiet among the next so many.
  private mutating func sweep(now: Timestamp, looks limit: Int) {
    if let timing = limits.live { tellDecided(now: now, timing) }
    endClosed(now: now)
    // A share of the open ones a time: each is looked at every few seconds, and no sweep costs more than that.
    let flows = min(max(64, datagrams.count / 8), limit)
    looks &+= min(flows, datagrams.count)
    datagrams.endQuiet(now: now, seconds: limits.datagramIdleSeconds, looks: flows, into: &finished)
    var left = min(max(64, openQueue.count / 8), limit, openQueue.count)
    looks &+= left
    while left > 0, let entry = openQueue.popFirst() {
      left -= 1
      guard isFollowed(entry) else { continue }
      let quiet = now.seconds(since: slots[entry.slot].recorder.lastTime)
      let isTold = slots[entry.slot].recorder.isTold
      // One that was told is remembered for long: its next packet must not pass for a new connection.
      if quiet >= limits.idleSeconds * (isTold ? 12 : 1)
        || !isTold && quiet >= limits.halfOpenSeconds && slots[entry.slot].recorder.isHalfOpen
      {
        finish(entry.slot)
      } else {
        openQueue.append(entry)
      }
    }
  }
}
