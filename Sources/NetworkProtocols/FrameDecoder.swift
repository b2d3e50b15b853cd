internal import Bytes
public import PacketCapture

/// Peels link, tunnel, network and transport headers from frames; reassembles IP fragments.
///
/// A packet inside a tunnel is delivered as its innermost IP packet, once, as Wireshark's innermost dissection has it.
/// What cannot be decoded is counted by name in ``statistics``, never an error.
public struct FrameDecoder: ~Copyable {
  /// What became of the frames decoded so far.
  public internal(set) var statistics = DecodeStatistics()
  var fragments = FragmentTable()

  /// Headers peeled from one frame before it is given up: real stacks of tunnels stay below 40.
  public static let layerLimit = 64

  public init() {}

  /// Decodes one frame and lends each packet that it holds or completes to `receive`.
  public mutating func decode(_ frame: borrowing Frame, _ receive: (borrowing Packet) -> Void) {
    if let segment = PlainSegment(frame) { return deliver(segment, of: frame, receive) }
    statistics.frames &+= 1
    let cursor = ByteCursor(frame.bytes)
    var walk = DecodingState(
      frame: frame.number, timestamp: frame.timestamp, captureEnd: frame.bytes.byteCount,
      wireEnd: max(frame.originalLength, frame.bytes.byteCount))
    peel(cursor, from: Layer(frame.linkType), &walk, receive)
    if walk.isDecoded { statistics.decodedFrames &+= 1 }
  }

  private mutating func deliver(
    _ segment: PlainSegment, of frame: borrowing Frame, _ receive: (borrowing Packet) -> Void
  ) {
    statistics.frames &+= 1
    statistics.decodedFrames &+= 1
    statistics.packets &+= 1
    receive(segment.packet(of: frame.bytes, frame.number, frame.timestamp, segment.header(in: frame.bytes)))
  }

  /// Peels layer after layer until a packet is delivered or nothing more can be read.
  mutating func peel(
    _ start: ByteCursor, from first: Layer, _ walk: inout DecodingState, _ receive: (borrowing Packet) -> Void
  ) {
    var cursor = start
    do throws(ParseError) {
      var layer = first
      while let next = try step(layer, &cursor, &walk, receive) {
        walk.layers &+= 1
        guard walk.layers < Self.layerLimit else {
          statistics.tooDeepFrames &+= 1
          return
        }
        layer = next
      }
    } catch {
      // A header that ends where the capture ends was cut by the snap length; any other is the sender's fault.
      if case .truncated = error.reason, walk.wireEnd > walk.captureEnd {
        statistics.truncatedPackets &+= 1
      } else {
        statistics.malformedPackets &+= 1
      }
    }
  }

  /// Reads one layer's header and says which layer follows; nil at the end.
  private mutating func step(
    _ layer: Layer, _ cursor: inout ByteCursor, _ walk: inout DecodingState, _ receive: (borrowing Packet) -> Void
  ) throws(ParseError) -> Layer? {
    switch layer {
    case .ethernet: return try LinkHeaders.ethernet(&cursor, &walk)
    case .etherType(let type): return try LinkHeaders.etherType(type, &cursor)
    case .ipv4: return try IPHeaders.version4(&cursor, &walk)
    case .ipv6: return try IPHeaders.version6(&cursor, &walk)
    case .ip: return try IPHeaders.anyVersion(cursor)
    case .transport(let number): return try transport(number, &cursor, &walk, receive)
    case .fragment(let fragment):
      reassemble(fragment, &cursor, &walk, receive)
      return nil
    case .other(let header): return try header.step(&cursor, &walk)
    case .aggregate:
      aggregate(&cursor, &walk, receive)
      return nil
    case .undecoded(let what):
      statistics.count(what)
      return nil
    }
  }

  /// Adds a fragment to its datagram and decodes the datagram if that completes it (RFC 791 §3.2, RFC 8200 §4.5).
  private mutating func reassemble(
    _ fragment: Fragment, _ cursor: inout ByteCursor, _ walk: inout DecodingState, _ receive: (borrowing Packet) -> Void
  ) {
    walk.isDecoded = true
    statistics.fragments &+= 1
    let wireLength = walk.wireEnd &- cursor.offset
    guard cursor.remaining >= wireLength else {
      statistics.truncatedPackets &+= 1
      statistics.droppedFragments &+= 1
      return
    }
    let bytes = cursor.readRemaining()
    let completed = fragments.add(
      bytes, fragment, source: walk.ip.source, destination: walk.ip.destination, at: walk.timestamp)
    statistics.droppedFragments &+= fragments.takeDropped()
    guard let completed else { return }
    let outer = (walk.captureEnd, walk.wireEnd)
    (walk.captureEnd, walk.wireEnd) = (completed.bytes.count, completed.bytes.count)
    walk.layers &+= 1
    completed.bytes.withCursor { whole in
      peel(whole, from: .transport(completed.transportProtocol), &walk, receive)
    }
    (walk.captureEnd, walk.wireEnd) = outer
  }

  /// Decodes each frame of an 802.11 A-MSDU (IEEE 802.11-2020 §9.3.2.2) on its own.
  private mutating func aggregate(
    _ cursor: inout ByteCursor, _ walk: inout DecodingState, _ receive: (borrowing Packet) -> Void
  ) {
    let wireEnd = walk.wireEnd
    while cursor.remaining >= 14, walk.layers < Self.layerLimit {
      guard let subframe = try? WirelessHeaders.subframe(&cursor) else { break }
      walk.layers &+= 1
      walk.wireEnd = subframe.offset &+ subframe.remaining
      peel(subframe, from: .other(.llc), &walk, receive)
    }
    walk.wireEnd = wireEnd
  }
}
