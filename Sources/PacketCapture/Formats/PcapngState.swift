import Bytes

/// What the blocks of a pcapng file have said so far.
struct PcapngState {
  var isBigEndian = false
  /// The index of the current section's first interface among `interfaces`: each section counts its own from 0.
  var firstInterface = 0
  var interfaces: [PcapngInterface] = []

  var descriptions: [CaptureInterface] = []
  /// Key logs that nobody has taken yet.
  private var secrets: [[UInt8]] = []
  /// Key logs so far.
  private(set) var secretCount = 0
  private var secretMemory: MemoryShare
  /// Names, descriptions and comments.
  private var textMemory: MemoryShare
  var names: [ResolvedName] = []
  var comments: [String] = []
  var hardware = ""
  var operatingSystem = ""
  var application = ""

  init(memory: MemoryBudget) {
    secretMemory = memory.share(of: .secrets)
    textMemory = memory.share(of: .captureText)
  }

  /// Reads a section header's options (§4.1).
  mutating func readSectionHeader(_ block: borrowing FieldReader) {
    firstInterface = interfaces.count
    block.forEachOption(from: 24, to: block.count &- 4) { code, start, count in
      switch code {
      case PcapngFormat.Option.comment: addComment(block.text(at: start, count: count))
      case PcapngFormat.Option.hardware: hardware = block.text(at: start, count: count)
      case PcapngFormat.Option.operatingSystem: operatingSystem = block.text(at: start, count: count)
      case PcapngFormat.Option.application: application = block.text(at: start, count: count)
      default: break
      }
    }
  }

  /// Reads an interface description (§4.2).
  mutating func readInterface(_ block: borrowing FieldReader) {
    let linkType = LinkType(rawValue: UInt32(block.uint16(at: 8)))
    let snapLength = Int(block.uint32(at: 12))
    var interface = PcapngInterface(linkType: linkType, snapLength: snapLength)
    var description = CaptureInterface(linkType: linkType, snapLength: snapLength)
    block.forEachOption(from: 16, to: block.count &- 4) { code, start, count in
      switch code {
      case PcapngFormat.Option.interfaceName: description.name = text(block, start, count)
      case PcapngFormat.Option.interfaceDescription: description.description = text(block, start, count)
      case PcapngFormat.Option.timestampResolution where count >= 1:
        interface.resolution = TimestampResolution(rawValue: block.array(at: start, count: 1).first ?? 6)
      // A byte 0 says that the filter is text, in pcap-filter(7)'s language.
      case PcapngFormat.Option.filter where count > 1 && block.array(at: start, count: 1) == [0]:
        description.filter = text(block, start &+ 1, count &- 1)
      case PcapngFormat.Option.timestampOffset where count >= 8:
        interface.offsetSeconds = Int64(bitPattern: block.uint64(at: start))
      case PcapngFormat.Option.comment: addComment(block.text(at: start, count: count))
      default: break
      }
    }
    interfaces.append(interface)
    descriptions.append(description)
  }

  /// Reads an interface's statistics (§4.6); the counts are totals since the capture began.
  mutating func readStatistics(_ block: borrowing FieldReader) {
    let index = firstInterface &+ Int(block.uint32(at: 8))
    var received: UInt64?
    var dropped: UInt64?
    block.forEachOption(from: 20, to: block.count &- 4) { code, start, count in
      switch code {
      case PcapngFormat.Option.statisticsReceived where count >= 8: received = block.uint64(at: start)
      case PcapngFormat.Option.statisticsDropped where count >= 8,
        PcapngFormat.Option.statisticsDroppedBySystem where count >= 8:
        dropped = (dropped ?? 0) &+ block.uint64(at: start)
      case PcapngFormat.Option.comment: addComment(block.text(at: start, count: count))
      default: break
      }
    }
    guard descriptions.indices.contains(index) else { return }
    descriptions[index].received = received ?? descriptions[index].received
    descriptions[index].dropped = dropped ?? descriptions[index].dropped
  }

  /// Reads a decryption secrets block (§4.7); only TLS key logs are kept.
  mutating func readSecrets(_ block: borrowing FieldReader) {
    let count = Int(block.uint32(at: 12))
    guard block.uint32(at: 8) == PcapngFormat.tlsKeyLog, count <= block.count &- 20 else { return }
    guard secretMemory.take(count &+ PcapngFormat.textOverhead) else { return }
    secretCount &+= 1
    secrets.append(block.array(at: 16, count: count))
  }

  /// The key logs since the last call.
  mutating func takeSecrets() -> [[UInt8]] {
    var taken: [[UInt8]] = []
    swap(&taken, &secrets)
    secretMemory.clear()
    return taken
  }

  /// Reads a name resolution block (§4.5): records of type, length, address and zero-terminated names.
  mutating func readNames(_ block: borrowing FieldReader) {
    var position = 8
    let end = block.count &- 4
    while position &+ 4 <= end, names.count < PcapngFormat.nameLimit {
      let type = block.uint16(at: position)
      let count = Int(block.uint16(at: position &+ 2))
      guard type != 0, count <= end &- position &- 4 else { return }
      let addressLength = type == 1 ? 4 : type == 2 ? 16 : 0
      if addressLength > 0, count > addressLength {
        let address = block.array(at: position &+ 4, count: addressLength)
        let text = block.array(at: position &+ 4 &+ addressLength, count: count &- addressLength)
        let split = text.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard take(split.reduce(0) { $0 &+ $1.utf8.count &+ PcapngFormat.textOverhead }) else { return }
        names.append(ResolvedName(address: address, names: split))
      }
      position &+= 4 &+ (count &+ 3) & ~3
    }
  }

  mutating func addComment(_ text: String) {
    guard comments.count < PcapngFormat.commentLimit, take(text.utf8.count &+ PcapngFormat.textOverhead) else { return }
    comments.append(text)
  }

  /// A text that is kept; empty where too many are.
  private mutating func text(_ block: borrowing FieldReader, _ start: Int, _ count: Int) -> String {
    take(count &+ PcapngFormat.textOverhead) ? block.text(at: start, count: count) : ""
  }

  /// Counts bytes that are kept; false where they are too many.
  private mutating func take(_ bytes: Int) -> Bool { textMemory.take(bytes) }

  /// Bytes that were not kept, since there was no room.
  var droppedBytes: UInt64 { textMemory.dropped &+ secretMemory.dropped }
}
