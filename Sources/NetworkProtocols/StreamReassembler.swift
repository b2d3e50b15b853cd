/// Puts one direction of a TCP connection in order (RFC 9293 §3.10.7.4): in-order bytes pass straight through, early ones
/// wait in a bounded buffer, repeated ones are dropped.
public struct StreamReassembler: Sendable {
  /// What became of a segment's payload.
  public enum Disposition: Hashable, Sendable {
    /// New bytes, handed on.
    case delivered
    /// Bytes seen before, all of them; nothing new.
    case repeated
    /// Bytes beyond a gap, kept until it fills.
    case early
    /// Bytes beyond a gap that the buffer's limit refused.
    case refused
  }

  public init(bufferLimit: Int = 1 << 20) {}

  /// The next byte expected; nil before the first segment.
  public var nextSequenceNumber: SequenceNumber? { nil }
  /// Bytes waiting behind a gap.
  public var bufferedBytes: Int { 0 }

  /// Sets where the stream begins: the number behind the SYN's.
  public mutating func start(at sequenceNumber: SequenceNumber) {}

  /// Takes a segment's payload. `payloadLength` is its length on the wire: where the capture cut bytes off, the missing
  /// tail counts as a gap. `deliver` gets bytes in order.
  public mutating func accept(
    _ payload: RawSpan, at sequenceNumber: SequenceNumber, payloadLength: Int, deliver: (RawSpan) -> Void
  ) -> Disposition { .delivered }

  /// The peer acknowledged everything before `sequenceNumber`: bytes before it that never came were lost to the capture,
  /// not to the peer. Skips such a gap; returns the bytes missing (0 where there is no gap), then delivers what waited.
  public mutating func acknowledge(
    upTo sequenceNumber: SequenceNumber, skip: (Int) -> Void, deliver: (RawSpan) -> Void
  ) {}
}
