/// What a client or server repeats in hello after hello: everything but what is random, belongs to one session or names
/// the server.
///
/// A capture's thousands of hellos come from a handful of clients and servers. Those that ``HelloCache`` has seen before
/// share one shape, and copying a hello copies a reference.
public final class HelloShape<Fields: Hashable & Sendable>: Sendable {
  let fields: Fields

  init(_ fields: Fields) { self.fields = fields }
}

extension HelloShape: Hashable {
  public static func == (left: HelloShape, right: HelloShape) -> Bool {
    left === right || left.fields == right.fields
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}

/// A shape by identity, since the reader gives equal hellos one shape. Holding it keeps its address from being used again.
public struct HelloShapeIdentity<Fields: Hashable & Sendable>: Hashable, Sendable {
  private let shape: HelloShape<Fields>

  public init(_ shape: HelloShape<Fields>) { self.shape = shape }

  public static func == (left: Self, right: Self) -> Bool { left.shape === right.shape }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(shape)) }
}
