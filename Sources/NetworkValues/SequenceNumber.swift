/// A TCP sequence number: 32 bits that wrap (RFC 9293 §3.4). Compare by distance, never by size.
public struct SequenceNumber: RawRepresentable, Hashable, Sendable {
  /// The number in the header.
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// How far `left` lies behind `right`, in bytes; negative where it lies before.
  @inlinable
  public static func - (left: Self, right: Self) -> Int {
    Int(Int32(bitPattern: left.rawValue &- right.rawValue))
  }

  /// The number `distance` bytes on, wrapped.
  @inlinable
  public static func + (left: Self, distance: Int) -> Self {
    Self(rawValue: left.rawValue &+ UInt32(truncatingIfNeeded: distance))
  }
}
