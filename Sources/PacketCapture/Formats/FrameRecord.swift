/// Where in the read buffer a frame stands, and what its header says of it.
struct FrameRecord {
  var timestamp: Timestamp
  var linkType: LinkType
  var interface: Int
  var originalLength: Int
  /// In the buffer's memory; valid until the buffer is filled again.
  var start: Int
  var count: Int

  /// The frame with its bytes.
  @inline(__always)
  @_lifetime(copy bytes)
  func frame(_ number: Int, _ bytes: RawSpan) -> Frame {
    Frame(
      number: number, timestamp: timestamp, linkType: linkType, interface: interface, originalLength: originalLength,
      bytes: bytes)
  }
}
