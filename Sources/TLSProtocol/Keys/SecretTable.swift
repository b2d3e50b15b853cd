/// Secrets by ClientHello random and label, in one piece of memory: about a hundred bytes for one of a TLS 1.2 handshake,
/// where a dictionary of dictionaries takes three times as many.
///
/// An entry is the place of the previous one of the same hash (4 bytes), the label's number (2), the lengths of random and
/// secret (1 each), the random and the secret.
struct SecretTable: Sendable {
  private var entries: [UInt8] = []
  /// The last entry of each hash of a random: its place, counted from 1.
  private var last: [Int: UInt32] = [:]
  private var labels: [String] = []
  private var labelNumbers: [String: UInt16] = [:]
  /// How many secrets are held.
  private(set) var count = 0

  private static let headerLength = 8
  /// No handshake has more secrets under one random; looking for one stays quick.
  private static let entriesOfOneRandom = 64
  private static let labelLimit = 1024

  /// Bytes of memory, with what the lists have reserved.
  var byteCount: Int { entries.capacity &+ 24 &* last.capacity &+ 96 &* labels.count }

  /// Adds a secret, or replaces the one of the same label and random; false where it is none that a handshake may have.
  mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) -> Bool {
    guard secret.count <= 255, clientRandom.count <= 255, entries.count <= Int(UInt32.max) &- 1024,
      let number = number(of: label)
    else { return false }
    let hash = clientRandom.hashValue
    var place = last[hash]
    var seen = 0
    while let entry = entry(at: place) {
      seen &+= 1
      if entry.label == number, holds(clientRandom, at: entry.random) {
        if entry.secret.count == secret.count {
          entries.replaceSubrange(entry.secret, with: secret)
          return true
        }
        // The later entry is found first; the former one stays behind it.
        count &-= 1
        break
      }
      place = entry.previous
    }
    guard seen < Self.entriesOfOneRandom else { return false }
    append(secret, number, clientRandom, previous: last[hash] ?? 0)
    last[hash] = UInt32(truncatingIfNeeded: lastStart)
    count &+= 1
    return true
  }

  /// The place of the entry that was added last, counted from 1.
  private var lastStart = 0

  private mutating func append(_ secret: [UInt8], _ label: UInt16, _ random: [UInt8], previous: UInt32) {
    lastStart = entries.count &+ 1
    entries.append(contentsOf: [
      UInt8(truncatingIfNeeded: previous >> 24), UInt8(truncatingIfNeeded: previous >> 16),
      UInt8(truncatingIfNeeded: previous >> 8), UInt8(truncatingIfNeeded: previous),
      UInt8(truncatingIfNeeded: label >> 8), UInt8(truncatingIfNeeded: label),
      UInt8(truncatingIfNeeded: random.count), UInt8(truncatingIfNeeded: secret.count),
    ])
    entries.append(contentsOf: random)
    entries.append(contentsOf: secret)
  }

  private mutating func number(of label: String) -> UInt16? {
    if let number = labelNumbers[label] { return number }
    guard labels.count < Self.labelLimit else { return nil }
    let number = UInt16(truncatingIfNeeded: labels.count)
    labels.append(label)
    labelNumbers[label] = number
    return number
  }

  private struct Entry {
    var previous: UInt32
    var label: UInt16
    var random: Range<Int>
    var secret: Range<Int>
    var end: Int { secret.upperBound }
  }

  /// The entry at a place, counted from 1; nil where there is none.
  private func entry(at place: UInt32?) -> Entry? {
    guard let place, place > 0 else { return nil }
    let start = Int(place) &- 1
    let body = start &+ Self.headerLength
    guard body <= entries.count else { return nil }
    var previous: UInt32 = 0
    for index in start..<start &+ 4 { previous = previous << 8 | UInt32(entries[index]) }
    let label = UInt16(entries[start &+ 4]) << 8 | UInt16(entries[start &+ 5])
    let random = body..<body &+ Int(entries[start &+ 6])
    return Entry(
      previous: previous, label: label, random: random,
      secret: random.upperBound..<random.upperBound &+ Int(entries[start &+ 7]))
  }

  private func holds(_ bytes: [UInt8], at range: Range<Int>) -> Bool { entries[range].elementsEqual(bytes) }

  /// The secret of one handshake under one label.
  func secret(_ label: String, clientRandom: [UInt8]) -> [UInt8]? {
    guard let number = labelNumbers[label] else { return nil }
    var place = last[clientRandom.hashValue]
    while let entry = entry(at: place) {
      if entry.label == number, holds(clientRandom, at: entry.random) { return Array(entries[entry.secret]) }
      place = entry.previous
    }
    return nil
  }

  /// The secrets of one handshake by their labels; empty where there are none.
  func secrets(clientRandom: [UInt8]) -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    var place = last[clientRandom.hashValue]
    while let entry = entry(at: place) {
      let label = labels[Int(entry.label)]
      if holds(clientRandom, at: entry.random), all[label] == nil { all[label] = Array(entries[entry.secret]) }
      place = entry.previous
    }
    return all
  }

  /// Calls `body` with each secret, in the order in which they were added.
  func forEach(_ body: (_ label: String, _ clientRandom: [UInt8], _ secret: [UInt8]) -> Void) {
    var place: UInt32 = 1
    while Int(place) <= entries.count, let entry = entry(at: place) {
      body(labels[Int(entry.label)], Array(entries[entry.random]), Array(entries[entry.secret]))
      place = UInt32(truncatingIfNeeded: entry.end &+ 1)
    }
  }
}
