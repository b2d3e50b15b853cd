extension PacketSource {
  /// Recognises the format from the first bytes and reads a .pcap's header; nil for pcapng.
  static func recognise(_ buffer: inout ReadBuffer, path: String) throws(CaptureError) -> PcapFormat? {
    guard try buffer.require(4) else {
      if buffer.available == 0 || buffer.stream.wait.isStopped { throw CaptureError(.empty, path: path) }
      throw CaptureError(.notACapture(describeUnknownFile(buffer)), path: path)
    }
    let wrapping = try unwrap(&buffer)
    if wrapping != nil, try !buffer.require(4) {
      let isEmpty = buffer.available == 0 && !buffer.stream.wasCut || buffer.stream.wait.isStopped
      throw CaptureError(isEmpty ? .empty : .truncated, path: path)
    }
    if leadingBytes(of: buffer, 4) == [0x0a, 0x0d, 0x0d, 0x0a] {
      guard try buffer.require(12) else {
        throw CaptureError(buffer.stream.wait.isStopped ? .empty : .truncated, path: path, offset: 0)
      }
      let magic = buffer.fields(12, isBigEndian: false).uint32(at: 8)
      if magic == PcapngFormat.byteOrderMagic || magic.byteSwapped == PcapngFormat.byteOrderMagic { return nil }
      throw CaptureError(.damaged("a section header without the byte-order magic"), path: path, offset: 0)
    }
    let hasHeader = try buffer.require(PcapFormat.headerLength)
    let headerLength = min(buffer.available, PcapFormat.headerLength)
    guard let format = PcapFormat(buffer.bytes(from: buffer.start, count: headerLength)) else {
      throw CaptureError(.notACapture((wrapping ?? "") + describeUnknownFile(buffer)), path: path)
    }
    guard hasHeader else { throw CaptureError(buffer.stream.wait.isStopped ? .empty : .truncated, path: path) }
    buffer.consume(PcapFormat.headerLength)
    return format
  }

  /// Begins to decompress what is compressed; "gzip of " and its like where it is.
  private static func unwrap(_ buffer: inout ReadBuffer) throws(CaptureError) -> String? {
    let head = leadingBytes(of: buffer, 4)
    if head.starts(with: [0x1f, 0x8b]) {
      try buffer.beginGzip()
      return "gzip of "
    }
    for compression in Compression.allCases where head.starts(with: compression.signature) {
      try buffer.beginDecompression(compression)
      return "\(compression.program) of "
    }
    return nil
  }

  private static func describeUnknownFile(_ buffer: borrowing ReadBuffer) -> String {
    FileGuess.describe(leadingBytes(of: buffer, 512))
  }

  private static func leadingBytes(of buffer: borrowing ReadBuffer, _ count: Int) -> [UInt8] {
    let count = min(count, buffer.available)
    return buffer.fields(count, isBigEndian: true).array(at: 0, count: count)
  }
}
