import HandshakeModel

/// JSON written before, by what it was written from.
struct FragmentCache<Key: Hashable & Sendable>: Sendable {
  private var fragments = BoundedCache<Key, [UInt8]>()

  /// What a key and its place in the table take, about.
  private static var keyBytes: Int { 256 }

  mutating func fragment(for key: Key, write: (inout JSONWriter) -> Void) -> [UInt8] {
    fragments.value(for: key, bytes: { $0.count + Self.keyBytes }) {
      var writer = JSONWriter(reservingCapacity: 4096)
      write(&writer)
      // Without the room that was made in vain.
      return Array(writer.bytes[...])
    }
  }
}
