/// A window that slides over a stream: makes the next bytes contiguous and lends them.
///
/// The memory is one block, reused. It grows only for a frame that does not fit, up to twice `limit`. The blocks of a file that
/// is shared are lent where they lie; into the memory comes only what begins in one and ends in another. Not a memory map: a
/// file that is truncated while it is mapped would kill the process.
@safe struct ReadBuffer: ~Copyable {
  /// The most bytes that `require` can make contiguous.
  static let limit = 17 << 20
  /// Bytes that are read at once where fewer are wanted.
  private static let readSize = 1 << 18

  var stream: ByteStream
  private let shared: SharedBlocks?
  private var memory: UnsafeMutableRawBufferPointer
  /// What is lent from: the memory, or a shared block.
  private var window: UnsafeRawPointer?
  /// Where the next unread byte stands in the window.
  private(set) var start = 0
  private var end = 0
  /// Stream bytes before the window.
  private var discarded = 0
  /// Unread bytes that were moved so far.
  private(set) var moved = 0

  init(_ stream: consuming ByteStream, shared: SharedBlocks? = nil, capacity: Int = 1 << 18) {
    self.stream = stream
    self.shared = shared
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    unsafe window = UnsafeRawPointer(memory.baseAddress)
  }

  deinit { unsafe memory.deallocate() }

  /// Bytes from the start of the (uncompressed) stream to the next unread one.
  var position: Int { discarded &+ start }
  /// Unread bytes in the window.
  var available: Int { end &- start }
  /// Bytes read from the file so far, compressed where it is.
  var bytesRead: Int { shared == nil ? stream.bytesRead : discarded &+ end }

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

  /// Lends `count` bytes that begin at `from` in the window; none where it does not hold them.
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

  /// Lends the next `count` unread bytes as header fields; none where the window does not hold them.
  @inline(__always)
  @_lifetime(borrow self)
  func fields(_ count: Int, isBigEndian: Bool) -> FieldReader {
    let fields = FieldReader(bytes(from: start, count: count), isBigEndian: isBigEndian)
    return unsafe _overrideLifetime(fields, borrowing: self)
  }

  /// Goes on reading what follows as gzip; the unread bytes are its first.
  mutating func beginGzip() throws(CaptureError) {
    try requireAlone()
    let pending = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end])
    let span = unsafe pending.bytes
    try stream.beginGzip(pending: span)
    forget()
  }

  /// Begins anew with the file's decompressed contents.
  mutating func beginDecompression(_ compression: Compression) throws(CaptureError) {
    try requireAlone()
    try stream.beginDecompression(compression)
    forget()
  }

  /// What is compressed is not shared: each reader would have to decompress all of it.
  private func requireAlone() throws(CaptureError) {
    guard shared == nil else {
      throw CaptureError(.unreadable("it was replaced while it was opened"), path: stream.path)
    }
  }

  private mutating func forget() {
    start = 0
    end = 0
    discarded = 0
  }

  /// The one bounds check: nothing where the window does not hold the bytes.
  @inline(__always)
  private func slice(from: Int, count: Int) -> UnsafeRawBufferPointer {
    guard from >= 0, count >= 0, count <= end &- from, let base = unsafe window else {
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeRawBufferPointer(start: base + from, count: count)
  }

  @inline(never)
  private mutating func refill(_ count: Int) throws(CaptureError) -> Bool {
    guard count <= Self.limit else { return false }
    if let shared { return try gather(count, from: shared) }
    makeRoom(count)
    while available < count {
      let most = unsafe min(memory.count, end &+ max(count &- available, Self.readSize))
      let space = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[end..<most])
      let read = unsafe try stream.read(into: space)
      if read == 0 { return false }
      end &+= read
    }
    return true
  }

  /// Lends the next shared block, or joins the unread bytes, which are in the memory, with what follows them.
  private mutating func gather(_ count: Int, from blocks: SharedBlocks) throws(CaptureError) -> Bool {
    // As much again as there is: what is wanted may grow by a few bytes each time.
    let wanted = min(max(count, available &* 2), Self.limit)
    // A block is given back with the call that fetches the next one.
    if unsafe window != UnsafeRawPointer(memory.baseAddress) { makeRoom(wanted) }
    while available < count {
      if blocks.available == 0, try !blocks.advance() { return false }
      if available == 0, blocks.available >= count {
        let block = unsafe blocks.take(blocks.available)
        discarded &+= start
        unsafe (window, start, end) = (block.baseAddress, 0, block.count)
        return true
      }
      makeRoom(wanted)
      let piece = unsafe blocks.take(wanted &- available)
      if let first = piece.baseAddress {
        unsafe memory.baseAddress?.advanced(by: end).copyMemory(from: first, byteCount: piece.count)
      }
      end &+= piece.count
    }
    return true
  }

  /// Lets the memory be the window and hold `count` bytes from the next unread one on.
  ///
  /// Unread bytes move to its front only where no more are moved than were read since they moved last, or into memory
  /// twice as large as is wanted: a damaged file asks for sixteen megabytes behind each few bytes, and all moving together
  /// must cost no more than the file is long.
  private mutating func makeRoom(_ count: Int) {
    let capacity = unsafe memory.count
    let isInMemory = unsafe window == UnsafeRawPointer(memory.baseAddress)
    if isInMemory, count <= capacity &- start, start == 0 || start < available { return }
    let unread = unsafe slice(from: start, count: available)
    discarded &+= start
    moved &+= unread.count
    if count <= capacity, !isInMemory || unread.count <= start {
      if let first = unread.baseAddress { unsafe memory.baseAddress?.copyMemory(from: first, byteCount: unread.count) }
    } else {
      let wanted = min(max(count &* 2, capacity), 2 * Self.limit)
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(wanted, unread.count), alignment: 16)
      unsafe larger.copyMemory(from: unread)
      unsafe memory.deallocate()
      unsafe memory = larger
    }
    (start, end) = (0, unread.count)
    unsafe window = UnsafeRawPointer(memory.baseAddress)
  }
}
