import NetworkValues
internal import PacketCapture

/// One datagram of which some fragments have arrived.
///
/// IPv4: where fragments overlap, the bytes that came first stay. IPv6: an overlap condemns the whole datagram
/// (RFC 8200 §4.5), unless the fragment only repeats what is there.
struct FragmentedDatagram {
  struct Key: Equatable {
    var source: IPAddress
    var destination: IPAddress
    var identification: UInt32
    var transportProtocol: UInt8
  }

  /// IP cannot say more.
  static let lengthLimit = 65535

  let key: Key
  let started: Timestamp
  /// How many fragments came.
  private(set) var fragments = 0
  /// How many of them contradicted the others and were ignored.
  private(set) var contradictions = 0
  private var bytes: [UInt8] = []
  /// One bit for each block of eight bytes that has arrived.
  private var blocks: [UInt64] = []
  private var blockCount = 0
  /// Known once the last fragment has arrived.
  private var length: Int?
  private var transportProtocol: UInt8 = 0
  private var isCondemned = false

  init(key: Key, started: Timestamp) { (self.key, self.started) = (key, started) }

  /// Bytes held, bookkeeping included.
  var memory: Int { bytes.count &+ blocks.count &* 8 }

  /// The datagram, once all of it has arrived.
  var completed: FragmentTable.Completed? {
    guard let length, !isCondemned, blockCount == (length &+ 7) / 8 else { return nil }
    return FragmentTable.Completed(bytes: Array(bytes.prefix(length)), transportProtocol: transportProtocol)
  }

  mutating func add(_ part: [UInt8], _ fragment: Fragment) {
    fragments &+= 1
    let end = fragment.offset &+ part.count
    // All but the last are multiples of eight, and none is empty or reaches beyond the end.
    guard !isCondemned, !part.isEmpty, end <= Self.lengthLimit, fragment.isLast || part.count % 8 == 0,
      length.map({ fragment.isLast ? end == $0 : end <= $0 }) ?? (!fragment.isLast || end >= bytes.count)
    else {
      contradictions &+= 1
      return
    }
    let range = fragment.offset / 8..<(end &+ 7) / 8
    let known = range.count(where: isPresent)
    if known == range.count { return }
    if known > 0, !key.source.isIPv4 {
      condemn()
      return
    }
    if fragment.isLast { length = end }
    if fragment.offset == 0 || key.source.isIPv4 { transportProtocol = fragment.transportProtocol }
    if bytes.count < end { bytes += [UInt8](repeating: 0, count: end &- bytes.count) }
    let words = (range.upperBound &+ 63) >> 6
    if blocks.count < words { blocks += [UInt64](repeating: 0, count: words &- blocks.count) }
    for block in range where !isPresent(block) {
      let start = block &* 8
      let stop = min(start &+ 8, end)
      bytes.replaceSubrange(start..<stop, with: part[start &- fragment.offset..<stop &- fragment.offset])
      blocks[block >> 6] |= 1 << UInt64(block & 63)
      blockCount &+= 1
    }
  }

  private func isPresent(_ block: Int) -> Bool {
    block >> 6 < blocks.count && blocks[block >> 6] >> UInt64(block & 63) & 1 == 1
  }

  /// Gives the datagram up but keeps its place, so that its later fragments do not start it anew.
  private mutating func condemn() {
    isCondemned = true
    (bytes, blocks, blockCount) = ([], [], 0)
  }
}
