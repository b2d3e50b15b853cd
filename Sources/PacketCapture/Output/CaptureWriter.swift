import Glibc
import NetworkValues

/// Writes a pcapng file: frames with nanosecond times, comments, TLS secrets and capture statistics.
///
///     var writer = try CaptureWriter(path: "failing.pcapng", comments: ["curl https://example.org"])
///     try writer.write(frame)
///     try writer.finish()
///
/// Output is buffered: what `flush()` or `finish()` has not written yet is lost if the process is killed. Writing to a
/// closed pipe is an error like any other only where the process ignores SIGPIPE.
public struct CaptureWriter: ~Copyable {
  private static let bufferSize = 1 << 18

  private let file: OutputFile
  private var pending = BlockBuilder()
  private var interfaces: [CaptureInterface] = []
  private var flushedBytes = 0
  private var isFinished = false

  /// Where it is written.
  public var path: String { file.path }
  /// Bytes of the capture so far, those not flushed yet too.
  public var bytesWritten: Int { flushedBytes &+ pending.bytes.count }
  /// Frames written so far.
  public private(set) var framesWritten = 0

  /// Creates or empties the file, for its owner's eyes only; `-` is standard output.
  ///
  /// - Parameters:
  ///   - comments: what the capture is; shown by capinfos and Wireshark.
  ///   - application: the program that captures, with its version.
  ///   - owner: with whose rights the file is opened, and who owns a new one, where the process runs as root for
  ///     somebody else.
  ///   - contents: packets, or what else decides who may read the file.
  public init(
    path: String, comments: [String] = [], application: String = "tlswhy", owner: UserIdentity? = nil,
    contents: OutputContents = .packets
  ) throws(CaptureError) {
    self.init(try OutputFile(path: path, for: contents, owner: owner), comments, application)
  }

  /// Writes to a file that ``OutputPath`` opened before, and closes it in the end.
  public init(descriptor: Int32, path: String, comments: [String] = [], application: String = "tlswhy") {
    self.init(OutputFile(descriptor: descriptor, path: path), comments, application)
  }

  private init(_ file: consuming OutputFile, _ comments: [String], _ application: String) {
    self.file = file
    pending.reserve(Self.bufferSize &+ (1 << 16))
    let (system, hardware) = Self.host()
    pending.block(PcapngFormat.Block.sectionHeader) { block in
      block.append(PcapngFormat.byteOrderMagic)
      block.append(UInt16(1))
      block.append(UInt16(0))
      // The section's length is not known in advance.
      block.append(UInt64.max)
      for comment in comments { block.option(PcapngFormat.Option.comment, comment) }
      block.option(PcapngFormat.Option.hardware, hardware)
      block.option(PcapngFormat.Option.operatingSystem, system)
      block.option(PcapngFormat.Option.application, application)
      block.endOfOptions()
    }
  }

  deinit {
    var written = 0
    if !isFinished { try? file.write(pending.bytes, written: &written) }
  }

  /// Describes an interface; its index is what frames refer to.
  @discardableResult
  public mutating func addInterface(_ interface: CaptureInterface) throws(CaptureError) -> Int {
    interfaces.append(interface)
    pending.block(PcapngFormat.Block.interfaceDescription) { block in
      block.append(UInt16(truncatingIfNeeded: interface.linkType.rawValue))
      block.append(UInt16(0))
      block.append(UInt32(clamping: interface.snapLength))
      block.option(PcapngFormat.Option.interfaceName, interface.name)
      block.option(PcapngFormat.Option.interfaceDescription, interface.description)
      block.option(PcapngFormat.Option.timestampResolution, [9])
      if !interface.filter.isEmpty { block.option(PcapngFormat.Option.filter, [0] + Array(interface.filter.utf8)) }
      block.endOfOptions()
    }
    try flushIfFull()
    return interfaces.count &- 1
  }

  /// Writes a frame; one of an interface that was not described yet, or of another link type, describes it first.
  ///
  /// - Parameter interface: the interface's index in this file; the frame's own where nil.
  public mutating func write(
    _ frame: borrowing Frame, interface: Int? = nil, comment: String = ""
  ) throws(CaptureError) {
    try write(frame, interface: interface, comments: comment.isEmpty ? [] : [comment])
  }

