import CZlib

/// Inflates a gzip stream, also one of several members (RFC 1952 §2.2).
@safe struct GzipDecoder: ~Copyable {
  // zlib keeps the address of its stream: it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private let path: String
  private var isAtEnd = false
  private var hasFinishedAMember = false
  /// What stopped the decoder behind bytes that it had decoded: told when they have been read.
  private var failure: CaptureError?
  /// Whether the compressed file ended inside a member.
  private(set) var wasCut = false

  /// Begins with the bytes that were read already to recognise the format.
  init(path: String, pending: RawSpan) throws(CaptureError) {
    self.path = path
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe input = .allocate(byteCount: max(1 << 16, pending.byteCount), alignment: 16)
    unsafe pending.withUnsafeBytes { bytes in unsafe input.copyMemory(from: bytes) }
    unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = UInt32(truncatingIfNeeded: pending.byteCount)
    // 15 is the largest window, 16 asks for a gzip header.
    guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw CaptureError(.unreadable("zlib cannot be initialised"), path: path)
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
    unsafe input.deallocate()
  }

  /// Inflates up to the buffer's size; 0 where the compressed file ends, be it early or not.
  mutating func read(
    from file: borrowing FileDescriptor, waiting wait: inout InputWait, counting bytesRead: inout Int,
    into output: UnsafeMutableRawBufferPointer
  ) throws(CaptureError) -> Int {
    if let failure { throw failure }
    let capacity = UInt32(clamping: output.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = capacity
    while !isAtEnd, unsafe stream.pointee.avail_out == capacity {
      if unsafe stream.pointee.avail_in == 0 {
        let count = unsafe try file.read(into: input, waiting: &wait)
        guard count > 0 else {
          isAtEnd = true
          wasCut = unsafe !hasFinishedAMember || stream.pointee.total_in > 0
          break
        }
        bytesRead &+= count
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = UInt32(truncatingIfNeeded: count)
      }
      do throws(CaptureError) {
        try inflateMore()
      } catch {
        guard unsafe stream.pointee.avail_out < capacity else { throw error }
        failure = error
      }
    }
    return unsafe Int(capacity &- stream.pointee.avail_out)
  }

  private mutating func inflateMore() throws(CaptureError) {
    switch unsafe inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      hasFinishedAMember = true
      unsafe inflateReset(stream)
    default:
      // Zeroes or other matter behind the last member are not gzip's: gunzip ignores them too.
      if unsafe stream.pointee.total_in <= 10, unsafe stream.pointee.total_out == 0, hasFinishedAMember {
        isAtEnd = true
        break
      }
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "unknown error"
      throw CaptureError(.badCompression("gzip: \(reason)"), path: path)
    }
  }
}
