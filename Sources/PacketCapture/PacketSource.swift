public import Bytes

/// Reads the frames of a .pcap or .pcapng file, a pipe or standard input.
///
/// What is compressed with gzip is read through; bzip2, lz4, xz and zstd are too where it is a file and their program is
/// installed.
///
///     var source = try PacketSource(path: "failing.pcapng")
///     while let frame = try source.next() { … }
///
/// A file that ends early or is damaged gives all frames before the damage, then throws; a pcapng also those behind damage
/// that a whole block follows, and throws at its end. After that, and after the last frame, `next()` returns nil. While a frame is held the source's other properties cannot be read.
public struct PacketSource: ~Copyable {
  var buffer: ReadBuffer
  /// Nil for pcapng.
  let pcap: PcapFormat?
  var pcapng: PcapngState
  var skipped = SkippedBytes()
  private var filter: CaptureFilter?
  /// Records need nothing but to be cut out.
  private let isPlain: Bool
  private var hasEnded = false

  /// The file that is read; `-` is standard input.
  public let path: String
  /// Frames seen so far, those that the filter dropped too.
  public private(set) var framesRead = 0
  /// Frames that did not match the filter.
  public private(set) var framesFilteredOut = 0
  /// Comments on frames returned so far; a bounded number.
  public internal(set) var frameComments: [FrameComment] = []

  /// Bytes read from the file so far, compressed where it is.
  public var bytesRead: Int { buffer.bytesRead }
  /// The file's size in bytes when it was opened; nil where it is not a regular file.
  public var fileSize: Int? { buffer.stream.size }
  /// Whether a part of a frame or block has arrived whose rest is missing yet.
  public var holdsPartOfRecord: Bool { buffer.available > 0 }
  /// Whether the file is compressed.
  public var isCompressed: Bool { buffer.stream.isCompressed }
  /// The interfaces that the file has described so far; a frame's `interface` is an index into them.
  public var interfaces: [CaptureInterface] { pcapng.descriptions }
  /// How many TLS key logs the file has brought along so far, for whoever asks after each frame.
  public internal(set) var secretCount = 0
  /// Bytes of key logs, names, descriptions and comments that were not kept, since there was no room.
  public var droppedTextBytes: UInt64 { pcapng.droppedBytes }
  /// Addresses that the file has brought names for so far.
  public var resolvedNames: [ResolvedName] { pcapng.names }
  /// Comments on the whole capture or an interface so far.
  public var comments: [String] { pcapng.comments }
  /// The program that wrote the file, where it says so.
  public var application: String { pcapng.application }

  /// Opens a capture; `-` is standard input.
  public init(path: String) throws(CaptureError) {
    try self.init(path: path, filter: nil)
  }

  /// Opens a capture and returns only frames that match `filter`, in the language of pcap-filter(7).
  public init(path: String, filter: String?) throws(CaptureError) {
    try self.init(path: path, filter: filter, live: nil)
  }

  /// The same, where what is no regular file is read as `live` says. What the file says besides its frames is kept within
  /// `memory`.
  public init(
    path: String, filter: String?, live: LiveInput?, memory: MemoryBudget = .standard
  ) throws(CaptureError) {
    try self.init(path: path, filter: filter, live: live, shared: nil, memory: memory)
  }

  /// Reads what others read too, as one of as many readers as `file` was opened for, with numbers from 0.
  public init(
    _ file: SharedFile, reader: Int, filter: String?, memory: MemoryBudget = .standard
  ) throws(CaptureError) {
    try self.init(
      path: file.path, filter: filter, live: nil, shared: SharedBlocks(file, reader: reader), memory: memory)
  }

  private init(
    path: String, filter: String?, live: LiveInput?, shared: SharedBlocks?, memory: MemoryBudget
  ) throws(CaptureError) {
    var buffer = ReadBuffer(try ByteStream(path: path, live: live), shared: shared)
    var compiled: CaptureFilter?
    if let filter { compiled = try CaptureFilter(filter) }
    let pcap = try Self.recognise(&buffer, path: path)
    buffer.stream.wait.tellsQuiet = true
    if let pcap { try compiled?.prepare(for: pcap.linkType) }
    self.init(path: path, buffer: buffer, pcap: pcap, filter: compiled, memory: memory)
  }

