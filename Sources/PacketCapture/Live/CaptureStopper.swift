import CPcap
import Glibc

/// Ends a live capture from another thread or a signal handler.
public final class CaptureStopper: Sendable {
  /// An event counter for poll(2), readable once the capture has been asked to stop.
  ///
  /// A signal handler may keep the number and pass it to `stop(_:)`: that is but a `write(2)`, which is safe there.
  public let descriptor: Int32

  public init() throws(CaptureError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0 else { throw CaptureError(.capture(SystemError.text(errno)), path: "eventfd") }
  }

  deinit { close(descriptor) }

  /// Asks the capture to end after the frames that have arrived by now.
  public func stop() { Self.stop(descriptor) }

  /// Does the same given only the descriptor.
  public static func stop(_ descriptor: Int32) {
    var one: UInt64 = 1
    _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
  }
}
