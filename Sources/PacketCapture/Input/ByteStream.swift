/// The bytes of a capture in order, uncompressed: from a file, a pipe or standard input.
struct ByteStream: ~Copyable {
  private let file: FileDescriptor
  private var gzip: GzipDecoder?
  private var decompressor: Decompressor?
  private var count = 0
  /// Bytes read from the file itself, compressed where it is: comparable with `size`.
  var bytesRead: Int { decompressor == nil ? count : file.position }

  var path: String { file.path }
  var size: Int? { file.size }
  var isCompressed: Bool { gzip != nil || decompressor != nil }
  /// Whether the compressed data ended early.
  private(set) var wasCut = false

  init(path: String) throws(CaptureError) {
    file = try FileDescriptor(path: path)
    gzip = nil
    decompressor = nil
  }

  /// Treats what follows as gzip, beginning with bytes that were read already.
  mutating func beginGzip(pending: RawSpan) throws(CaptureError) {
    gzip = try GzipDecoder(path: file.path, pending: pending)
  }

  /// Treats the file, from its beginning, as compressed in a way that a program has to undo.
  mutating func beginDecompression(_ compression: Compression) throws(CaptureError) {
    decompressor = try Decompressor(compression, file: file)
  }

  /// Reads up to the buffer's size, at least a byte; 0 is the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    if var running = decompressor.take() {
      let read = unsafe try running.read(into: buffer)
      decompressor = consume running
      return read
    }
    guard var decoder = gzip.take() else {
      let read = unsafe try file.read(into: buffer)
      count &+= read
      return read
    }
    let read = unsafe try decoder.read(from: file, counting: &count, into: buffer)
    wasCut = decoder.wasCut
    gzip = consume decoder
    return read
  }
}
