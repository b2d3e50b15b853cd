public import Bytes

/// Values by what they follow from: what comes again in a long capture is worked out once.
///
/// Beyond ``limit`` values, or more bytes than its share of memory has, it starts anew, so that ever new ones (a scanner, a fuzzer) cost time, not memory. Most often the
/// same is asked for again at once, and comparing is cheaper than hashing: the last one is found without.
public struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline static var limit: Int { 512 }
  @usableFromInline var values: [Key: Value] = [:]
  @usableFromInline var last: (key: Key, value: Value)?
  /// One of some dozen caches.
  @usableFromInline var memory = MemoryBudget.standard.share(of: .verdicts, among: 16)

  @inlinable
  public init() {}

  /// What is remembered for a key.
  @inlinable
  public mutating func value(for key: Key) -> Value? {
    if let last, last.key == key { return last.value }
    guard let value = values[key] else { return nil }
    last = (key, value)
    return value
  }

  /// Keeps a value that takes about so many bytes, with its key; once the cache is full it starts anew.
  @inlinable
  public mutating func remember(_ value: Value, for key: Key, bytes: Int = 512) {
    memory.hold(bytes)
    if values.count >= Self.limit || memory.isExceeded {
      values.removeAll(keepingCapacity: true)
      memory.clear()
      memory.hold(bytes)
    }
    values[key] = value
    last = (key, value)
  }

  /// What is remembered for a key, or else what `make` gives.
  @inlinable
  public mutating func value(for key: Key, bytes: (Value) -> Int = { _ in 512 }, make: () -> Value) -> Value {
    if let value = value(for: key) { return value }
    let value = make()
    remember(value, for: key, bytes: bytes(value))
    return value
  }
}
