import NetworkProtocols
public import NetworkValues
public import PacketCapture
public import TLSProtocol

/// Reads all frames of a capture and follows those flows that fall into some shares: several readers of one capture, each
/// in a thread of its own, do the work of one and have nothing to tell each other but where connections began.
///
/// A capture's flows always fall into the same ``shareCount`` shares with limits of their own, however many readers there
/// are: what comes out depends on the capture alone.
public struct ShareReader: ~Copyable {
  /// Shares that the flows of a capture fall into.
  public static let shareCount = 4

  private var intake = PacketIntake()
  private var flows: FlowShares

  /// Follows the shares whose number leaves `number` when divided by `readers`.
  public init(number: Int, of readers: Int, limits: TrackerLimits, keyLog: KeyLog?) {
    flows = FlowShares(
      own: (0..<Self.shareCount).filter { $0 % max(readers, 1) == number },
      limits: limits.divided(by: Self.shareCount), keyLog: keyLog)
  }

  /// Counts of frames, and of this reader's flows once ``finish()`` was called.
  public var statistics: CaptureStatistics { intake.statistics }
  /// Names that were looked up: one reader hears of them all.
  public var lookups: [NameLookup] { flows.lookups }
  /// Connections that wait to be taken.
  public var finishedCount: Int { flows.marks.count }

  /// Reads up to `count` frames, fewer where `limit` connections wait to be taken; returns how many, which is 0 at the end
  /// of the capture.
  public mutating func read(
    _ count: Int, untilFinished limit: Int, from source: inout PacketSource
  ) throws(CaptureError) -> Int {
    var read = 0
    repeat {
      source.lendHeldFrames { number, record, bytes in
        if let segment = PlainSegment(bytes, record.linkType) {
          take(segment, number, record.timestamp, bytes)
        } else {
          takeAny(record.frame(number, bytes))
        }
        read += 1
        return read < count && flows.marks.count < limit
      }
      guard read < count, flows.marks.count < limit, try takeNext(from: &source) else { break }
      read += 1
      if source.secretCount > intake.adoptedSecrets, let keys = intake.newSecrets(of: source) { flows.add(keys) }
    } while read < count && flows.marks.count < limit
    return read
  }

  private mutating func takeNext(from source: inout PacketSource) throws(CaptureError) -> Bool {
    guard let frame = try source.next() else { return false }
    if let segment = PlainSegment(frame) {
      take(segment, frame.number, frame.timestamp, frame.bytes)
    } else {
      takeAny(frame)
    }
    return true
  }

  /// Takes what is no plain segment.
  private mutating func takeAny(_ frame: borrowing Frame) {
    intake.receive(frame) { packet in flows.receive(packet) }
  }

  @inline(__always)
  private mutating func take(_ segment: PlainSegment, _ number: Int, _ timestamp: Timestamp, _ bytes: RawSpan) {
    intake.count(bytes.byteCount, timestamp)
    let share = segment.share(of: Self.shareCount)
    if flows.include(share) {
      let header = segment.header(in: bytes)
      flows.receive(segment.packet(of: bytes, number, timestamp, header), header, segment.key, share)
    } else {
      // Most frames of a capture that others read too are theirs.
      flows.passOver(timestamp, number)
    }
  }

  /// Tells what has come to its point at `now`, of those connections that `scope` says: for captures that bring nothing for
  /// a while, whose packets would tell it by their times.
  public mutating func look(at now: Timestamp, _ timing: LiveTiming, _ scope: LookScope) {
    flows.look(at: now, timing, scope)
  }

  /// Connections that were opened since the last call, in order.
  public mutating func takeOpenings() -> [ConnectionOpening] { flows.takeOpenings() }

  /// What was finished since the last call, not yet numbered.
  public mutating func takeFinished() -> FinishedConnections { flows.takeFinished() }

  /// Connections that are open when the capture ends; of each share, in order.
  public func openAtTheEnd() -> [ConnectionTag] { flows.openAtTheEnd() }

  /// Ends the next of a share's connections that ``openAtTheEnd()`` gave.
  public mutating func endNext(ofShare share: Int) { flows.endNext(ofShare: share) }

  /// Completes the statistics; every connection has ended.
  public mutating func finish() {
    intake.finish()
    flows.count(into: &intake.statistics)
  }
}

