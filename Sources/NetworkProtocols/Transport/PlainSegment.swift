public import Bytes
public import PacketCapture

/// A segment in a frame of the kind that most are: Ethernet, IPv4 without options or fragments, TCP, captured whole.
///
/// Such a frame is read in one go. Whatever is odd in the least gives nil, and has to be peeled layer by layer.
public struct PlainSegment: Sendable {
  public let source: IPAddress
  public let destination: IPAddress
  public let header: TCPHeader
  @usableFromInline let hopLimit: UInt8
  @usableFromInline let identification: UInt16
  /// Where in the frame the payload stands.
  @usableFromInline let payload: Range<Int>

  /// Reads a frame; what it gives is what ``FrameDecoder`` delivers of that frame.
  @inlinable
  @inline(__always)
  public init?(_ frame: borrowing Frame) {
    guard frame.linkType == .ethernet else { return nil }
    let cursor = ByteCursor(frame.bytes)
    guard cursor.remaining >= Self.transportOffset &+ 20,
      // EtherType, then IPv4's version, header length and service.
      let type = cursor.peek(UInt32.self, at: 12), type >> 8 == 0x0800_45,
      // Total length, identification, fragmentation, time to live and protocol, 16 bits each but for the last two.
      let middle = cursor.peek(UInt64.self, at: 16), middle & 0x3FFF_00FF == 6,
      let addresses = cursor.peek(UInt64.self, at: 26),
      let portsAndSequence = cursor.peek(UInt64.self, at: Self.transportOffset),
      let rest = cursor.peek(UInt64.self, at: Self.transportOffset &+ 8)
    else { return nil }
    let end = Self.networkOffset &+ Int(middle >> 48)
    let headerLength = Int(rest >> 28 & 0xF) &* 4
    let start = Self.transportOffset &+ headerLength
    let flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: rest >> 16))
    guard end <= cursor.remaining, headerLength >= 20, start <= end else { return nil }
    source = IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses >> 32))
    destination = IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses))
    header = TCPHeader(
      sourcePort: UInt16(truncatingIfNeeded: portsAndSequence >> 48),
      destinationPort: UInt16(truncatingIfNeeded: portsAndSequence >> 32),
      sequenceNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: portsAndSequence)),
      acknowledgmentNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: rest >> 32)),
      flags: flags, window: UInt16(truncatingIfNeeded: rest),
      maximumSegmentSize: flags.contains(.syn) ? Self.maximumSegmentSize(cursor, upTo: start) : 0)
    hopLimit = UInt8(truncatingIfNeeded: middle >> 8)
    identification = UInt16(truncatingIfNeeded: middle >> 32)
    payload = start..<end
  }

  /// Reads the options of a SYN, which end before `end`.
  @usableFromInline
  static func maximumSegmentSize(_ frame: ByteCursor, upTo end: Int) -> UInt16 {
    var options = frame
    do throws(ParseError) {
      try options.skip(transportOffset &+ 20)
      options = try options.slice(end &- transportOffset &- 20)
      return TCPHeader.maximumSegmentSize(&options)
    } catch {
      return 0
    }
  }

  @usableFromInline static var networkOffset: Int { 14 }
  @usableFromInline static var transportOffset: Int { 34 }

  /// The segment as the packet that its frame carries.
  @_lifetime(copy frame)
  @inlinable
  @inline(__always)
  public func packet(of frame: borrowing Frame) -> Packet {
    Packet(
      frame: frame.number, timestamp: frame.timestamp, source: source, destination: destination, hopLimit: hopLimit,
      identification: identification, transport: .tcp(header), payload: frame.bytes.extracting(payload),
      payloadLength: payload.count)
  }

  /// The key of the segment's flow.
  @inlinable
  @inline(__always)
  public var key: ConnectionKey {
    ConnectionKey(
      source: Endpoint(address: source, port: header.sourcePort),
      destination: Endpoint(address: destination, port: header.destinationPort))
  }
}
