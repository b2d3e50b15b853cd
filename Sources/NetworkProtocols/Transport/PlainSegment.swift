internal import Bytes
public import PacketCapture

/// A segment in a frame of the kind that most are: Ethernet, IPv4 without options or fragments, TCP, captured whole.
///
/// Such a frame is read in one go. Whatever is odd in the least gives nil, and has to be peeled layer by layer.
public struct PlainSegment: Sendable {
  public let source: IPAddress
  public let destination: IPAddress
  public let header: TCPHeader
  let hopLimit: UInt8
  let identification: UInt16
  /// Where in the frame the payload stands.
  let payload: Range<Int>

  /// Reads a frame; what it gives is what ``FrameDecoder`` delivers of that frame.
  @inline(__always)
  public init?(_ frame: borrowing Frame) {
    guard frame.linkType == .ethernet else { return nil }
    var cursor = ByteCursor(frame.bytes)
    do throws(ParseError) {
      try cursor.skip(12)
      // EtherType, then IPv4's version, header length and service.
      guard try cursor.read(UInt32.self) >> 8 == 0x0800_45 else { return nil }
      // Total length, identification, fragmentation, time to live and protocol, 16 bits each but for the last two.
      let middle = try cursor.read(UInt64.self)
      let totalLength = Int(middle >> 48)
      guard middle & 0x3FFF_00FF == 6, totalLength <= frame.bytes.byteCount &- Self.networkOffset else { return nil }
      try cursor.skip(2)
      let addresses = try cursor.read(UInt64.self)
      let portsAndSequence = try cursor.read(UInt64.self)
      let rest = try cursor.read(UInt64.self)
      let headerLength = Int(rest >> 28 & 0xF) &* 4
      let flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: rest >> 16))
      guard headerLength >= 20, Self.networkHeaderLength &+ headerLength <= totalLength else { return nil }
      let isSYN = flags.contains(.syn) && headerLength > 20
      source = IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses >> 32))
      destination = IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses))
      header = TCPHeader(
        sourcePort: UInt16(truncatingIfNeeded: portsAndSequence >> 48),
        destinationPort: UInt16(truncatingIfNeeded: portsAndSequence >> 32),
        sequenceNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: portsAndSequence)),
        acknowledgmentNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: rest >> 32)),
        flags: flags, window: UInt16(truncatingIfNeeded: rest),
        maximumSegmentSize: isSYN ? try Self.maximumSegmentSize(cursor, headerLength) : 0)
      hopLimit = UInt8(truncatingIfNeeded: middle >> 8)
      identification = UInt16(truncatingIfNeeded: middle >> 32)
      let start = Self.networkOffset &+ Self.networkHeaderLength &+ headerLength
      payload = start..<Self.networkOffset &+ totalLength
    } catch {
      return nil
    }
  }

  /// Reads the options of a SYN; the cursor stands before the checksum.
  @inline(never)
  private static func maximumSegmentSize(_ start: ByteCursor, _ headerLength: Int) throws(ParseError) -> UInt16 {
    var cursor = start
    try cursor.skip(4)
    var options = try cursor.slice(headerLength &- 20)
    return TCPHeader.maximumSegmentSize(&options)
  }

  private static let networkOffset = 14
  private static let networkHeaderLength = 20

  /// The key of the segment's flow.
  @inline(__always)
  public var key: ConnectionKey {
    ConnectionKey(
      source: Endpoint(address: source, port: header.sourcePort),
      destination: Endpoint(address: destination, port: header.destinationPort))
  }
}
