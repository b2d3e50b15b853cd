public import PacketCapture

/// Peels link, tunnel, network and transport headers from frames; reassembles IP fragments.
public struct FrameDecoder: ~Copyable {
  public init() {}

  /// Decodes one frame and lends each packet that it holds or completes to `receive`.
  public mutating func decode(_ frame: borrowing Frame, _ receive: (borrowing Packet) -> Void) {}
}
