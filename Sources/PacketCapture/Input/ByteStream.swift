/// The bytes of a capture in order, uncompressed: from a file, a pipe or standard input.
struct ByteStream: ~Copyable {
  private let file: FileDescriptor
  private var gzip: GzipDecoder?
  private var decompressor: Decompressor?
  private var count = 0
  /// How it waits where the file is none but a pipe.
  var wait: InputWait
  /// Bytes read from the file itself, compressed where it is: comparable with `size`.
  var bytesRead: Int { count }

  var path: String { file.path }
  var size: Int? { file.size }
  var isCompressed: Bool { gzip != nil || decompressor != nil }
  /// Whether the compressed data ended early.
  private(set) var wasCut = false

  init(path: String, live: LiveInput? = nil) throws(CaptureError) {
    file = try FileDescriptor(path: path)
    wait = InputWait(live)
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
    count = 0
  }

  /// Reads up to the buffer's size, at least a byte; 0 is the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    if var running = decompressor.take() {
      let read = unsafe try running.read(from: file, counting: &count, into: buffer)
      decompressor = consume running
      return read
    }
    guard var decoder = gzip.take() else {
      let read = unsafe try file.read(into: buffer, waiting: &wait)
      count &+= read
      return read
    }
    do throws(CaptureError) {
      let read = unsafe try decoder.read(from: file, waiting: &wait, counting: &count, into: buffer)
      wasCut = decoder.wasCut
      gzip = consume decoder
      return read
    } catch {
      // A pipe that was quiet is read on.
      gzip = consume decoder
      throw error
    }
  }
}
