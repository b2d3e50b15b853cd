public import NetworkValues

/// A segment that repeats bytes sent before.
public struct Retransmission: Sendable, Hashable {
  /// The frame of the repetition.
  public var frame: Int
  /// The time of the repetition.
  public var time: Timestamp
  /// Payload bytes.
  public var length: Int
  public init(frame: Int, time: Timestamp, length: Int) {
    (self.frame, self.time, self.length) = (frame, time, length)
  }
}
