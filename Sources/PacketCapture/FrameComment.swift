/// A comment that a pcapng file holds on one of its frames.
public struct FrameComment: Hashable, Sendable {
  /// The frame's number, from 1.
  public var frame: Int
  /// What somebody wrote beside the frame.
  public var text: String

  public init(frame: Int, text: String) {
    self.frame = frame
    self.text = text
  }
}
