public import NetworkValues

/// A frame and its moment.
public struct FrameNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public init(frame: Int, time: Timestamp) { (self.frame, self.time) = (frame, time) }
}