/// The shares that one reader follows.
struct FlowShares: ~Copyable {
  /// By number, idle ones for the shares of other readers.
  private var trackers: InlineArray<4, HandshakeTracker>
  /// The numbers of the reader's own.
  let own: [Int]
  /// Of them, one bit each.
  private let ownBits: Int
  private var openings: [ConnectionOpening] = []
  /// The last packet's frame, and how many packets of that frame came before it.
  private var frame = 0
  private var earlierInFrame = 0
  private(set) var marks: [FinishedConnections.Mark] = []
  /// Finished connections; a list that a tracker still adds to is empty here.
  private var lists: [[Connection]] = []
  /// Which of the lists each tracker adds to, and how many of it have their mark.
  private var openLists = InlineArray<4, (list: Int, marked: Int)>(repeating: (0, 0))
  /// When the first of the trackers has something to look at, in nanoseconds.
  private var nextDue = Int64.min
  private var block = -1

  init(own: [Int], limits: TrackerLimits, keyLog: KeyLog?) {
    self.own = own
    ownBits = own.reduce(0) { $0 | 1 << $1 }
    trackers = InlineArray { number in
      HandshakeTracker(limits: limits, keyLog: own.contains(number) ? keyLog : nil)
    }
  }

  @inline(__always)
  func include(_ share: Int) -> Bool { ownBits >> share & 1 == 1 }

  /// Notes that time goes on with a packet, whoever follows it.
  @inline(__always)
  mutating func passOver(_ now: Timestamp, _ frame: Int) {
    if now.nanoseconds >= nextDue || frame / HandshakeTracker.blockFrames != block { passAll(now, frame) }
  }

  mutating func receive(_ packet: borrowing Packet) {
    guard let key = Self.key(of: packet) else { return passOver(packet.timestamp, packet.frame) }
    receive(packet, key, Self.isLookup(packet) ? 0 : key.share(of: ShareReader.shareCount))
  }

  /// Takes a packet with the key of its flow and the share that it falls into.
  private mutating func receive(_ packet: borrowing Packet, _ key: ConnectionKey, _ share: Int) {
    passOver(packet.timestamp, packet.frame)
    earlierInFrame = packet.frame == frame ? earlierInFrame + 1 : 0
    frame = packet.frame
    guard include(share) else { return }
    follow(packet.frame, share) { $0.receive(packet, key) }
  }

  /// Takes a frame's only packet, a TCP segment of one of the reader's own flows.
  @inline(__always)
  mutating func receive(_ packet: borrowing Packet, _ header: TCPHeader, _ key: ConnectionKey, _ share: Int) {
    passOver(packet.timestamp, packet.frame)
    earlierInFrame = 0
    frame = packet.frame
    follow(packet.frame, share) { $0.receive(packet, header, key) }
  }

  /// Lets a tracker do something about a frame, and notes what came of it.
  @inline(__always)
  private mutating func follow(_ frame: Int, _ share: Int, _ receive: (inout HandshakeTracker) -> Void) {
    let opened = trackers[share].connectionCount
    receive(&trackers[share])
    if trackers[share].connectionCount > opened { noteOpening(share) }
    if !trackers[share].finished.isEmpty { mark(share, frame) }
    nextDue = min(nextDue, trackers[share].nextDue)
  }

  private mutating func noteOpening(_ share: Int) {
    // A frame holds fewer packets than it may have layers of headers.
    let place = frame &* FrameDecoder.layerLimit &+ min(earlierInFrame, FrameDecoder.layerLimit &- 1)
    let tag = ConnectionTag(share: share, index: trackers[share].connectionCount)
    openings.append(ConnectionOpening(place: place, tag: tag))
  }

  /// Lets all trackers do what is due.
  private mutating func passAll(_ now: Timestamp, _ frame: Int) {
    block = frame / HandshakeTracker.blockFrames
    nextDue = .max
    for number in own {
      trackers[number].pass(now, frame)
      mark(number, frame)
      nextDue = min(nextDue, trackers[number].nextDue)
    }
  }

  mutating func look(at now: Timestamp, _ timing: LiveTiming, _ scope: LookScope) {
    for number in own {
      trackers[number].look(at: now, timing, scope)
      mark(number, frame)
    }
  }

