/// Values by what they follow from: what comes again in a long capture is worked out once.
///
/// Beyond ``limit`` values it starts anew, so that ever new ones (a scanner, a fuzzer) cost time, not memory. Most often the
/// same is asked for again at once, and comparing is cheaper than hashing: the last one is found without.
public struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline static var limit: Int { 512 }
  @usableFromInline var values: [Key: Value] = [:]
  @usableFromInline var last: (key: Key, value: Value)?

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

  /// Keeps a value; once the cache is full it starts anew.
  @inlinable
  public mutating func remember(_ value: Value, for key: Key) {
    if values.count >= Self.limit { values.removeAll(keepingCapacity: true) }
    values[key] = value
    last = (key, value)
  }

  /// What is remembered for a key, or else what `make` gives.
  @inlinable
  public mutating func value(for key: Key, make: () -> Value) -> Value {
    if let value = value(for: key) { return value }
    let value = make()
    remember(value, for: key)
    return value
  }
}
