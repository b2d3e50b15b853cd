/// A value that most of its owners lack, kept in memory of its own, so that those who lack it are small. All of it is
/// inlinable: generic code that another module cannot see into is not specialised there.
@usableFromInline
package struct OutOfLine<Value> {
  /// At most one.
  @usableFromInline
  var storage: [Value] = []

  @inlinable
  package init() {}

  @inlinable
  package var isEmpty: Bool { storage.isEmpty }

  @inlinable
  package var value: Value? {
    get { storage.first }
    set {
      storage.removeAll(keepingCapacity: newValue != nil)
      if let newValue { storage.append(newValue) }
    }
  }

  /// Moves a value to its place.
  @inlinable
  package mutating func put(_ value: consuming Value) {
    storage.removeAll(keepingCapacity: true)
    storage.append(value)
  }

  /// Changes the value in place; nil where there is none.
  @inlinable
  package mutating func change<Result>(_ body: (inout Value) -> Result) -> Result? {
    storage.isEmpty ? nil : body(&storage[0])
  }
}

extension OutOfLine: Sendable where Value: Sendable {}
