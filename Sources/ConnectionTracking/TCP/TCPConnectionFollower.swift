import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

/// Follows one TCP connection, packet by packet, and notes its story. Ends talk as equals until it is known which is the
/// client; then what they sent is told as the client's and the server's.
///
/// Large, and never copied: it is changed in its place, packet by packet.
struct TCPConnectionFollower {
  let key: ConnectionKey
  let index: Int
  let recordsBeforeSettling: Int
  private(set) var lastTime: Timestamp
  var lastFrame: Int
  let firstFrame: Int
  let firstTime: Timestamp
  var forward: TCPEndpoint
  var reverse: TCPEndpoint
  var clientDirection: FlowDirection?
  var roleBasis = RoleBasis.port
  var network = NetworkNotes()
  var interpreter: StreamAnalyzer
  /// When the connection was closed by both sides, or reset.
  var closed: Timestamp?
  /// A SYN that may open another connection between the same ends.
  var heldSYN: HeldSYN?
  /// The handshake is over and was seen whole: what follows is counted, not read.
  var isSettled = false
  /// It had come about, and was reset. One that was refused may be tried again with the same numbers.
  var wasReset: Bool { network.isConnected && !network.resets.isEmpty }
  /// Both sides closed, and nothing of either is missing.
  private(set) var isOrderlyClosed = false
  /// The connection waits in the tracker's queue of closed ones.
  var isQueuedForRemoval = false
  /// The story was told while the connection went on; what follows is not.
  var isTold = false
  /// The tracker will look at the connection again.
  var isAwaitingLook = false
  var looks = 0
  /// The last packet that the story so far was judged with.
  var judged: Timestamp?

  init(
    key: ConnectionKey, index: Int, first packet: borrowing Packet, keys: CaptureSecrets,
    certificates: CertificateInterner,
    limits: TrackerLimits
  ) {
    self.key = key
    self.index = index
    recordsBeforeSettling = limits.recordsBeforeSettling
    firstFrame = packet.frame
    lastFrame = packet.frame
    firstTime = packet.timestamp
    lastTime = packet.timestamp
    forward = TCPEndpoint(bufferLimit: limits.reassemblyBytesPerDirection)
    reverse = TCPEndpoint(bufferLimit: limits.reassemblyBytesPerDirection)
    interpreter = StreamAnalyzer(keys: keys, certificates: certificates)
  }

  /// Memory held for reassembly: the pages, not the bytes that wait in them.
  var bufferedBytes: Int { forward.reassembler.reservedBytes + reverse.reassembler.reservedBytes }
  /// Bytes of the handshake that the story holds, as of the last packet.
  private(set) var heldBytes = 0

  /// The story was told and let go of.
  mutating func takeHeldBytes() -> Int {
    defer { heldBytes = 0 }
    return heldBytes
  }

  /// Whether a packet belongs to the handshake or ends the connection: what `--handshakes-only` keeps.
  func matters(_ header: TCPHeader) -> Bool {
    let flags = header.flags
    if flags.contains(.syn) || flags.contains(.fin) || flags.contains(.rst) { return true }
    return !isSettled && forward.facts.payloadBytes &+ reverse.facts.payloadBytes < Self.handshakeBytes
  }

  /// No handshake is longer.
  private static let handshakeBytes: UInt64 = 256 * 1024

  /// No byte was ever sent.
  var isHalfOpen: Bool { forward.facts.dataSegments == 0 && reverse.facts.dataSegments == 0 }

  /// What the tracker has to do after a packet.
  struct Receipt {
    /// The packet belongs to the handshake or ends the connection.
    var matters: Bool
    /// By how much the memory for reassembly grew.
    var buffered: Int
    /// By how much the bytes of the handshake grew that the story holds.
    var held: Int
    /// The connection is closed, and the tracker does not know yet.
    var isNewlyClosed: Bool
  }

