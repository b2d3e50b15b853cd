import NetworkProtocols
public import NetworkValues
import PacketCapture
public import TLSProtocol

/// A frame and its moment.
public struct FrameNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  public init(frame: Int, time: Timestamp) { (self.frame, self.time) = (frame, time) }
}

/// What the layers below TLS did for one connection.
public struct NetworkFacts: Sendable {
  /// The client's SYNs: the first and its repetitions.
  public var syns: [FrameNote] = []
  public var synAck: FrameNote?
  /// Repetitions of the SYN-ACK: the first ``synAckLimit`` of them.
  public var synAckRepetitions: [FrameNote] = []
  /// The client's first ACK, which completes the TCP handshake. It shows that there was a SYN-ACK, should the capture lack
  /// that.
  public var established: FrameNote?
  /// In order of arrival; at most ``resetLimit`` are kept. One that neither side heeded is none.
  public var resets: [Reset] = []
  /// The first FIN of each side.
  public var clientFin: FrameNote?
  public var serverFin: FrameNote?
  /// ICMP errors that quote this connection.
  public var icmpErrors: [ICMPNote] = []
  public var client = DirectionFacts()
  public var server = DirectionFacts()
  /// The capture began when the connection was already under way.
  public var isStartMissing = false
  /// Frames that the capture's snap length cut short.
  public var truncatedFrames = 0
  /// Segments whose numbers lie where neither side can have been, so that no stack would take them, and ICMP errors that
  /// quote such segments: forged, or of another connection. Nothing else follows from them.
  public var unbelieved = UnbelievedSegments()
  /// Seconds for which the capture is known to have gone on behind the connection's last packet, to within a second.
  public var silence = 0.0
  /// Only one direction was captured.
  public var isOneSided: Bool { client.segments == 0 || server.segments == 0 }

  public static let resetLimit = 8
  public static let synAckLimit = 8

  public init() {}

  /// The capture lacks bytes that the two sides sent each other.
  public var lacksBytes: Bool { truncatedFrames > 0 || lacksBytes(from: .client) || lacksBytes(from: .server) }

  /// Acknowledgments, a FIN or a reset show that one side sent more than was captured.
  public func lacksBytes(from role: Role) -> Bool {
    self[role].lacksBytes || resets.first { $0.sender == role }?.showsUnseenBytes == true
  }

  /// TCP was connected: the server's SYN-ACK shows it or, where the capture lacks that, the client's answer to it,
  /// or anything else that the server acknowledges.
  public var isConnected: Bool { synAck != nil || established != nil || server.lastAck != nil }

  /// The frame that shows that the server accepted the connection: at most one.
  public var acceptanceFrames: [Int] { (synAck ?? established ?? server.lastAck).map { [$0.frame] } ?? [] }

  /// The server's reset that refuses the SYN.
  public var refusal: Reset? { isConnected ? nil : resets.first { $0.sender == .server && $0.answersSYN } }

  public subscript(role: Role) -> DirectionFacts {
    get { role == .client ? client : server }
    set { if role == .client { client = newValue } else { server = newValue } }
  }

  /// Takes in what was noted of both ends together.
  mutating func take(_ notes: NetworkNotes) {
    syns = notes.syns
    synAck = notes.synAck
    synAckRepetitions = notes.synAckRepetitions
    established = notes.established
    resets = notes.resets
    icmpErrors = notes.icmpErrors
    isStartMissing = notes.isStartMissing
    truncatedFrames = notes.truncatedFrames
    unbelieved = notes.unbelieved
  }
}

/// What of ``NetworkFacts`` is noted while a connection is followed and belongs to neither end alone.
struct NetworkNotes {
  var syns: [FrameNote] = []
  var synAck: FrameNote?
  var synAckRepetitions: [FrameNote] = []
  var established: FrameNote?
  var resets: [Reset] = []
  var icmpErrors: [ICMPNote] = []
  var isStartMissing = false
  var truncatedFrames = 0
  var unbelieved = UnbelievedSegments()

  var isConnected: Bool { synAck != nil || established != nil }
}

/// Segments that are not believed: how many, and the first of them.
public struct UnbelievedSegments: Sendable, Hashable {
  public private(set) var count = 0
  /// At most ``limit``.
  public private(set) var first: [FrameNote] = []

  public static let limit = 8

  public init() {}

  public mutating func add(_ note: FrameNote) {
    count += 1
    if first.count < Self.limit { first.append(note) }
  }

  /// Takes back the one in `frame`: it opened a connection of its own.
  mutating func remove(frame: Int) {
    count -= 1
    first.removeAll { $0.frame == frame }
  }
}

