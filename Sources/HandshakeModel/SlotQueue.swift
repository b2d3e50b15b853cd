import PacketCapture

/// First in, first out, without moving what waits. Entries may outlive their connection: a slot that was given out again
/// holds a connection with another index.
struct SlotQueue {
  struct Entry {
    var slot: Int
    var connection: Int
    /// When the entry was made, where that matters.
    var time = Timestamp(nanoseconds: 0)
  }

  private var entries: [Entry] = []
  private var head = 0

  var count: Int { entries.count - head }
  var first: Entry? { head < entries.count ? entries[head] : nil }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  mutating func popFirst() -> Entry? {
    guard let entry = first else { return nil }
    head += 1
    if head > 1024, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
    return entry
  }

  mutating func removeAll(where isGone: (Entry) -> Bool) {
    entries.removeFirst(head)
    head = 0
    entries.removeAll(where: isGone)
  }
}