  private init(
    path: String, buffer: consuming ReadBuffer, pcap: PcapFormat?, filter: CaptureFilter?, memory: MemoryBudget
  ) {
    self.path = path
    pcapng = PcapngState(memory: memory)
    self.buffer = buffer
    self.pcap = pcap
    self.filter = filter
    isPlain = filter == nil && pcap?.isUsual == true
    if let pcap {
      pcapng.descriptions = [CaptureInterface(linkType: pcap.linkType, snapLength: pcap.snapLength)]
    }
  }

  /// The TLS key logs that the file has brought along since the last call, each one's text.
  public mutating func takeSecrets() -> [[UInt8]] { pcapng.takeSecrets() }

  /// The next frame, lent until the following call; nil at the end.
  @_lifetime(&self)
  public mutating func next() throws(CaptureError) -> Frame? {
    while let record = try nextRecord() {
      framesRead &+= 1
      if filter != nil, try !matchesFilter(record) {
        framesFilteredOut &+= 1
        while frameComments.last?.frame == framesRead { frameComments.removeLast() }
        continue
      }
      return record.frame(framesRead, buffer.lend(from: record.start, count: record.count))
    }
    return nil
  }

  /// Lends `body` one after another of the frames that the buffer holds whole and that need nothing but to be cut out,
  /// until it wants no more: number, header and bytes, since most have no need of a ``Frame``. What is left then is for
  /// ``next()``.
  ///
  /// Of a .pcap of the usual kind, with nothing to be filtered, that is nearly all; of others none.
  public mutating func lendHeldFrames(while body: (_ number: Int, FrameRecord, RawSpan) -> Bool) {
    guard isPlain, let pcap else { return }
    let headerLength = PcapFormat.usualRecordHeaderLength
    let available = buffer.available
    var used = 0
    var wantsMore = true
    while wantsMore, available &- used >= headerLength {
      let held = buffer.bytes(from: buffer.start, count: available)
      let record = pcap.record(FieldReader(held.extracting(used..<used &+ headerLength), isBigEndian: false))
      let start = used &+ headerLength
      guard record.count <= pcap.frameLimit, record.count <= available &- start else { break }
      used = start &+ record.count
      framesRead &+= 1
      wantsMore = body(framesRead, record, held.extracting(start..<used))
    }
    buffer.consume(used)
  }

  private mutating func matchesFilter(_ record: FrameRecord) throws(CaptureError) -> Bool {
    do throws(CaptureError) {
      let bytes = buffer.bytes(from: record.start, count: record.count)
      return try filter?.matches(bytes, linkType: record.linkType, originalLength: record.originalLength) ?? true
    } catch {
      hasEnded = true
      throw error
    }
  }

  private mutating func nextRecord() throws(CaptureError) -> FrameRecord? {
    if hasEnded { return nil }
    do throws(CaptureError) {
      let record = if let pcap { try nextPcapRecord(pcap) } else { try nextPcapngRecord() }
      if record == nil { hasEnded = true }
      return record
    } catch {
      if error.kind == .quiet { throw error }
      hasEnded = true
      // Who stops a pipe does so in the midst of something.
      if error.kind == .truncated, buffer.stream.wait.isStopped { return nil }
      throw error.behind(frame: framesRead)
    }
  }

  private mutating func nextPcapRecord(_ pcap: PcapFormat) throws(CaptureError) -> FrameRecord? {
    let headerLength = pcap.recordHeaderLength
    guard try buffer.require(headerLength) else {
      try requireCleanEnd()
      return nil
    }
    var record = pcap.record(buffer.fields(headerLength, isBigEndian: pcap.isBigEndian))
    let count = record.count
    guard count <= pcap.frameLimit else {
      throw damage("its header claims \(count) captured bytes, more than the \(pcap.frameLimit) that a frame may have")
    }
    guard try buffer.require(headerLength &+ count) else { throw error(.truncated) }
    record.start = buffer.start &+ headerLength
    buffer.consume(headerLength &+ count)
    return record
  }

  /// The stream has fewer bytes left than a header has: there must be none at all.
  func requireCleanEnd() throws(CaptureError) {
    if buffer.available > 0 || buffer.stream.wasCut { throw error(.truncated) }
  }

  /// An error in the frame or block that begins at the first unread byte.
  func error(_ kind: CaptureError.Kind) -> CaptureError {
    CaptureError(kind, path: path, frame: framesRead &+ 1, offset: buffer.position)
  }

  func damage(_ what: String) -> CaptureError { error(.damaged(what)) }
}
