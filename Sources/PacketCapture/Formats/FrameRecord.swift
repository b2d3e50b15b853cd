public import NetworkValues

/// What a capture file's header of a frame says of it: all of a ``Frame`` but its number and bytes.
public struct FrameRecord: Sendable {
  /// When it was captured.
  public let timestamp: Timestamp
  /// How the frame begins.
  public let linkType: LinkType
  /// The interface's number in the file, from 0.
  public let interface: Int
  /// Bytes that the frame had on the wire.
  public let originalLength: Int
  /// Where in the read buffer the frame stands; valid until the buffer is filled again.
  var start: Int
  let count: Int

  init(timestamp: Timestamp, linkType: LinkType, interface: Int, originalLength: Int, start: Int, count: Int) {
    self.timestamp = timestamp
    self.linkType = linkType
    self.interface = interface
    self.originalLength = originalLength
    self.start = start
    self.count = count
  }

  /// The frame with its bytes.
  @inline(__always)
  @_lifetime(copy bytes)
  public func frame(_ number: Int, _ bytes: RawSpan) -> Frame {
    Frame(
      number: number, timestamp: timestamp, linkType: linkType, interface: interface, originalLength: originalLength,
      bytes: bytes)
  }
}
