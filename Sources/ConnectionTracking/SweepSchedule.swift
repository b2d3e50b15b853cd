import NetworkValues

/// When a tracker looks at what it follows: at closed connections as they fall due, at quiet ones once a second of capture
/// time.
struct SweepSchedule {
  /// The time of the last sweep.
  private(set) var last = Timestamp(nanoseconds: .min)
  /// When something will want to be looked at, in nanoseconds.
  private(set) var next = Int64.min
  /// The frame of the last sweep: what a sweep may cost grows with the frames since.
  private var frame = 0
  /// Of the last packet; see ``ConnectionTracker/blockFrames``.
  private var block = -1

  /// Whether the clock was set back: that must not put everything off, nor may one that jumps to and fro cost a sweep a
  /// packet.
  @inline(__always)
  mutating func isSetBack(_ now: Timestamp, _ frame: Int) -> Bool {
    let isSetBack = frame / ConnectionTracker.blockFrames != block && now < last.advanced(by: -60_000_000_000)
    block = frame / ConnectionTracker.blockFrames
    return isSetBack
  }

  /// Begins a sweep where a second has passed, and says how many it may look at; nil where it is too early.
  mutating func begin(_ now: Timestamp, _ frame: Int, isSetBack: Bool) -> Int? {
    // Where times end, nothing is later: the second test alone would hold for each packet.
    guard isSetBack || last.nanoseconds == .min || now > last && now >= last.advanced(by: 1_000_000_000) else {
      return nil
    }
    last = now
    let frames = max(0, frame &- self.frame)
    self.frame = frame
    // A capture may jump by a second with each packet: each packet pays for some looks, and for no more.
    return 4 &+ frames.multipliedReportingOverflow(by: 4).partialValue
  }

  /// Plans the next look: in a second, or earlier where the first closed connection falls due.
  mutating func plan(closing: Timestamp?) {
    next = last.advanced(by: 1_000_000_000).nanoseconds
    if let closing { expect(closing) }
  }

  /// Something falls due then.
  mutating func expect(_ moment: Timestamp) { next = min(next, moment.nanoseconds) }
}
