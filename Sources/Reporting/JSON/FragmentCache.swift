/// JSON written before, by what it was written from. Bounded: a client with ever new hellos (a scanner, a fuzzer) costs
/// time, not memory.
struct FragmentCache<Key: Hashable & Sendable>: Sendable {
  private static var limit: Int { 512 }
  private var fragments: [Key: [UInt8]] = [:]

  mutating func fragment(for key: Key, write: (inout JSONWriter) -> Void) -> [UInt8] {
    if let known = fragments[key] { return known }
    var writer = JSONWriter(reservingCapacity: 4096)
    write(&writer)
    if fragments.count >= Self.limit { fragments.removeAll(keepingCapacity: true) }
    fragments[key] = writer.bytes
    return writer.bytes
  }
}
