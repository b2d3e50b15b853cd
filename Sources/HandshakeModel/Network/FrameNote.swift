public import NetworkValues

/// A frame and its moment.
public struct FrameNote: Sendable, Hashable {
  /// The frame's number, counted from 1.
  public var frame: Int
  /// The frame's time.
  public var time: Timestamp
  public init(frame: Int, time: Timestamp) { (self.frame, self.time) = (frame, time) }
}
