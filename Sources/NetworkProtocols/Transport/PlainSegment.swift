public import Bytes
public import NetworkValues
public import PacketCapture

/// A segment in a frame of the kind that most are: Ethernet, IPv4 without options or fragments, TCP, captured whole.
///
/// Such a frame is read in one go. Whatever is odd in the least gives nil, and has to be peeled layer by layer.
public struct PlainSegment: Sendable {
  // As the frame has them: most segments are another reader's, who is told by the flow alone.
  /// IPv4's identification, fragmentation, time to live and protocol, behind its total length.
  @usableFromInline let middle: UInt64
  /// Source, then destination.
  @usableFromInline let addresses: UInt64
  /// Source and destination port, sequence number.
  @usableFromInline let portsAndSequence: UInt64
  /// Acknowledgment number, offset and flags, window.
  @usableFromInline let rest: UInt64
  /// Where in the frame the payload stands.
  @usableFromInline let payload: Range<Int>

  /// Reads a frame; what it gives is what ``FrameDecoder`` delivers of that frame.
  @inlinable
  @inline(__always)
  public init?(_ frame: borrowing Frame) { self.init(frame.bytes, frame.linkType) }

  /// Reads the bytes of a frame.
  @inlinable
  @inline(__always)
  public init?(_ frame: RawSpan, _ linkType: LinkType) {
    guard linkType == .ethernet else { return nil }
    let cursor = ByteCursor(frame)
    guard cursor.remaining >= Self.transportOffset &+ 20,
      // EtherType, then IPv4's version, header length and service.
      let type = cursor.peek(UInt32.self, at: 12), type >> 8 == 0x0800_45,
      let middle = cursor.peek(UInt64.self, at: 16), middle & 0x3FFF_00FF == 6,
      let addresses = cursor.peek(UInt64.self, at: 26),
      let portsAndSequence = cursor.peek(UInt64.self, at: Self.transportOffset),
      let rest = cursor.peek(UInt64.self, at: Self.transportOffset &+ 8)
    else { return nil }
    let end = Self.networkOffset &+ Int(middle >> 48)
    let headerLength = Int(rest >> 28 & 0xF) &* 4
    let start = Self.transportOffset &+ headerLength
    guard end <= cursor.remaining, headerLength >= 20, start <= end else { return nil }
    (self.middle, self.addresses, self.portsAndSequence, self.rest) = (middle, addresses, portsAndSequence, rest)
    payload = start..<end
  }

  /// The end that sent the segment.
  @inlinable public var source: Endpoint {
    Endpoint(
      address: IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses >> 32)),
      port: UInt16(truncatingIfNeeded: portsAndSequence >> 48))
  }
  /// The end that it was sent to.
  @inlinable public var destination: Endpoint {
    Endpoint(
      address: IPAddress(ipv4: UInt32(truncatingIfNeeded: addresses)),
      port: UInt16(truncatingIfNeeded: portsAndSequence >> 32))
  }

  /// The header's flags.
  @inlinable
  @inline(__always)
  public var flags: TCPFlags { TCPFlags(rawValue: UInt8(truncatingIfNeeded: rest >> 16)) }

  /// The segment's header; `frame` must be the bytes that it was read from.
  @inlinable
  @inline(__always)
  public func header(in frame: RawSpan) -> TCPHeader {
    var header = TCPHeader(
      sourcePort: source.port, destinationPort: destination.port,
      sequenceNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: portsAndSequence)),
      acknowledgmentNumber: SequenceNumber(rawValue: UInt32(truncatingIfNeeded: rest >> 32)),
      flags: flags, window: UInt16(truncatingIfNeeded: rest))
    if flags.contains(.syn) { Self.readOptions(ByteCursor(frame), upTo: payload.lowerBound, into: &header) }
    return header
  }

  /// Reads the options of a SYN, which end before `end`.
  @usableFromInline
  static func readOptions(_ frame: ByteCursor, upTo end: Int, into header: inout TCPHeader) {
    var options = frame
    do throws(ParseError) {
      try options.skip(transportOffset &+ 20)
      options = try options.slice(end &- transportOffset &- 20)
      header.readOptions(&options)
    } catch {}
  }

  @usableFromInline static var networkOffset: Int { 14 }
  @usableFromInline static var transportOffset: Int { 34 }

  /// The segment as the packet that its frame carries, with its header; `frame` must be the bytes that it was read from.
  @_lifetime(copy frame)
  @inlinable
  @inline(__always)
  public func packet(of frame: RawSpan, _ number: Int, _ timestamp: Timestamp, _ header: TCPHeader) -> Packet {
    Packet(
      frame: number, timestamp: timestamp, source: source.address, destination: destination.address,
      hopLimit: UInt8(truncatingIfNeeded: middle >> 8), identification: UInt16(truncatingIfNeeded: middle >> 32),
      transport: .tcp(header), payload: frame.extracting(payload), payloadLength: payload.count)
  }

  /// The key of the segment's flow.
  @inlinable
  @inline(__always)
  public var key: ConnectionKey { ConnectionKey(source: source, destination: destination) }

  /// Which of `count` shards the segment's flow falls into, as its key has it.
  @inlinable
  @inline(__always)
  public func shard(of count: Int) -> Int { ConnectionKey.shard(of: count, source, destination) }
}
