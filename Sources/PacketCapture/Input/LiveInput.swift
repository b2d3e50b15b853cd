/// How to read what is no regular file: a pipe, a socket or a device, which may bring nothing for long and have no end.
public struct LiveInput: Sendable {
  /// Ends the reading after what has arrived by then.
  public let stopper: CaptureStopper
  /// After so long without a byte ``PacketSource/next()`` throws ``CaptureError/Kind/quiet``, and may be called again; nil
  /// to wait for as long as it takes.
  public let patience: Duration?

  public init(stopper: CaptureStopper, patience: Duration? = nil) {
    (self.stopper, self.patience) = (stopper, patience)
  }
}