  mutating func receive(
    _ packet: borrowing Packet, _ header: TCPHeader, direction: FlowDirection, mayBuffer: Bool
  ) -> Receipt {
    let matters = matters(header)
    if isCopy(packet, header, direction) {
      network.copies += 1
      return Receipt(matters: matters, buffered: 0, held: 0, isNewlyClosed: false)
    }
    guard believes(packet, header, direction) else {
      network.unbelieved.add(FrameNote(frame: packet.frame, time: packet.timestamp))
      return Receipt(matters: matters, buffered: 0, held: 0, isNewlyClosed: false)
    }
    if heldSYN != nil { heldSYN?.isContested = true }
    if isSettled, !header.flags.contains(.rst), !header.flags.contains(.fin) {
      note(packet, header, direction, mayBuffer: false)
      return Receipt(matters: matters, buffered: 0, held: 0, isNewlyClosed: false)
    }
    let before = bufferedBytes
    note(packet, header, direction, mayBuffer: mayBuffer)
    if closed != nil, !isOrderlyClosed { noteOrderlyClose() }
    // Only payload changes what is held, or a gap that an acknowledgment proves.
    let held = packet.payloadLength > 0 || before > 0 ? interpreter.heldBytes() : heldBytes
    defer { heldBytes = held }
    let isNewlyClosed = closed != nil && !isQueuedForRemoval
    if isNewlyClosed { isQueuedForRemoval = true }
    return Receipt(
      matters: matters, buffered: bufferedBytes - before, held: held - heldBytes, isNewlyClosed: isNewlyClosed)
  }

  /// Whether the packet was captured before, elsewhere on its way.
  @inline(__always)
  private mutating func isCopy(_ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection) -> Bool {
    direction == .forward ? forward.recent.isCopy(packet, header) : reverse.recent.isCopy(packet, header)
  }

  /// Lets go of what only reading on needs: many connections wait here for stragglers.
  private mutating func noteOrderlyClose() {
    guard !isSettled, network.resets.isEmpty, forward.isOver, reverse.isOver else { return }
    isOrderlyClosed = true
    settle()
  }

  private mutating func note(
    _ packet: borrowing Packet, _ header: TCPHeader, _ direction: FlowDirection, mayBuffer: Bool
  ) {
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    lastFrame = packet.frame
    lastTime = packet.timestamp
    noteHeader(packet, header, direction, moment)
    if header.flags.contains(.rst) {
      noteReset(packet, header, direction)
      return
    }
    if header.flags.contains(.syn) { noteSYN(header, direction, moment) }
    if header.flags.contains(.ack) { noteAcknowledgment(header, direction, moment) }
    if packet.payloadLength > 0 { receivePayload(packet, header, direction, moment, mayBuffer: mayBuffer) }
    if header.flags.contains(.fin) { noteFIN(header, direction, packet.payloadLength, moment) }
  }

  /// A packet passed that nobody keeps: the connection lives.
  mutating func pass(at time: Timestamp) {
    lastTime = time
    forward.space.forget()
    reverse.space.forget()
  }

  /// Takes an ICMP error that quotes a segment with the sequence number `quoted`, where the quote reaches that.
  mutating func receive(_ note: ICMPNote, quoting quoted: SequenceNumber?, direction: FlowDirection) {
    if let quoted, !fits(quoted, direction) {
      return network.unbelieved.add(FrameNote(frame: note.frame, time: note.time))
    }
    lastFrame = note.frame
    lastTime = note.time
    guard network.icmpErrors.count < 8 else { return }
    var note = note
    // Direction and role are settled at the end; the forward side stands in for the client until then.
    note.quotedSender = direction == .forward ? .client : .server
    network.icmpErrors.append(note)
  }
}

/// A followed connection's place in the tracker: small, since places move when there are more of them.
struct FollowedConnection {
  /// Of the connection that is here; 0 where the place is free.
  private(set) var index: Int
  /// At most one. An array, whose element is changed in place without a look at who else may be changing it.
  private var storage: [TCPConnectionFollower] = []

  init(_ recorder: consuming TCPConnectionFollower, index: Int) {
    self.index = index
    storage.append(recorder)
  }

  var isEmpty: Bool { index == 0 }

  /// Bytes that a connection takes which has not said anything yet: itself, its places in lists and tables, and what
  /// memory loses between two.
  static let size = MemoryLayout<TCPConnectionFollower>.stride + 384

  /// The recorder; there must be one.
  @inline(__always)
  var recorder: TCPConnectionFollower {
    _read { yield storage[0] }
    _modify { yield &storage[0] }
  }

  /// Lets go of the connection.
  mutating func leave() {
    index = 0
    storage = []
  }
}
