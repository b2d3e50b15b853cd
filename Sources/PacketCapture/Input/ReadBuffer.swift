/// A window that slides over a stream: makes the next bytes contiguous and lends them.
///
/// The memory is one block, reused. It grows only for a frame that does not fit, up to `limit`. Not a memory map: a
/// file that is truncated while it is mapped would kill the process.
@safe struct ReadBuffer: ~Copyable {
  /// The most bytes that `require` can make contiguous.
  static let limit = 17 << 20

  var stream: ByteStream
  private var memory: UnsafeMutableRawBufferPointer
  /// Where the next unread byte stands in the memory.
  private(set) var start = 0
  private var end = 0
  /// Stream bytes that have left the memory.
  private var discarded = 0

  init(_ stream: consuming ByteStream, capacity: Int = 1 << 18) {
    self.stream = stream
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// Bytes from the start of the (uncompressed) stream to the next unread one.
  var position: Int { discarded &+ start }
  /// Unread bytes in the memory.
  var available: Int { end &- start }

  /// Makes the next `count` bytes contiguous; false where the stream ends before them.
  @inline(__always)
  mutating func require(_ count: Int) throws(CaptureError) -> Bool {
    if count <= end &- start { return true }
    return try refill(count)
  }

  /// Moves past bytes that `require` has made available; they stay in place until it is called again.
  @inline(__always)
  mutating func consume(_ count: Int) {
    start = min(start &+ max(count, 0), end)
  }

  /// Lends `count` bytes that begin at `from` in the memory; none where the memory does not hold them.
  @inline(__always)
  @_lifetime(borrow self)
  func bytes(from: Int, count: Int) -> RawSpan {
    let span = unsafe RawSpan(_unsafeBytes: slice(from: from, count: count))
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Lends bytes as `bytes` does, and keeps everybody else away from the buffer meanwhile.
  @inline(__always)
  @_lifetime(&self)
  mutating func lend(from: Int, count: Int) -> RawSpan {
    let span = unsafe RawSpan(_unsafeBytes: slice(from: from, count: count))
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  /// Lends the next `count` unread bytes as header fields; none where the memory does not hold them.
  @inline(__always)
  @_lifetime(borrow self)
  func fields(_ count: Int, isBigEndian: Bool) -> FieldReader {
    let fields = FieldReader(bytes(from: start, count: count), isBigEndian: isBigEndian)
    return unsafe _overrideLifetime(fields, borrowing: self)
  }

  /// Goes on reading what follows as gzip; the unread bytes are its first.
  mutating func beginGzip() throws(CaptureError) {
    let pending = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end])
    let span = unsafe pending.bytes
    try stream.beginGzip(pending: span)
    forget()
  }

  /// Begins anew with the file's decompressed contents.
  mutating func beginDecompression(_ compression: Compression) throws(CaptureError) {
    try stream.beginDecompression(compression)
    forget()
  }

  private mutating func forget() {
    start = 0
    end = 0
    discarded = 0
  }

  /// The one bounds check: nothing where the memory does not hold the bytes.
  @inline(__always)
  private func slice(from: Int, count: Int) -> UnsafeRawBufferPointer {
    guard from >= 0, count >= 0, count <= end &- from, let base = unsafe memory.baseAddress else {
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeRawBufferPointer(start: base + from, count: count)
  }

  @inline(never)
  private mutating func refill(_ count: Int) throws(CaptureError) -> Bool {
    guard count <= Self.limit else { return false }
    slide()
    let capacity = unsafe memory.count
    if count > capacity { grow(to: min(max(count, capacity &* 2), Self.limit)) }
    while end < count {
      let space = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[end...])
      let read = unsafe try stream.read(into: space)
      if read == 0 { return false }
      end &+= read
    }
    return true
  }

  /// Moves the unread bytes to the front.
  private mutating func slide() {
    guard start > 0 else { return }
    if end > start, let base = unsafe memory.baseAddress {
      unsafe base.copyMemory(from: base + start, byteCount: end &- start)
    }
    discarded &+= start
    end &-= start
    start = 0
  }

  private mutating func grow(to capacity: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<end]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }
}
