import NetworkValues
import PacketCapture
import Testing

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
  readAll(path, filter: filter, lending: nil)
}

private func readAll(
  _ path: String, filter: String?, lending stretch: Int?
) -> (frames: [KeptFrame], error: CaptureError?) {
  readAll(lending: stretch) { () throws(CaptureError) in try PacketSource(path: path, filter: filter) }
}

private func readAll(
  lending stretch: Int?, _ open: () throws(CaptureError) -> PacketSource
) -> (frames: [KeptFrame], error: CaptureError?) {
  var frames: [KeptFrame] = []
  do throws(CaptureError) {
    var source = try open()
    if let stretch {
      try collect(&source, lending: stretch, into: &frames)
    } else {
      try collect(&source, into: &frames)
    }
  } catch {
    return (frames, error)
  }
  return (frames, nil)
}

/// All frames as one of a file's readers meets them.
func readAll(
  _ file: SharedFile, reader: Int, filter: String? = nil, lending stretch: Int?
) -> (frames: [KeptFrame], error: CaptureError?) {
  readAll(lending: stretch) { () throws(CaptureError) in try PacketSource(file, reader: reader, filter: filter) }
}

func collect(_ source: inout PacketSource, into frames: inout [KeptFrame]) throws(CaptureError) {
  while let frame = try source.next() { frames.append(KeptFrame(frame)) }
}

/// Takes at most so many lent frames in a row, then asks for one.
private func collect(
  _ source: inout PacketSource, lending stretch: Int, into frames: inout [KeptFrame]
) throws(CaptureError) {
  func takeNext() throws(CaptureError) -> Bool {
    guard let frame = try source.next() else { return false }
    frames.append(KeptFrame(frame))
    return true
  }
  repeat {
    var lent = 0
    source.lendHeldFrames { number, record, bytes in
      frames.append(KeptFrame(record.frame(number, bytes)))
      lent += 1
      return lent < stretch
    }
  } while try takeNext()
}

extension KeptFrame {
  init(_ frame: borrowing Frame) {
    self.init(
      number: frame.number, nanoseconds: frame.timestamp.nanoseconds, linkType: frame.linkType,
      interface: frame.interface, originalLength: frame.originalLength,
      bytes: unsafe frame.bytes.withUnsafeBytes { unsafe [UInt8]($0) })
  }
}

/// All frames of a capture given as bytes; the same whether they are asked for one by one or lent as they are held, and
/// whether the file is read alone or by several.
func readAll(_ bytes: [UInt8], filter: String? = nil) -> (frames: [KeptFrame], error: CaptureError?) {
  let file = TemporaryFile(bytes)
  let oneByOne = readAll(file.path, filter: filter)
  for stretch in [1, 3, Int.max] {
    let lent = readAll(file.path, filter: filter, lending: stretch)
    #expect(lent.frames == oneByOne.frames)
    #expect(lent.error?.description == oneByOne.error?.description)
  }
  guard !bytes.starts(with: [0x1f, 0x8b]), let shared = try? SharedFile(path: file.path, readers: 2) else {
    return oneByOne
  }
  for (reader, stretch) in [nil, 3].enumerated() {
    let read = readAll(shared, reader: reader, filter: filter, lending: stretch)
    #expect(read.frames == oneByOne.frames)
    #expect(read.error?.description == oneByOne.error?.description)
  }
  return oneByOne
}
