import Bytes
import NetworkValues

/// Telling stories whose connections may go on.
extension ConnectionTracker {
  mutating func awaitLookOnce(_ slot: Int, _ now: Timestamp) {
    guard !slots[slot].recorder.isTold, !slots[slot].recorder.isAwaitingLook else { return }
    slots[slot].recorder.isAwaitingLook = true
    lookQueue.append(SlotEntry(slot: slot, connection: slots[slot].index, time: now))
  }

  /// Tells the stories that have come to their point: each connection is looked at a little after its packets, not at each.
  mutating func tellDecided(now: Timestamp, _ timing: LiveTiming) {
    while let entry = lookQueue.first {
      let age = now.seconds(since: entry.time)
      // Far in the future: the clock was set back.
      guard age >= timing.quiet || age < -1 else { break }
      _ = lookQueue.popFirst()
      guard isFollowed(entry) else { continue }
      slots[entry.slot].recorder.isAwaitingLook = false
      if !tell(entry.slot, now, timing), slots[entry.slot].recorder.awaitsTime { awaitLookOnce(entry.slot, now) }
    }
    tellDecidedDatagrams(now: now, timing)
  }

  private mutating func tellDecidedDatagrams(now: Timestamp, _ timing: LiveTiming) {
    for recorder in datagrams.all {
      if let story = recorder.tellableStory(now: now, timing: timing) { finished.append(story) }
    }
  }

  /// Tells a connection's story, if it has come to its point.
  private mutating func tell(_ slot: Int, _ now: Timestamp, _ timing: LiveTiming) -> Bool {
    let buffered = slots[slot].recorder.bufferedBytes
    guard var story = slots[slot].recorder.tellableStory(now: now, timing: timing) else { return false }
    fallbacks.judge(&story)
    early.release(buffered)
    memory.release(slots[slot].recorder.takeHeldBytes())
    finished.append(story)
    return true
  }

  /// Looks at the open connections that `scope` says, where packets have stopped to come whose times would bring it about:
  /// those are told whose story has come to its point at `now`.
  mutating func look(at now: Timestamp, _ timing: LiveTiming, _ scope: LookScope) {
    for slot in slots.indices where !slots[slot].isEmpty && !slots[slot].recorder.isTold {
      if slots[slot].recorder.isIn(scope) { _ = tell(slot, now, timing) }
    }
    if scope == .all { tellDecidedDatagrams(now: now, timing) }
  }
}
