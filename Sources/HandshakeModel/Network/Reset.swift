public import NetworkValues
public import TLSProtocol

/// A segment with RST.
public struct Reset: Sendable, Hashable {
  /// The RST's frame.
  public var frame: Int
  /// The RST's time.
  public var time: Timestamp
  /// Who it claims to come from.
  public var sender: Role
  /// Its hop limit (TTL): another than its sender's other packets have points to somebody in between.
  public var hopLimit: UInt8
  /// Its IPv4 identification; nil over IPv6.
  public var identification: UInt16?
  /// It acknowledges something.
  public var hasAck: Bool
  /// Its window field, unscaled.
  public var window: UInt16
  /// How far its sequence number lies behind the sender's next byte; 0 for one that fits exactly.
  public var sequenceOffset: Int?
  /// How many numbers behind its peer's SYN it acknowledges; nil for one that acknowledges nothing, or where that SYN is
  /// not in the capture.
  public var acknowledges: Int?
  package var sequenceNumber: SequenceNumber?
  /// The number behind all that its sender had sent by then.
  package var standsAt: SequenceNumber?

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
