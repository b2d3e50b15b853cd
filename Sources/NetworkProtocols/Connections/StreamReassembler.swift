public import NetworkValues

/// Puts one direction of a TCP connection in order (RFC 9293 §3.10.7.4): in-order bytes pass straight through, early ones
/// wait in a bounded buffer, repeated ones are dropped.
///
/// - Where segments overlap, the bytes that arrived first stay.
/// - Without ``start(at:)`` the first segment sets where the stream begins; bytes before it, arriving later, count as
///   repeated: what was handed on cannot be called back.
/// - A byte sent before the next expected one, as keep-alive probes do, counts as repeated.
public struct StreamReassembler: Sendable {
  /// What became of a segment's payload.
  public enum Disposition: Hashable, Sendable {
    /// New bytes, handed on. An empty payload counts as delivered too.
    case delivered
    /// Bytes seen before, all of them; nothing new.
    case repeated
    /// Bytes beyond a gap, kept until it fills.
    case early
    /// Bytes beyond a gap that the buffer's limit refused.
    case refused
  }

  /// No segment is longer; hostile lengths are cut to it.
  private static let segmentLimit = 1 << 20

  /// The next byte expected; nil before the first segment.
  public private(set) var nextSequenceNumber: SequenceNumber?
  /// Bytes that were delivered or skipped so far; positions in the stream count from its start.
  private var position = 0
  /// Bytes that the capture cut off a segment end here.
  private var cutEnd = 0
  /// The peer acknowledged everything before it.
  private var acknowledgedEnd = 0
  private var waiting: EarlyBytes

  /// Bytes beyond a gap that did not fit into the buffer.
  public private(set) var refusedBytes = 0

  /// Keeps at most `bufferLimit` bytes that arrive before their turn, counted in the pages that they occupy.
  public init(bufferLimit: Int = 1 << 20) {
    waiting = EarlyBytes(pageLimit: max(bufferLimit, 0) / EarlyBytes.pageSize)
  }

  /// Bytes waiting behind a gap.
  public var bufferedBytes: Int { waiting.count }
  /// The memory that holds them; at most the limit, within a page.
  public var reservedBytes: Int { waiting.memory }
  /// Bytes missing between the next expected one and the first that waits; 0 where nothing waits.
  public var holeBytes: Int { waiting.first.map { $0 &- position } ?? 0 }

  /// Bytes that the peer acknowledged beyond the next expected one: on their way or lost to the capture. The number that
  /// a FIN takes counts too.
  public var unseenBytes: Int { max(0, acknowledgedEnd &- position) }

  /// Sets where the stream begins: the number behind the SYN's. Ignored once bytes have come.
  public mutating func start(at sequenceNumber: SequenceNumber) {
    if nextSequenceNumber == nil || position == 0 && waiting.count == 0 && cutEnd == 0 {
      nextSequenceNumber = sequenceNumber
    }
  }

  /// Takes a segment's payload. `payloadLength` is its length on the wire: where the capture cut bytes off, the missing
  /// tail counts as a gap. `deliver` gets bytes in order.
  public mutating func accept(
    _ payload: RawSpan, at sequenceNumber: SequenceNumber, payloadLength: Int, deliver: (RawSpan) -> Void
  ) -> Disposition {
    let captured = payload.byteCount
    let next = nextSequenceNumber ?? sequenceNumber
    if nextSequenceNumber == nil { nextSequenceNumber = next }
    guard captured > 0 || payloadLength > 0 else { return .delivered }
    let start = position &+ (sequenceNumber - next)
    let wireEnd = start &+ max(captured, min(payloadLength, Self.segmentLimit))
    let end = start &+ captured

    // The common case: what comes is what was expected, and nothing waits.
    if start == position, wireEnd == end, waiting.isEmpty {
      advance(captured)
      deliver(payload)
      return .delivered
    }
    guard wireEnd > position else { return .repeated }
    if start > position { return keep(payload, start: start, wireEnd: wireEnd) }

    let before = position
    deliverInOrder(payload, start: start, deliver)
    if position > before || wireEnd > max(cutEnd, end) {
      if wireEnd > end { cutEnd = max(cutEnd, wireEnd) }
      return .delivered
    }
    return .repeated
  }

  /// The peer acknowledged everything before `sequenceNumber`: bytes before it that never came were lost to the capture,
  /// not to the peer. Skips such a gap, says to `skip` how many bytes are missing, then delivers what waited.
  ///
  /// A gap is skipped only on proof that it is one: bytes that wait behind it, or a segment that the capture cut short.
  /// Where captures merge two directions an acknowledgment may come first and its bytes a moment later: until then
  /// ``unseenBytes`` tells.
  public mutating func acknowledge(
    upTo sequenceNumber: SequenceNumber, skip: (Int) -> Void, deliver: (RawSpan) -> Void
  ) {
    guard let next = nextSequenceNumber else { return }
    let acknowledged = position &+ (sequenceNumber - next)
    acknowledgedEnd = max(acknowledgedEnd, acknowledged)
    while position < acknowledged {
      guard let target = waiting.first ?? (cutEnd > position ? cutEnd : nil), target <= acknowledged else { return }
      if target > position {
        let missing = target &- position
        advance(missing)
        skip(missing)
      }
      deliverInOrder(RawSpan(), start: position, deliver)
    }
  }

  /// Keeps bytes that come before their turn.
  private mutating func keep(_ payload: RawSpan, start: Int, wireEnd: Int) -> Disposition {
    let result = waiting.insert(payload, at: start)
    refusedBytes &+= result.refused
    let isCutLonger = wireEnd > max(cutEnd, start &+ payload.byteCount)
    if isCutLonger { cutEnd = wireEnd }
    if result.added > 0 { return .early }
    if result.refused > 0 { return .refused }
    return isCutLonger ? .early : .repeated
  }

  /// Hands on everything that is in turn now, from the payload and from what waited.
  private mutating func deliverInOrder(_ payload: RawSpan, start: Int, _ deliver: (RawSpan) -> Void) {
    let end = start &+ payload.byteCount
    while true {
      let waited = waiting.deliver(from: position, deliver)
      if waited > 0 {
        advance(waited)
        continue
      }
      guard position < end else { return }
      let stop = min(end, waiting.first ?? end)
      let fresh = payload.extracting(position &- start..<stop &- start)
      advance(fresh.byteCount)
      deliver(fresh)
    }
  }

  private mutating func advance(_ count: Int) {
    position &+= count
    nextSequenceNumber = nextSequenceNumber.map { $0 + count }
  }
}
