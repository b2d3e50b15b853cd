import Bytes
public import HandshakeModel
public import NetworkProtocols
public import NetworkValues
public import TLSProtocol

/// Follows every connection of a packet stream and hands each finished story out once.
///
/// Feed it packets in capture order, drain ``finished`` as often as wanted, and call ``finishAll()`` at the end.
public struct ConnectionTracker: ~Copyable {
  /// Stories that are complete, in order of completion. The caller takes them and empties the list.
  public var finished: [Connection] = []
  /// Name lookups seen so far, DNS over UDP.
  public private(set) var lookups: LookupRecorder
  /// Connections that began so far; also the index of the last one, counted from 1.
  public internal(set) var connectionCount = 0
  /// Of them, those over QUIC and DTLS.
  public internal(set) var datagramFlowCount = 0
  /// TCP connections finished early because a limit was reached.
  var evictedTCP = 0
  /// Connections and flows finished early because a limit was reached.
  public var evictedConnections: Int { evictedTCP + datagrams.evicted }
  var table = ConnectionTable()
  /// QUIC and DTLS flows, told from other UDP by content.
  var datagrams: DatagramFlows
  var slots: [FollowedConnection] = []
  private var freeSlots: [Int] = []
  /// Open connections in the order in which they were opened or last looked at.
  var openQueue = SlotQueue()
  /// What ``finishSome(_:)`` has not ended yet.
  var toFinish: [Unfinished]?
  var closedQueue = SlotQueue()
  /// Live: connections that will have been quiet for a while, in the order in which they came into question.
  var lookQueue = SlotQueue()
  /// Whether the last packet belonged to a handshake, ended a connection, or tells about one.
  public internal(set) var lastPacketMattered = false
  /// When to look at what is followed.
  var sweeps = SweepSchedule()
  /// Connections and flows that sweeps have looked at.
  var looks = 0
  var departed: TimeWaitFlows
  /// Bytes that wait for those before them.
  var early: MemoryShare
  /// Open connections and the handshakes in their stories.
  var memory: MemoryShare
  let limits: TrackerLimits
  let keys: CaptureSecrets
  let certificates: CertificateInterner
  let fallbacks: FallbackWatch

  /// Follows connections with secrets of a key log, if there is one.
  public init(limits: TrackerLimits = TrackerLimits(), keyLog: KeyLog? = nil) {
    self.init(limits: limits, secrets: CaptureSecrets(keyLog, limits: limits), fallbacks: FallbackWatch())
  }

  /// Follows connections with secrets, and a watch, that other trackers of the same thread use too.
  init(limits: TrackerLimits, secrets: CaptureSecrets, fallbacks: FallbackWatch) {
    self.limits = limits
    self.fallbacks = fallbacks
    early = MemoryShare(limit: limits.reassemblyBytesInTotal)
    memory = MemoryShare(limit: limits.connectionBytesInTotal)
    datagrams = DatagramFlows(memory: MemoryShare(limit: limits.datagramBytesInTotal), limit: limits.datagramFlows)
    keys = secrets
    certificates = CertificateInterner(
      checkedCertificates: limits.checkedCertificates, memory: limits.share(of: .certificates))
    lookups = LookupRecorder(memory: limits.memory.share(of: .lookups))
    departed = TimeWaitFlows(limit: limits.connections, seconds: limits.lingerSeconds)
  }

  /// Forgets lookups of names to which nothing happened since `moment`: a capture without an end keeps no others.
  public mutating func forgetLookups(before moment: Timestamp) { lookups.forget(before: moment) }

  /// Takes what is finished out of the list.
  public mutating func takeFinished() -> [Connection] {
    var taken: [Connection] = []
    swap(&taken, &finished)
    return taken
  }

  /// Secrets for which there was no room.
  var droppedSecrets: Int { keys.keyLog?.droppedSecrets ?? 0 }

  /// Connections being followed now.
  public var openConnections: Int { slots.count - freeSlots.count }

  /// Adds secrets that the capture itself carries; they serve connections that begin later, as pcapng demands.
  public mutating func add(_ secrets: KeyLog) {
    keys.add(secrets)
  }

  /// Once in so many frames a tracker looks whether the clock was set back.
  static let blockFrames = 4096

  /// Takes the next packet of the capture.
  public mutating func receive(_ packet: borrowing Packet) { receive(packet, packet.connectionKey) }

  /// Takes a packet; `key` is that of its own flow, where it has one.
  @inline(__always)
  mutating func receive(_ packet: borrowing Packet, _ key: ConnectionKey?) {
    sweepIfDue(now: packet.timestamp, frame: packet.frame)
    lastPacketMattered = false
    switch packet.transport {
    case .tcp(let header): if let key { receiveTCP(packet, header, key) }
    case .udp(let header):
      if Self.isLookup(header) {
        lastPacketMattered = true
        lookups.receive(packet, header, fallbacks)
      } else if let key {
        receiveUDP(packet, key)
      }
    case .icmp(let message): if let quoted = message.quoted { receiveICMP(packet, message, quoted) }
    case .other: break
    }
  }

