/// How many frames an interface saw and how many were lost on the way.
public struct InterfaceStatistics: Hashable, Sendable {
  /// Frames that passed the filter, those dropped by the kernel too.
  public var received: UInt64
  /// Frames lost because the capture's buffer was full.
  public var droppedByKernel: UInt64
  /// Frames that the interface or its driver dropped.
  public var droppedByInterface: UInt64

  public init(received: UInt64 = 0, droppedByKernel: UInt64 = 0, droppedByInterface: UInt64 = 0) {
    self.received = received
    self.droppedByKernel = droppedByKernel
    self.droppedByInterface = droppedByInterface
  }

  /// The sum over two interfaces.
  public static func + (left: Self, right: Self) -> Self {
    Self(
      received: left.received &+ right.received, droppedByKernel: left.droppedByKernel &+ right.droppedByKernel,
      droppedByInterface: left.droppedByInterface &+ right.droppedByInterface)
  }
}
