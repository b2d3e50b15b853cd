public import NetworkValues

/// One captured frame, lent by its source until the next one is read.
public struct Frame: ~Escapable {
  /// Counted from 1 over the whole file, as Wireshark counts; frames that a filter drops are counted too.
  public let number: Int
  // The two fields that few look at stand apart: side by side they are copied in one go, which has to wait until both
  // have been written.
  /// The index of the interface in its file or capture, from 0.
  public let interface: Int
  /// When it was captured.
  public let timestamp: Timestamp
  /// How the frame begins.
  public let linkType: LinkType
  /// How many bytes the frame had on the wire; more than `bytes` holds where the snap length cut it.
  public let originalLength: Int
  /// The captured bytes, from the first of the link-layer header.
  public let bytes: RawSpan

  @_lifetime(copy bytes)
  @inlinable
  public init(
    number: Int, timestamp: Timestamp, linkType: LinkType, interface: Int = 0, originalLength: Int, bytes: RawSpan
  ) {
    self.number = number
    self.timestamp = timestamp
    self.linkType = linkType
    self.interface = interface
    self.originalLength = originalLength
    self.bytes = bytes
  }
}
