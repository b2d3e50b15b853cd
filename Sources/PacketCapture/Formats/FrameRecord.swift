/// Where in the read buffer a frame stands, and what its header says of it.
struct FrameRecord {
  var timestamp: Timestamp
  var linkType: LinkType
  var interface: Int
  var originalLength: Int
  /// In the buffer's memory; valid until the buffer is filled again.
  var start: Int
  var count: Int
}