/// A segment with RST.
public struct Reset: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  /// Who it claims to come from.
  public var sender: Role
  public var hopLimit: UInt8
  public var identification: UInt16?
  public var hasAck: Bool
  public var window: UInt16
  /// How far its sequence number lies behind the sender's next byte; 0 for one that fits exactly.
  public var sequenceOffset: Int?
  /// How many numbers behind its peer's SYN it acknowledges; nil for one that acknowledges nothing, or where that SYN is
  /// not in the capture.
  public var acknowledges: Int?
  var sequenceNumber: SequenceNumber?
  /// The number behind all that its sender had sent by then.
  var standsAt: SequenceNumber?

  public init(
    frame: Int, time: Timestamp, sender: Role, hopLimit: UInt8, identification: UInt16?, hasAck: Bool, window: UInt16,
    sequenceOffset: Int?, acknowledges: Int? = nil
  ) {
    self.frame = frame
    self.time = time
    self.sender = sender
    self.hopLimit = hopLimit
    self.identification = identification
    self.hasAck = hasAck
    self.window = window
    self.sequenceOffset = sequenceOffset
    self.acknowledges = acknowledges
  }

  /// It stands where a sender stands who sent more than was seen. A FIN counts as one byte; what is far off was guessed.
  public var showsUnseenBytes: Bool { sequenceOffset.map { (2...65_535).contains($0) } ?? false }

  /// Its sender had no connection to number it in: a stack then sends zero.
  public var hasNoNumber: Bool { sequenceNumber.map { $0.rawValue == 0 } ?? true }

  /// It acknowledges the SYN and nothing else, as one that refuses it must (RFC 9293 §3.10.7.1).
  public var answersSYN: Bool { acknowledges == 0 }
}

/// An ICMP error about the connection.
public struct ICMPNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  /// Who reports it: the server itself, or a router on the way.
  public var reporter: IPAddress
  public var isICMPv6: Bool
  public var type: UInt8
  public var code: UInt8
  public var nextHopMTU: Int?
  /// Who sent the packet that it quotes.
  public var quotedSender: Role
  /// The IP length of the packet that it quotes, in bytes.
  public var quotedLength: Int

  public init(
    frame: Int, time: Timestamp, reporter: IPAddress, isICMPv6: Bool, type: UInt8, code: UInt8, nextHopMTU: Int?,
    quotedSender: Role, quotedLength: Int
  ) {
    self.frame = frame
    self.time = time
    self.reporter = reporter
    self.isICMPv6 = isICMPv6
    self.type = type
    self.code = code
    self.nextHopMTU = nextHopMTU
    self.quotedSender = quotedSender
    self.quotedLength = quotedLength
  }
}

/// What one side sent, counted.
public struct DirectionFacts: Sendable {
  /// All segments, with payload or not.
  public var segments = 0
  /// Stream bytes delivered in order.
  public var payloadBytes: UInt64 = 0
  /// Segments with payload.
  public var dataSegments = 0
  public var firstData: FrameNote?
  public var lastData: FrameNote?
  /// Segments that repeat bytes already seen; the first ``retransmissionLimit`` of them.
  public var retransmissions: [Retransmission] = []
  public var retransmissionCount = 0
  /// Stream bytes that were sent but that the peer never acknowledged.
  public var unacknowledgedBytes: UInt64 = 0
  /// Payload bytes of the largest segment sent, and of the largest that the peer acknowledged.
  public var largestSegment = 0
  public var largestAcknowledgedSegment = 0
  /// Bytes that the capture misses although the peer acknowledged them.
  public var missingBytes: UInt64 = 0
  /// Bytes that this side's FIN proves it sent, though they were neither seen nor acknowledged.
  public var bytesBeforeFIN: UInt64 = 0
  /// Bytes that came early and still wait for a hole before them to fill: the hole's size, and how much waits behind it.
  public var holeBytes = 0
  public var waitingBytes = 0
  /// The frame of the first segment that arrived beyond the hole.
  public var firstBeyondHole: FrameNote?
  /// Bytes that the reassembly limit refused.
  public var refusedBytes: UInt64 = 0
  public var outOfOrderSegments = 0
  /// Time to live or hop limit: of the first segment, and the extremes over those that are no resets.
  public var hopLimit: UInt8?
  public var hopLimitRange: ClosedRange<UInt8>?
  /// The IPv4 identification of the last segment that was no reset.
  public var identification: UInt16?
  /// The maximum segment size that this side's SYN announced, in bytes.
  public var maximumSegmentSize: UInt16?
  /// The first segment that closed the receive window.
  public var zeroWindow: FrameNote?
  /// Frames of the last acknowledgment this side sent.
  public var lastAck: FrameNote?
  /// The peer's acknowledgment that took in the latest of this side's bytes to be acknowledged: one of a FIN is none.
  public var dataAcknowledged: FrameNote?

  public static let retransmissionLimit = 32

  public init() {}

  /// Acknowledgments or this side's FIN show that it sent more than was captured.
  public var lacksBytes: Bool { missingBytes > 0 || bytesBeforeFIN > 0 }

  /// Not one byte was sent, as far as sequence and acknowledgment numbers tell too.
  public var isSilent: Bool { payloadBytes == 0 && dataSegments == 0 && waitingBytes == 0 && !lacksBytes }

  /// Notes the IP header of a segment that is no reset.
  mutating func note(hopLimit: UInt8, identification: UInt16?) {
    self.identification = identification
    guard let range = hopLimitRange else {
      self.hopLimit = self.hopLimit ?? hopLimit
      hopLimitRange = hopLimit...hopLimit
      return
    }
    if !range.contains(hopLimit) {
      hopLimitRange = min(range.lowerBound, hopLimit)...max(range.upperBound, hopLimit)
    }
  }
}

/// A segment that repeats bytes sent before.
public struct Retransmission: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  /// Payload bytes.
  public var length: Int
  public init(frame: Int, time: Timestamp, length: Int) {
    (self.frame, self.time, self.length) = (frame, time, length)
  }
}
