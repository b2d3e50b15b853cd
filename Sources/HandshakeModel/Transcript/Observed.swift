public import NetworkValues

/// A value and where the capture shows it.
public struct Observed<Value: Sendable>: Sendable {
  /// The frame in which the last byte came.
  public var frame: Int
  /// That frame's time.
  public var time: Timestamp
  /// What was seen.
  public var value: Value
  public init(_ value: Value, frame: Int, time: Timestamp) {
    (self.value, self.frame, self.time) = (value, frame, time)
  }
}