  /// The key of the flow that a packet belongs to, or that it quotes; nil where it concerns none.
  private static func key(of packet: borrowing Packet) -> ConnectionKey? {
    if case .icmp(let message) = packet.transport {
      return message.quoted.map { ConnectionKey(source: $0.source, destination: $0.destination) }
    }
    return packet.connectionKey
  }

  private static func isLookup(_ packet: borrowing Packet) -> Bool {
    if case .udp(let header) = packet.transport { HandshakeTracker.isLookup(header) } else { false }
  }

  /// Notes by which frame connections ended that have no mark yet.
  private mutating func mark(_ number: Int, _ frame: Int) {
    let count = trackers[number].finished.count
    guard count > openLists[number].marked else { return }
    if openLists[number].marked == 0 {
      openLists[number].list = lists.count
      lists.append([])
    }
    for position in openLists[number].marked..<count {
      marks.append(
        FinishedConnections.Mark(frame: frame, share: number, list: openLists[number].list, position: position))
    }
    openLists[number].marked = count
    // In a list that grows with a burst of connections they would be moved again and again, and need memory that nothing
    // else had before.
    if count >= HandshakeTracker.endedTogether { closeList(number) }
  }

  /// Takes what a tracker has finished; what it finishes next goes into another list.
  private mutating func closeList(_ number: Int) {
    guard openLists[number].marked > 0 else { return }
    lists[openLists[number].list] = trackers[number].takeFinished()
    openLists[number].marked = 0
  }

  mutating func add(_ keys: KeyLog) {
    for number in own { trackers[number].add(keys) }
  }

  mutating func takeOpenings() -> [ConnectionOpening] {
    var taken: [ConnectionOpening] = []
    swap(&taken, &openings)
    return taken
  }

  mutating func takeFinished() -> FinishedConnections {
    var taken = FinishedConnections()
    for number in own { closeList(number) }
    swap(&taken.marks, &marks)
    swap(&taken.lists, &lists)
    return taken
  }

  func openAtTheEnd() -> [ConnectionTag] {
    own.flatMap { share in
      trackers[share].indicesOfOpenConnections().map { ConnectionTag(share: share, index: $0) }
    }
  }

  mutating func endNext(ofShare number: Int) {
    _ = trackers[number].finishSome(1)
    mark(number, .max)
  }

  func count(into statistics: inout CaptureStatistics) {
    for number in own { statistics.count(trackers[number]) }
  }

  /// Names that were looked up: they fall into the first share.
  var lookups: [NameLookup] { trackers[0].lookups.lookups }
}

/// A connection as its share knows it, before it has its number in the capture.
public struct ConnectionTag: Hashable, Sendable {
  public let share: Int
  /// Of the share's connections, counted from 1 in the order in which they began.
  public let index: Int

  public init(share: Int, index: Int) { (self.share, self.index) = (share, index) }
}

/// Where in a capture a connection begins.
public struct ConnectionOpening: Sendable {
  /// By the packet, in the order of the capture; no two connections have the same.
  public let place: Int
  public let tag: ConnectionTag
}

/// Connections that have ended, in the order in which one reader of everything would have found that out: by the frame
/// that ended them, then by number.
public struct FinishedConnections: Sendable {
  struct Mark {
    /// The frame that told the end; the largest number where the capture's end did.
    var frame: Int
    var share: Int
    var list: Int
    var position: Int
    /// In the capture; 0 before ``number(_:)``.
    var number = 0
  }

  fileprivate(set) var marks: [Mark] = []
  /// Connections are large, and stay where they are.
  fileprivate(set) var lists: [[Connection]] = []

  public var count: Int { marks.count }

  /// Gives each connection its number in the capture, and puts them in order.
  public mutating func number(_ number: (ConnectionTag) -> Int) {
    for index in marks.indices {
      let (list, position) = (marks[index].list, marks[index].position)
      marks[index].number = number(ConnectionTag(share: marks[index].share, index: lists[list][position].index))
      lists[list][position].index = marks[index].number
    }
    marks.sort { $0.frame != $1.frame ? $0.frame < $1.frame : $0.number < $1.number }
  }

  /// Gives the connections at some places to `body`, which may change them, with the frame that told their end.
  public mutating func forEach(in range: Range<Int>, _ body: (inout Connection, _ toldBy: Int) -> Void) {
    for mark in marks[range.clamped(to: marks.indices)] { body(&lists[mark.list][mark.position], mark.frame) }
  }
}
