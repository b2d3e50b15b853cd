/// Counts the bytes that one keeper holds against its part of a ``MemoryBudget``.
///
/// A keeper either asks before it keeps something (``take(_:)``), or keeps it and lets go of what tells least for as long
/// as the share ``isExceeded``.
public struct MemoryShare: Sendable, Hashable {
  /// The most that may be held, in bytes.
  public var limit: Int
  /// Bytes held now.
  public private(set) var held = 0
  /// Bytes that found no room, or were let go to make some.
  public private(set) var dropped: UInt64 = 0

  /// A share of so many bytes, of which none is used.
  public init(limit: Int) { self.limit = limit }

  /// More is held than may be.
  public var isExceeded: Bool { held > limit }

  /// Counts bytes that are kept; false, and nothing is counted, where there is no room for them.
  public mutating func take(_ bytes: Int) -> Bool {
    guard bytes <= limit &- held else {
      dropped &+= UInt64(max(0, bytes))
      return false
    }
    held &+= bytes
    return true
  }

  /// Counts bytes that are kept whether there is room or not; negative where fewer are kept than before.
  public mutating func hold(_ bytes: Int) { held &+= bytes }

  /// Bytes that were held are let go in good order.
  public mutating func release(_ bytes: Int) { held &-= bytes }

  /// Bytes that were held are let go for want of room.
  public mutating func drop(_ bytes: Int) {
    held &-= bytes
    dropped &+= UInt64(max(0, bytes))
  }

  /// All that was held is let go, to begin anew; nothing depends on it.
  public mutating func clear() { held = 0 }
}