  /// Takes a TCP segment of a flow; time was passed on to it before (``pass(_:_:)``).
  @inline(__always)
  mutating func receive(_ packet: borrowing Packet, _ header: TCPHeader, _ key: ConnectionKey) {
    lastPacketMattered = false
    receiveTCP(packet, header, key)
  }

  /// Notes that time goes on. Whoever follows other packets calls it for those that come when something is due, and for
  /// the first of each ``blockFrames``.
  mutating func pass(_ now: Timestamp, _ frame: Int) { sweepIfDue(now: now, frame: frame) }

  /// DNS goes by its port.
  static func isLookup(_ header: UDPHeader) -> Bool { header.sourcePort == 53 || header.destinationPort == 53 }

  private mutating func receiveTCP(_ packet: borrowing Packet, _ header: TCPHeader, _ key: ConnectionKey) {
    if header.flags.contains(.syn) {
      fallbacks.note(
        header.flags, from: Endpoint(address: packet.source, port: header.sourcePort),
        at: FrameNote(frame: packet.frame, time: packet.timestamp))
    }
    var slot = table.find(key)
    if slot == TimeWaitFlows.slot {
      guard header.flags.contains(.syn) else { return }
      slot = nil
    }
    if let found = slot, !slots[found].isEmpty, header.flags.contains(.syn) || slots[found].recorder.heldSYN != nil {
      let reopening = slots[found].recorder.reopening(by: packet, header, key.direction)
      if reopening == .held { return lastPacketMattered = true }
      if reopening != .none { slot = reopen(found, key, packet, isHeld: reopening == .withHeldSYN) }
    }
    let place = slot ?? open(key, packet)
    guard !slots[place].isEmpty else { return }
    if limits.readsOnlyHandshakes, !slots[place].recorder.matters(header) {
      return slots[place].recorder.pass(at: packet.timestamp)
    }
    if limits.live != nil { awaitLookOnce(place, packet.timestamp) }
    certificates.note(bytes: packet.payload.byteCount)
    let index = slots[place].index
    let receipt = slots[place].recorder.receive(
      packet, header, direction: key.direction, mayBuffer: early.held < early.limit)
    lastPacketMattered = receipt.matters
    early.hold(receipt.buffered)
    memory.hold(receipt.held)
    while memory.isExceeded, evictOldest() {}
    if receipt.isNewlyClosed {
      // Making room may have ended it.
      closedQueue.append(SlotEntry(slot: place, connection: index, time: packet.timestamp))
      sweeps.expect(packet.timestamp.advanced(by: orderlyLinger))
    }
  }

  // MARK: Opening and finishing

  mutating func open(_ key: ConnectionKey, _ packet: borrowing Packet) -> Int {
    memory.hold(FollowedConnection.size)
    while openConnections >= limits.connections || memory.isExceeded, evictOldest() {}
    connectionCount += 1
    var followed = FollowedConnection(
      TCPConnectionFollower(
        key: key, index: connectionCount, first: packet, keys: keys, certificates: certificates, limits: limits),
      index: connectionCount)
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
      swap(&slots[slot], &followed)
    } else {
      slot = slots.count
      slots.append(followed)
    }
    table.insert(key, slot: UInt32(truncatingIfNeeded: slot))
    openQueue.append(SlotEntry(slot: slot, connection: connectionCount))
    return slot
  }

  mutating func finish(_ slot: Int) {
    guard !slots[slot].isEmpty else { return }
    if slots[slot].recorder.isOrderlyClosed || slots[slot].recorder.wasReset {
      departed.add(slots[slot].recorder.key, at: slots[slot].recorder.lastTime, to: &table)
    } else {
      _ = table.remove(slots[slot].recorder.key)
    }
    early.release(slots[slot].recorder.bufferedBytes)
    memory.release(FollowedConnection.size + slots[slot].recorder.heldBytes)
    if !slots[slot].recorder.isTold {
      // Connections are large: a list that grows moves them again and again.
      if finished.isEmpty { finished.reserveCapacity(Self.endedTogether) }
      finished.append(.unknown)
      slots[slot].recorder.finish(into: &finished[finished.count - 1], now: sweeps.last)
      finished[finished.count - 1].decideOutcome()
      fallbacks.judge(&finished[finished.count - 1])
    }
    slots[slot].leave()
    freeSlots.append(slot)
  }

  /// The addresses of the other family that a server has too, as far as lookups told or both are the loopback's.
  public func otherFamily(of server: IPAddress) -> [IPAddress] { fallbacks.otherFamily(of: server) }

  /// Whether the connection that an entry was made for still lives.
  func isFollowed(_ entry: SlotEntry) -> Bool {
    !slots[entry.slot].isEmpty && slots[entry.slot].index == entry.connection
  }
}
