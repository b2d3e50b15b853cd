import NetworkProtocols
import NetworkValues

/// The last packets of one end, to tell a packet that was captured twice from one that was sent twice: a router, a bridge
/// or a capture on all interfaces shows a packet once where it comes in and once where it goes out.
struct RecentPackets {
  /// What stays the same of a packet on its way, and what tells the way.
  private struct Trace {
    var content: UInt64 = 0
    /// In units of 2^20 ns, about a millisecond; it wraps.
    var time: UInt32 = 0
    var identification: UInt16 = 0
    var hopLimit: UInt8 = 0
  }

  private var traces = InlineArray<8, Trace>(repeating: Trace())
  private var next: UInt8 = 0

  /// A router keeps a packet no longer, in units of time.
  private static let transit: UInt32 = 10
  /// No sender repeats an identification so soon (RFC 6864 §4.2), in units of time.
  private static let identificationLife: UInt32 = 64
  /// Routers between two places of capture.
  private static let hops: UInt8 = 3

  /// Notes a segment; true where it is one of the last that were noted, captured once more.
  ///
  /// A sender that repeats a segment gives it a new identification and the same hop limit. Where there is no
  /// identification, only another hop limit shows a copy.
  @inline(__always)
  mutating func isCopy(_ packet: borrowing Packet, _ header: TCPHeader) -> Bool {
    var content = UInt64(header.sequenceNumber.rawValue) << 32 | UInt64(header.acknowledgmentNumber.rawValue)
    content ^=
      (UInt64(truncatingIfNeeded: packet.payloadLength) << 24 | UInt64(header.flags.rawValue) << 16
        | UInt64(header.window)) &* 0x9E37_79B9_7F4A_7C15
    return isCopy(of: content, packet, isReset: header.flags.contains(.rst))
  }

  @inline(__always)
  private mutating func isCopy(of content: UInt64, _ packet: borrowing Packet, isReset: Bool) -> Bool {
    let now = UInt32(truncatingIfNeeded: packet.timestamp.nanoseconds >> 20)
    let identification = packet.identification ?? 0
    for index in traces.indices where traces[index].content == content && traces[index].hopLimit > 0 {
      let trace = traces[index]
      guard trace.identification == identification else { continue }
      let age = now &- trace.time
      if identification != 0, age <= Self.identificationLife { return true }
      guard age <= Self.transit, trace.hopLimit != packet.hopLimit else { continue }
      // A reset with another hop limit may be forged: on its way a packet's only falls.
      if !isReset || (1...Self.hops).contains(trace.hopLimit &- packet.hopLimit) { return true }
    }
    traces[Int(next)] = Trace(
      content: content, time: now, identification: identification, hopLimit: packet.hopLimit)
    next = (next &+ 1) & 7
    return false
  }
}
