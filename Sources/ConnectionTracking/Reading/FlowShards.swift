import Bytes
import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

/// The shards that one reader follows.
struct FlowShards: ~Copyable {
  /// By number, idle ones for the shards of other readers.
  private var trackers: InlineArray<4, ConnectionTracker>
  /// The numbers of the reader's own.
  let own: [Int]
  /// Of them, one bit each.
  private let ownBits: Int
  /// What all of them share.
  private let secrets: CaptureSecrets
  private let fallbacks: FallbackWatch
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
    let secrets = CaptureSecrets(keyLog, limits: limits)
    self.secrets = secrets
    let fallbacks = FallbackWatch()
    self.fallbacks = fallbacks
    trackers = InlineArray { _ in ConnectionTracker(limits: limits, secrets: secrets, fallbacks: fallbacks) }
  }

  @inline(__always)
  func include(_ shard: Int) -> Bool { ownBits >> shard & 1 == 1 }

  /// Notes that time goes on with a packet, whoever follows it.
  @inline(__always)
  mutating func passOver(_ now: Timestamp, _ frame: Int) {
    if now.nanoseconds >= nextDue || frame / ConnectionTracker.blockFrames != block { passAll(now, frame) }
  }

  mutating func receive(_ packet: borrowing Packet) {
    guard let key = Self.key(of: packet) else { return passOver(packet.timestamp, packet.frame) }
    receive(packet, key, Self.isLookup(packet) ? 0 : key.shard(of: ShardReader.shardCount))
  }

  /// Takes a packet with the key of its flow and the shard that it falls into.
  private mutating func receive(_ packet: borrowing Packet, _ key: ConnectionKey, _ shard: Int) {
    passOver(packet.timestamp, packet.frame)
    earlierInFrame = packet.frame == frame ? earlierInFrame + 1 : 0
    frame = packet.frame
    guard include(shard) else { return watch(packet) }
    follow(packet.frame, shard) { $0.receive(packet, key) }
  }

  /// Takes notice of what others follow, for the sake of a client that goes on with one of those.
  private func watch(_ packet: borrowing Packet) {
    switch packet.transport {
    case .tcp(let header) where header.flags.contains(.syn):
      watch(header.flags, Endpoint(address: packet.source, port: header.sourcePort), packet.timestamp, packet.frame)
    case .udp(let header) where ConnectionTracker.isLookup(header):
      guard let message = try? DNSMessage(packet.payload), message.isResponse else { return }
      fallbacks.note(message.addresses, of: message.questionName)
    default: break
    }
  }

  /// Takes notice of a SYN or SYN-ACK in a flow that others follow.
  func watch(_ flags: TCPFlags, _ source: Endpoint, _ now: Timestamp, _ frame: Int) {
    fallbacks.note(flags, from: source, at: FrameNote(frame: frame, time: now))
  }

  /// Takes a frame's only packet, a TCP segment of one of the reader's own flows.
  @inline(__always)
  mutating func receive(_ packet: borrowing Packet, _ header: TCPHeader, _ key: ConnectionKey, _ shard: Int) {
    passOver(packet.timestamp, packet.frame)
    earlierInFrame = 0
    frame = packet.frame
    follow(packet.frame, shard) { $0.receive(packet, header, key) }
  }

  /// Lets a tracker do something about a frame, and notes what came of it.
  @inline(__always)
  private mutating func follow(_ frame: Int, _ shard: Int, _ receive: (inout ConnectionTracker) -> Void) {
    let opened = trackers[shard].connectionCount
    receive(&trackers[shard])
    if trackers[shard].connectionCount > opened { noteOpening(shard) }
    if !trackers[shard].finished.isEmpty { mark(shard, frame) }
    nextDue = min(nextDue, trackers[shard].nextDue)
  }

  private mutating func noteOpening(_ shard: Int) {
    // A frame holds fewer packets than it may have layers of headers.
    let place = frame &* FrameDecoder.layerLimit &+ min(earlierInFrame, FrameDecoder.layerLimit &- 1)
    let tag = ConnectionTag(shard: shard, index: trackers[shard].connectionCount)
    openings.append(ConnectionOpening(place: place, tag: tag))
  }

  /// Lets all trackers do what is due.
  private mutating func passAll(_ now: Timestamp, _ frame: Int) {
    block = frame / ConnectionTracker.blockFrames
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
    if case .udp(let header) = packet.transport { ConnectionTracker.isLookup(header) } else { false }
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
        FinishedConnections.Mark(frame: frame, shard: number, list: openLists[number].list, position: position))
    }
    openLists[number].marked = count
    // In a list that grows with a burst of connections they would be moved again and again, and need memory that nothing
    // else had before.
    if count >= ConnectionTracker.endedTogether { closeList(number) }
  }

  /// Takes what a tracker has finished; what it finishes next goes into another list.
  private mutating func closeList(_ number: Int) {
    guard openLists[number].marked > 0 else { return }
    lists[openLists[number].list] = trackers[number].takeFinished()
    openLists[number].marked = 0
  }

  mutating func add(_ keys: KeyLog) {
    secrets.add(keys)
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
    own.flatMap { shard in
      trackers[shard].indicesOfOpenConnections().map { ConnectionTag(shard: shard, index: $0) }
    }
  }

  mutating func endNext(ofShard number: Int) {
    _ = trackers[number].finishSome(1)
    mark(number, .max)
  }

  func count(into statistics: inout CaptureStatistics) {
    for number in own { statistics.count(trackers[number]) }
  }

  /// Names that were looked up: they fall into the first shard.
  var lookups: [NameLookup] { trackers[0].lookups.lookups }
}
