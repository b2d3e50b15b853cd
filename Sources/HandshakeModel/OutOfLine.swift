/// A value that most of its owners lack, kept in memory of its own, so that those who lack it are small.
package struct OutOfLine<Value> {
  /// At most one.
  private var storage: [Value] = []

  package init() {}

  package var isEmpty: Bool { storage.isEmpty }

  package var value: Value? {
    get { storage.first }
    set {
      storage.removeAll(keepingCapacity: newValue != nil)
      if let newValue { storage.append(newValue) }
    }
  }

  /// Moves a value to its place.
  package mutating func put(_ value: consuming Value) {
    storage.removeAll(keepingCapacity: true)
    storage.append(value)
  }

  /// Changes the value in place; nil where there is none.
  package mutating func change<Result>(_ body: (inout Value) -> Result) -> Result? {
    storage.isEmpty ? nil : body(&storage[0])
  }
}

extension OutOfLine: Sendable where Value: Sendable {}
