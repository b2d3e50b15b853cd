/// Collects pcapng blocks (draft-ietf-opsawg-pcapng §3), little-endian.
struct BlockBuilder {
  private(set) var bytes: [UInt8] = []

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends a block: its type, its length, what `body` appends, and its length again.
  mutating func block(_ type: UInt32, _ body: (inout BlockBuilder) -> Void) {
    let start = bytes.count
    append(type)
    append(UInt32(0))
    body(&self)
    let length = UInt32(clamping: bytes.count &- start &+ 4)
    append(length)
    for index in 0..<4 { bytes[start &+ 4 &+ index] = UInt8(truncatingIfNeeded: length >> UInt32(index &* 8)) }
  }

  /// How many of the first `count` bytes make up whole blocks.
  func wholeBlocks(within count: Int) -> Int {
    var end = 0
    while end &+ 12 <= min(count, bytes.count) {
      let length = (4..<8).reduce(0) { $0 | Int(bytes[end &+ $1]) << (($1 &- 4) &* 8) }
      guard length >= 12, length <= count &- end else { break }
      end &+= length
    }
    return end
  }

  mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
    unsafe withUnsafeBytes(of: value.littleEndian) { raw in unsafe bytes.append(contentsOf: raw) }
  }

  /// Appends bytes and pads them to 32 bits.
  mutating func append(padded span: RawSpan) {
    unsafe span.withUnsafeBytes { raw in unsafe bytes.append(contentsOf: raw) }
    for _ in 0..<(-span.byteCount & 3) { bytes.append(0) }
  }

  /// Appends an option of bytes; what does not fit into its 16-bit length is cut off.
  mutating func option(_ code: UInt16, _ value: [UInt8]) {
    let count = min(value.count, 0xffff)
    append(code)
    append(UInt16(truncatingIfNeeded: count))
    bytes.append(contentsOf: value.prefix(count))
    for _ in 0..<(-count & 3) { bytes.append(0) }
  }

  /// Appends an option of text, unless it is empty; a text too long is cut between two characters.
  mutating func option(_ code: UInt16, _ text: String) {
    guard !text.isEmpty else { return }
    var value = Array(text.utf8.prefix(0xffff))
    // Bytes 10xxxxxx continue a character: go back to where the cut one begins.
    if text.utf8.count > value.count {
      while let last = value.last, last & 0xc0 == 0x80 { value.removeLast() }
      if value.last.map({ $0 >= 0x80 }) == true { value.removeLast() }
    }
    option(code, value)
  }

  /// Appends an option of a 64-bit number.
  mutating func option(_ code: UInt16, _ value: UInt64) {
    option(code, (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64($0 &* 8)) })
  }

  mutating func endOfOptions() { append(UInt32(0)) }
}
