/// What one side sent, counted.
public struct DirectionFacts: Sendable {
  /// All segments, with payload or not.
  public var segments = 0
  /// Stream bytes delivered in order.
  public var payloadBytes: UInt64 = 0
  /// Segments with payload.
  public var dataSegments = 0
  /// First segment or datagram with payload.
  public var firstData: FrameNote?
  /// Last segment or datagram with payload.
  public var lastData: FrameNote?
  /// Segments that repeat bytes already seen; the first ``retransmissionLimit`` of them.
  public var retransmissions: [Retransmission] = []
  /// All retransmissions, kept or not.
  public var retransmissionCount = 0
  /// Stream bytes that were sent but that the peer never acknowledged.
  public var unacknowledgedBytes: UInt64 = 0
  /// Payload bytes of the largest segment sent, and of the largest that the peer acknowledged.
  public var largestSegment = 0
  /// Payload bytes of the largest segment that the other side acknowledged.
  public var largestAcknowledgedSegment = 0
  /// Bytes that the capture misses although the peer acknowledged them.
  public var missingBytes: UInt64 = 0
  /// Bytes that this side's FIN proves it sent, though they were neither seen nor acknowledged.
  public var bytesBeforeFIN: UInt64 = 0
  /// Bytes that came early and still wait for a hole before them to fill: the hole's size, and how much waits behind it.
  public var holeBytes = 0
  /// Bytes behind a gap that never filled.
  public var waitingBytes = 0
  /// The frame of the first segment that arrived beyond the hole.
  public var firstBeyondHole: FrameNote?
  /// Bytes that the reassembly limit refused.
  public var refusedBytes: UInt64 = 0
  /// Segments that came before one that they follow.
  public var outOfOrderSegments = 0
  /// Time to live or hop limit: of the first segment, and the extremes over those that are no resets.
  public var hopLimit: UInt8?
  /// The least and the greatest of all but resets.
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

  /// The first frame with payload of this side's that its peer had not received when it closed the connection: the FIN, or
  /// the RST, does not acknowledge it. Nil where the peer had received everything, or did not close.
  public var unreceivedFrom: Int?

  /// Retransmissions that are kept.
  public static let retransmissionLimit = 32

  public init() {}

  /// Acknowledgments or this side's FIN show that it sent more than was captured.
  public var lacksBytes: Bool { missingBytes > 0 || bytesBeforeFIN > 0 }

  /// Not one byte was sent, as far as sequence and acknowledgment numbers tell too.
  public var isSilent: Bool { payloadBytes == 0 && dataSegments == 0 && waitingBytes == 0 && !lacksBytes }

  /// Notes the IP header of a segment that is no reset.
  package mutating func note(hopLimit: UInt8, identification: UInt16?) {
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
