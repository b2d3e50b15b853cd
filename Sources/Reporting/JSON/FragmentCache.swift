/// JSON written before, by what it was written from. Bounded: a client with ever new hellos (a scanner, a fuzzer) costs
/// time, not memory.
struct FragmentCache<Key: Hashable & Sendable>: Sendable {
  private static var limit: Int { 512 }
  private var fragments: [Key: [UInt8]] = [:]
  /// Most often the same comes again at once, and comparing is cheaper than hashing.
  private var last: (key: Key, fragment: [UInt8])?

  mutating func fragment(for key: Key, write: (inout JSONWriter) -> Void) -> [UInt8] {
    if let last, last.key == key { return last.fragment }
    if let known = fragments[key] {
      last = (key, known)
      return known
    }
    var writer = JSONWriter(reservingCapacity: 4096)
    write(&writer)
    if fragments.count >= Self.limit { fragments.removeAll(keepingCapacity: true) }
    fragments[key] = writer.bytes
    last = (key, writer.bytes)
    return writer.bytes
  }
}