  /// The same with any number of comments.
  public mutating func write(
    _ frame: borrowing Frame, interface: Int? = nil, comments: [String]
  ) throws(CaptureError) {
    let index = try interfaceIndex(interface ?? frame.interface, linkType: frame.linkType)
    let time = UInt64(bitPattern: frame.timestamp.nanoseconds)
    let count = UInt32(clamping: frame.bytes.byteCount)
    let originalLength = UInt32(clamping: frame.originalLength)
    let bytes = frame.bytes
    pending.block(PcapngFormat.Block.enhancedPacket) { block in
      block.append(UInt32(clamping: index))
      block.append(UInt32(truncatingIfNeeded: time >> 32))
      block.append(UInt32(truncatingIfNeeded: time))
      block.append(count)
      block.append(originalLength)
      block.append(padded: bytes)
      guard !comments.isEmpty else { return }
      for comment in comments { block.option(PcapngFormat.Option.comment, comment) }
      block.endOfOptions()
    }
    framesWritten &+= 1
    try flushIfFull()
  }

  /// Embeds the text of a TLS key log. Readers apply it to the frames behind it: write it before those.
  public mutating func write(secrets: [UInt8]) throws(CaptureError) {
    pending.block(PcapngFormat.Block.decryptionSecrets) { block in
      block.append(PcapngFormat.tlsKeyLog)
      block.append(UInt32(clamping: secrets.count))
      block.append(padded: unsafe secrets.span.bytes)
    }
    try flushIfFull()
  }

  /// Hands everything to the system.
  public mutating func flush() throws(CaptureError) {
    guard !pending.bytes.isEmpty else { return }
    let count = pending.bytes.count
    // What could not be written once is not tried again: the file would repeat itself.
    defer { pending.removeAll() }
    var written = 0
    do throws(CaptureError) {
      try file.write(pending.bytes, written: &written)
    } catch {
      // A full disk took a part: readers shall find whole blocks only.
      file.cut(to: flushedBytes &+ pending.wholeBlocks(within: written))
      throw error
    }
    flushedBytes &+= count
  }

  /// Ends the file: statistics of each interface, in their order, and comments on the whole capture.
  public mutating func finish(
    statistics: [InterfaceStatistics] = [], comments: [String] = []
  ) throws(CaptureError) {
    guard !isFinished else { return }
    isFinished = true
    // Comments need a block to stand in, and that block an interface.
    if !comments.isEmpty && interfaces.isEmpty { try addInterface(CaptureInterface(linkType: .ethernet)) }
    let now = UInt64(bitPattern: Timestamp.now.nanoseconds)
    for index in interfaces.indices {
      let own = index < statistics.count ? statistics[index] : nil
      if own != nil || index == 0 && !comments.isEmpty {
        writeStatistics(index, own, now: now, comments: index == 0 ? comments : [])
      }
    }
    try flush()
  }

  private mutating func writeStatistics(
    _ index: Int, _ statistics: InterfaceStatistics?, now: UInt64, comments: [String]
  ) {
    pending.block(PcapngFormat.Block.interfaceStatistics) { block in
      block.append(UInt32(clamping: index))
      block.append(UInt32(truncatingIfNeeded: now >> 32))
      block.append(UInt32(truncatingIfNeeded: now))
      for comment in comments { block.option(PcapngFormat.Option.comment, comment) }
      if let statistics {
        block.option(PcapngFormat.Option.statisticsReceived, statistics.received)
        block.option(PcapngFormat.Option.statisticsDropped, statistics.droppedByInterface)
        block.option(PcapngFormat.Option.statisticsDroppedBySystem, statistics.droppedByKernel)
      }
      block.endOfOptions()
    }
  }

  private mutating func interfaceIndex(_ index: Int, linkType: LinkType) throws(CaptureError) -> Int {
    if interfaces.indices.contains(index), interfaces[index].linkType == linkType { return index }
    if let other = interfaces.firstIndex(where: { $0.linkType == linkType }) { return other }
    return try addInterface(CaptureInterface(linkType: linkType))
  }

  private mutating func flushIfFull() throws(CaptureError) {
    if pending.bytes.count >= Self.bufferSize { try flush() }
  }

  private static func host() -> (system: String, hardware: String) {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return ("", "") }
    let system = text(name.sysname) + " " + text(name.release)
    return (system, text(name.machine))
  }

  /// The text in one of C's fixed arrays of characters.
  private static func text<Characters>(_ characters: Characters) -> String {
    unsafe withUnsafeBytes(of: characters) { raw in
      unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
