import NetworkProtocols
import NetworkValues

/// Numbers TCP connections as Wireshark does (`tcp.stream`): a flow's first segment begins a stream, and so does a SYN that
/// cannot belong to the flow's last one.
///
/// Wireshark ends no stream and forgets none, so that a tracker's connections are numbered otherwise. Where it might see a
/// segment that is not seen here, or where its versions differ, nothing is numbered from there on: a number that leads to
/// another connection is worse than none.
struct StreamNumbers {
  fileprivate struct Stream {
    var number: Int
    var firstFrame: Int
    /// The sequence number before the first byte, by direction; nil where no segment told it.
    var bases: (forward: UInt32?, reverse: UInt32?) = (nil, nil)
    /// A FIN or RST was seen.
    var isClosing = false
  }

  /// Flows and streams that are remembered.
  static let limit = 100_000
  private static let socksPort: UInt16 = 1080

  private var streams: [ConnectionKey: [Stream]] = [:]
  private var count = 0
  /// The first frame behind which numbers are not known.
  private var certainBefore = Int.max

  /// Notes a packet; `mayHaveMissedTCP` says that frames before it may have held segments that are not seen here.
  mutating func note(_ packet: borrowing Packet, mayHaveMissedTCP: Bool) {
    guard certainBefore == .max else { return }
    switch packet.transport {
    case .tcp(let header): if let key = packet.connectionKey { note(header, key, packet.frame, mayHaveMissedTCP) }
    case .icmp(let message):
      // Wireshark takes a quoted segment for one of a stream, if enough of it is quoted.
      guard let quoted = message.quoted, quoted.transportProtocol == 6 else { return }
      if streams[ConnectionKey(source: quoted.source, destination: quoted.destination)] == nil {
        certainBefore = packet.frame
      }
    case .udp, .other: break
    }
  }

  private mutating func note(_ header: TCPHeader, _ key: ConnectionKey, _ frame: Int, _ mayHaveMissedTCP: Bool) {
    let number = header.sequenceNumber.rawValue
    let isFirst = header.flags.contains(.syn) && !header.flags.contains(.ack)
    var known = streams[key] ?? []
    if var stream = known.last {
      let base = key.direction == .forward ? stream.bases.forward : stream.bases.reverse
      if isFirst, let base {
        // Some versions take it for a repetition, others for a new stream.
        if base == number, stream.isClosing { return certainBefore = frame }
        if base != number {
          guard begin(&known, frame, mayHaveMissedTCP) else { return }
          stream = known[known.count - 1]
        }
      }
      stream.note(header, key.direction)
      known[known.count - 1] = stream
    } else {
      guard begin(&known, frame, mayHaveMissedTCP) else { return }
      known[0].note(header, key.direction)
    }
    streams[key] = known
    // Behind a SOCKS proxy's greeting Wireshark counts the tunnelled stream as well.
    if key.low.port == Self.socksPort || key.high.port == Self.socksPort { certainBefore = frame }
  }

  private mutating func begin(_ known: inout [Stream], _ frame: Int, _ mayHaveMissedTCP: Bool) -> Bool {
    guard count < Self.limit, !mayHaveMissedTCP else {
      certainBefore = frame
      return false
    }
    known.append(Stream(number: count, firstFrame: frame))
    count += 1
    return true
  }

  /// The number of the stream that holds all of a connection's frames; nil where none is known to.
  func number(of key: ConnectionKey, first: Int, last: Int) -> Int? {
    guard last < certainBefore, let known = streams[key], let place = known.lastIndex(where: { $0.firstFrame <= first })
    else { return nil }
    // The next stream of the same ends must begin behind it.
    let next = place + 1
    return next == known.count || known[next].firstFrame > last ? known[place].number : nil
  }
}

extension StreamNumbers.Stream {
  fileprivate mutating func note(_ header: TCPHeader, _ direction: FlowDirection) {
    let own = header.sequenceNumber.rawValue &- (header.flags.contains(.syn) ? 0 : 1)
    let peers = header.acknowledgmentNumber.rawValue &- 1
    if direction == .forward {
      bases.forward = bases.forward ?? own
      if header.flags.contains(.ack) { bases.reverse = bases.reverse ?? peers }
    } else {
      bases.reverse = bases.reverse ?? own
      if header.flags.contains(.ack) { bases.forward = bases.forward ?? peers }
    }
    if header.flags.contains(.fin) || header.flags.contains(.rst) { isClosing = true }
  }
}
