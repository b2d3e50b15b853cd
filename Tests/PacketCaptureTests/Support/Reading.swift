import PacketCapture

/// A frame that outlives its source, for comparing.
struct KeptFrame: Equatable {
  var number: Int
  var nanoseconds: Int64
  var linkType: LinkType = .ethernet
  var interface = 0
  var originalLength: Int
  var bytes: [UInt8]
}

/// All frames of a file up to its end or the first error.
func readAll(_ path: String, filter: String? = nil) -> (frames: [KeptFrame], error: CaptureError?) {
  var frames: [KeptFrame] = []
  do throws(CaptureError) {
    var source = try PacketSource(path: path, filter: filter)
    try collect(&source, into: &frames)
  } catch {
    return (frames, error)
  }
  return (frames, nil)
}

func collect(_ source: inout PacketSource, into frames: inout [KeptFrame]) throws(CaptureError) {
  while let frame = try source.next() {
    let bytes = unsafe frame.bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    frames.append(
      KeptFrame(
        number: frame.number, nanoseconds: frame.timestamp.nanoseconds, linkType: frame.linkType,
        interface: frame.interface, originalLength: frame.originalLength, bytes: bytes))
  }
}

/// All frames of a capture given as bytes.
func readAll(_ bytes: [UInt8], filter: String? = nil) -> (frames: [KeptFrame], error: CaptureError?) {
  let file = TemporaryFile(bytes)
  return readAll(file.path, filter: filter)
}
