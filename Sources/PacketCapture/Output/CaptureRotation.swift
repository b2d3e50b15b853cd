/// When to begin a new file, and how many to keep.
public struct CaptureRotation: Hashable, Sendable {
  /// Bytes after which a file is full; nil for no limit. A file exceeds it by no more than its last frame.
  public var size: Int?
  /// How much captured time a file holds; nil for no limit.
  public var time: Duration?
  /// How many files to keep, the newest ones; nil for all.
  public var keep: Int?

  public init(size: Int? = nil, time: Duration? = nil, keep: Int? = nil) {
    self.size = size
    self.time = time
    self.keep = keep
  }
}
