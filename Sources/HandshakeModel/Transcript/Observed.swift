public import NetworkValues

/// A value and where the capture shows it.
public struct Observed<Value: Sendable>: Sendable {
  public var frame: Int
  public var time: Timestamp
  public var value: Value
  public init(_ value: Value, frame: Int, time: Timestamp) {
    (self.value, self.frame, self.time) = (value, frame, time)
  }
}
