/// Finds the slot number that was stored for a flow: a hash table that costs a few nanoseconds a packet.
///
/// Open addressing with linear probing; removal shifts the entries behind it back, so there are no tombstones and a
/// lookup never grows slower with time. The hash is seeded anew for each table, so that nobody outside can choose
/// flows that collide. TCP and UDP flows may share all ports and addresses: keep a table for each.
public struct ConnectionTable: ~Copyable {
  private var entries: [FlowEntry]
  private var mask: Int
  private let seed: FlowSeed
  /// Bulk transfers come in trains: the entry found last is tried first.
  private var last = FlowEntry()
  /// How many flows are stored.
  public private(set) var count = 0

  /// Makes an empty table with room for `minimumCapacity` flows; it grows as needed.
  public init(minimumCapacity: Int = 48) {
    var size = 64
    // Three quarters full at most; a table of 2^32 slots could not be numbered anyway.
    while size / 4 &* 3 < minimumCapacity, size < 1 << 32 { size &*= 2 }
    entries = Array(repeating: FlowEntry(), count: size)
    mask = size &- 1
    seed = FlowSeed()
  }

  /// The slot stored for `key`; nil where there is none.
  public mutating func find(_ key: borrowing ConnectionKey) -> Int? {
    let wanted = FlowEntry(key)
    if last.isSameFlow(as: wanted), last.tag != 0 { return Int(last.slot) }
    let tag = seed.tag(wanted)
    var index = Int(truncatingIfNeeded: tag) & mask
    while entries[index].tag != 0 {
      if entries[index].tag == tag, entries[index].isSameFlow(as: wanted) {
        last = entries[index]
        return Int(last.slot)
      }
      index = (index &+ 1) & mask
    }
    return nil
  }

  /// Stores `slot` for `key`, in place of what was stored for it before.
  public mutating func insert(_ key: borrowing ConnectionKey, slot: UInt32) {
    if count >= entries.count / 4 &* 3 { grow() }
    var entry = FlowEntry(key)
    entry.tag = seed.tag(entry)
    entry.slot = slot
    last = entry
    var index = Int(truncatingIfNeeded: entry.tag) & mask
    while entries[index].tag != 0 {
      if entries[index].tag == entry.tag, entries[index].isSameFlow(as: entry) {
        entries[index].slot = slot
        return
      }
      index = (index &+ 1) & mask
    }
    entries[index] = entry
    count &+= 1
  }

  /// Forgets `key`; returns the slot that was stored for it.
  @discardableResult
  public mutating func remove(_ key: borrowing ConnectionKey) -> Int? {
    let wanted = FlowEntry(key)
    let tag = seed.tag(wanted)
    var hole = Int(truncatingIfNeeded: tag) & mask
    while entries[hole].tag != tag || !entries[hole].isSameFlow(as: wanted) {
      if entries[hole].tag == 0 { return nil }
      hole = (hole &+ 1) & mask
    }
    let slot = Int(entries[hole].slot)
    if last.tag == tag, last.isSameFlow(as: wanted) { last = FlowEntry() }
    // Whatever was pushed past the hole by it moves back into it.
    var index = hole
    while true {
      index = (index &+ 1) & mask
      let tag = entries[index].tag
      if tag == 0 { break }
      let home = Int(truncatingIfNeeded: tag) & mask
      if (index &- home) & mask >= (index &- hole) & mask {
        entries[hole] = entries[index]
        hole = index
      }
    }
    entries[hole] = FlowEntry()
    count &-= 1
    return slot
  }

  /// Forgets all flows, keeps the memory.
  public mutating func removeAll() {
    for index in entries.indices { entries[index] = FlowEntry() }
    last = FlowEntry()
    count = 0
  }

  private mutating func grow() {
    var larger = Array(repeating: FlowEntry(), count: entries.count &* 2)
    mask = larger.count &- 1
    for entry in entries where entry.tag != 0 {
      var index = Int(truncatingIfNeeded: entry.tag) & mask
      while larger[index].tag != 0 { index = (index &+ 1) & mask }
      larger[index] = entry
    }
    entries = larger
  }
}
