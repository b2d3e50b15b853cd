import HandshakeModel

/// JSON written before, by what it was written from.
struct FragmentCache<Key: Hashable & Sendable>: Sendable {
  private var fragments = BoundedCache<Key, [UInt8]>()

  mutating func fragment(for key: Key, write: (inout JSONWriter) -> Void) -> [UInt8] {
    fragments.value(for: key) {
      var writer = JSONWriter(reservingCapacity: 4096)
      write(&writer)
      return writer.bytes
    }
  }
}
