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
  public private(set) var connectionCount = 0
  /// Of them, those over QUIC and DTLS.
  public private(set) var datagramFlowCount = 0
  /// TCP connections finished early because a limit was reached.
  private var evictedTCP = 0
  /// Connections and flows finished early because a limit was reached.
  public var evictedConnections: Int { evictedTCP + datagrams.evicted }
  private var table = ConnectionTable()
  /// QUIC and DTLS flows, told from other UDP by content.
  var datagrams: DatagramFlows
  var slots: [FollowedConnection] = []
  private var freeSlots: [Int] = []
  /// Open connections in the order in which they were opened or last looked at.
  private var openQueue = SlotQueue()
  /// A connection of a capture that is over.
  private struct Unfinished {
    var index: Int
    /// Nil for a UDP flow.
    var slot: Int?
    var key: ConnectionKey
  }

  /// What ``finishSome(_:)`` has not ended yet.
  private var toFinish: [Unfinished]?
  private var closedQueue = SlotQueue()
  /// Live: connections that will have been quiet for a while, in the order in which they came into question.
  var lookQueue = SlotQueue()
  /// Whether the last packet belonged to a handshake, ended a connection, or tells about one.
  public private(set) var lastPacketMattered = false
  private var lastSweep = Timestamp(nanoseconds: .min)
  /// The frame of the last sweep: what a sweep may cost grows with the frames since.
  private var sweptFrame = 0
  /// Connections and flows that sweeps have looked at.
  private(set) var looks = 0
  /// When something will want to be looked at, in nanoseconds.
  private(set) var nextDue = Int64.min
  /// Of the last packet; see ``blockFrames``.
  private var block = -1
  private var departed: TimeWaitFlows
  /// Bytes that wait for those before them.
  var early: MemoryShare
  /// Open connections and the handshakes in their stories.
  var memory: MemoryShare
  private let limits: TrackerLimits
  private let keys: CaptureSecrets
  let fallbacks: FallbackWatch
  private let certificates: CertificateInterner

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
      nextDue = min(nextDue, packet.timestamp.advanced(by: orderlyLinger).nanoseconds)
    }
  }

  private mutating func receiveUDP(_ packet: borrowing Packet, _ key: ConnectionKey) {
    certificates.note(bytes: packet.payload.byteCount)
    if let recorder = datagrams[key] {
      lastPacketMattered = true
      return datagrams.receive(packet, by: recorder, direction: key.direction)
    }
    // Behind a long pause the same association goes on; another one begins with a hello.
    if datagrams.isPast(key), !packet.payload.beginsDatagramHandshake { return }
    guard
      let recorder = DatagramFollower(
        key: key, index: connectionCount + 1, first: packet, keyLog: keys.keyLog, certificates: certificates)
    else { return }
    connectionCount += 1
    datagramFlowCount += 1
    datagrams.add(recorder, into: &finished, now: lastSweep)
    lastPacketMattered = true
    datagrams.receive(packet, by: recorder, direction: key.direction)
  }

  private mutating func receiveICMP(_ packet: borrowing Packet, _ message: ICMPMessage, _ quoted: QuotedPacket) {
    lastPacketMattered = true
    let key = ConnectionKey(source: quoted.source, destination: quoted.destination)
    let note = ICMPNote(
      frame: packet.frame, time: packet.timestamp, reporter: packet.source, isICMPv6: message.isICMPv6,
      type: message.type, code: message.code, nextHopMTU: message.nextHopMTU, quotedSender: .client,
      quotedLength: quoted.length)
    if quoted.transportProtocol == 17 { datagrams[key]?.receive(note, direction: key.direction) }
    guard quoted.transportProtocol == 6, let slot = table.find(key), slot != TimeWaitFlows.slot, !slots[slot].isEmpty
    else { return }
    slots[slot].recorder.receive(note, quoting: quoted.sequenceNumber, direction: key.direction)
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
      slots[slot].recorder.finish(into: &finished[finished.count - 1], now: lastSweep)
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

  /// Makes room by ending the oldest connection that is not busy; false where there is none.
  private mutating func evictOldest() -> Bool {
    var chances = 64
    while let entry = openQueue.popFirst() {
      guard isFollowed(entry) else { continue }
      if chances > 0, slots[entry.slot].recorder.lastTime >= lastSweep {
        chances -= 1
        openQueue.append(entry)
        continue
      }
      if !slots[entry.slot].recorder.isTold { evictedTCP += 1 }
      finish(entry.slot)
      return true
    }
    return false
  }

  /// Ends closed connections as they fall due, and quiet ones once a second of capture time.
  @inline(__always)
  private mutating func sweepIfDue(now: Timestamp, frame: Int) {
    // A clock that was set back must not put everything off, nor one that jumps to and fro cost a sweep a packet.
    let isSetBack = frame / Self.blockFrames != block && now < lastSweep.advanced(by: -60_000_000_000)
    block = frame / Self.blockFrames
    if now.nanoseconds >= nextDue || isSetBack { sweepDue(now: now, frame: frame, isSetBack: isSetBack) }
  }

  private mutating func sweepDue(now: Timestamp, frame: Int, isSetBack: Bool) {
    // Where times end, nothing is later: the second test alone would hold for each packet.
    if isSetBack || lastSweep.nanoseconds == .min || now > lastSweep && now >= lastSweep.advanced(by: 1_000_000_000) {
      lastSweep = now
      let frames = max(0, frame &- sweptFrame)
      sweptFrame = frame
      // A capture may jump by a second with each packet: each packet pays for some looks, and for no more.
      sweep(now: now, looks: 4 &+ frames.multipliedReportingOverflow(by: 4).partialValue)
      departed.expire(now: now, in: &table)
    } else {
      endClosed(now: now)
    }
    nextDue = lastSweep.advanced(by: 1_000_000_000).nanoseconds
    if let entry = closedQueue.first { nextDue = min(nextDue, entry.time.advanced(by: orderlyLinger).nanoseconds) }
  }

  private var orderlyLinger: Int64 { Int64(limits.orderlyLingerSeconds * 1e9) }

  /// Closed connections that are ended at once, at most.
  static let endedTogether = 16

  /// Finishes connections that have been closed for long enough, some a time: thousands that fall due together would
  /// all wait in memory for whoever takes them.
  private mutating func endClosed(now: Timestamp) {
    var left = Self.endedTogether
    while left > 0, let entry = closedQueue.first {
      left -= 1
      // A reset that nobody heeded closed nothing.
      if isFollowed(entry), slots[entry.slot].recorder.closed == nil {
        slots[entry.slot].recorder.isQueuedForRemoval = false
      } else if isFollowed(entry) {
        let wait =
          slots[entry.slot].recorder.isOrderlyClosed
          ? limits.orderlyLingerSeconds
          : slots[entry.slot].recorder.wasReset ? limits.resetLingerSeconds : limits.lingerSeconds
        let age = now.seconds(since: slots[entry.slot].recorder.lastTime)
        guard age >= wait || age < -1 else { break }
        finish(entry.slot)
      }
      _ = closedQueue.popFirst()
    }
  }

  /// Ends what is closed or quiet at `now`; live captures call it on a timer as well.
  public mutating func sweep(now: Timestamp) { sweep(now: now, looks: .max) }

  /// Ends what is closed, and what is quiet among the next so many.
  private mutating func sweep(now: Timestamp, looks limit: Int) {
    if let timing = limits.live { tellDecided(now: now, timing) }
    endClosed(now: now)
    // A share of the open ones a time: each is looked at every few seconds, and no sweep costs more than that.
    let flows = min(max(64, datagrams.count / 8), limit)
    looks &+= min(flows, datagrams.count)
    datagrams.endQuiet(now: now, seconds: limits.datagramIdleSeconds, looks: flows, into: &finished)
    var left = min(max(64, openQueue.count / 8), limit, openQueue.count)
    looks &+= left
    while left > 0, let entry = openQueue.popFirst() {
      left -= 1
      guard isFollowed(entry) else { continue }
      let quiet = now.seconds(since: slots[entry.slot].recorder.lastTime)
      let isTold = slots[entry.slot].recorder.isTold
      // One that was told is remembered for long: its next packet must not pass for a new connection.
      if quiet >= limits.idleSeconds * (isTold ? 12 : 1)
        || !isTold && quiet >= limits.halfOpenSeconds && slots[entry.slot].recorder.isHalfOpen
      {
        finish(entry.slot)
      } else {
        openQueue.append(entry)
      }
    }
  }

  // MARK: The capture's end

  /// Ends some connections of a capture that is over, in the order in which they began; false once all have ended.
  /// Taking them from ``finished`` in between keeps the list short, however many there are.
  public mutating func finishSome(_ count: Int) -> Bool {
    if toFinish == nil { toFinish = unfinished() }
    for _ in 0..<count {
      guard let next = toFinish?.popLast() else { break }
      if let slot = next.slot {
        finish(slot)
      } else if let recorder = datagrams.remove(next.key), !recorder.isTold {
        finished.append(recorder.finish(now: lastSweep))
      }
    }
    if toFinish?.isEmpty == false { return true }
    toFinish = nil
    return false
  }

  /// Every open connection whose story is not told, the one that began last first.
  private func unfinished() -> [Unfinished] {
    let flows = datagrams.all.filter { !$0.isTold }
    var open = flows.map { Unfinished(index: $0.index, slot: nil, key: $0.key) }
    for slot in slots.indices where !slots[slot].isEmpty && !slots[slot].recorder.isTold {
      open.append(Unfinished(index: slots[slot].index, slot: slot, key: slots[slot].recorder.key))
    }
    return open.sorted { $0.index > $1.index }
  }

  /// Each connection that ``finishSome(_:)`` has yet to end, in its order.
  func indicesOfOpenConnections() -> [Int] { (toFinish ?? unfinished()).reversed().map(\.index) }

  /// Ends every connection: the capture is over.
  public mutating func finishAll() {
    while finishSome(1 << 20) {}
  }
}
