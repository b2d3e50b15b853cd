public import NetworkValues

/// A segment that repeats bytes sent before.
public struct Retransmission: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  /// Payload bytes.
  public var length: Int
  public init(frame: Int, time: Timestamp, length: Int) {
    (self.frame, self.time, self.length) = (frame, time, length)
  }
}
