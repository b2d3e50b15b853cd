/// The bytes of a capture in order, uncompressed: from a file, a pipe or standard input.
struct ByteStream: ~Copyable {
  private let file: FileDescriptor
  private var gzip: GzipDecoder?
  /// Bytes read from the file itself, compressed where it is: comparable with `size`.
  private(set) var bytesRead = 0

  var path: String { file.path }
  var size: Int? { file.size }
  /// Whether the compressed data ended early.
  private(set) var wasCut = false

  init(path: String) throws(CaptureError) {
    file = try FileDescriptor(path: path)
    gzip = nil
  }

  /// Treats what follows as gzip, beginning with bytes that were read already.
  mutating func beginGzip(pending: RawSpan) throws(CaptureError) {
    gzip = try GzipDecoder(path: file.path, pending: pending)
  }

  /// Reads up to the buffer's size, at least a byte; 0 is the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    guard var decoder = gzip.take() else {
      let count = unsafe try file.read(into: buffer)
      bytesRead &+= count
      return count
    }
    let count = unsafe try decoder.read(from: file, counting: &bytesRead, into: buffer)
    wasCut = decoder.wasCut
    gzip = consume decoder
    return count
  }
}
