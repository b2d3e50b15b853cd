/// Segments that are not believed: how many, and the first of them.
public struct UnbelievedSegments: Sendable, Hashable {
  /// All of them, kept or not.
  public private(set) var count = 0
  /// At most ``limit``.
  public private(set) var first: [FrameNote] = []

  /// Frames that are kept.
  public static let limit = 8

  public init() {}

  /// Counts one more.
  public mutating func add(_ note: FrameNote) {
    count += 1
    if first.count < Self.limit { first.append(note) }
  }

  /// Takes back the one in `frame`: it opened a connection of its own.
  package mutating func remove(frame: Int) {
    count -= 1
    first.removeAll { $0.frame == frame }
  }
}
