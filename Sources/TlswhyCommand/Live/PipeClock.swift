import ConnectionTracking
import HandshakeModel
import NetworkValues

/// What time it is in a capture that comes through a pipe, while nothing comes.
///
/// Packets carry the time of the machine that captures, which need not be ours, and a pipe may bring an old file. So time is
/// the last packet's, and goes on only while the pipe is quiet. Silence is evidence only in a pipe that is seen to be live:
/// one that brings a file and stalls says nothing of what the file holds behind.
struct PipeClock {
  private let opened = ContinuousClock.now
  private var bytesRead = 0
  private var quiet = Duration.zero
  /// The last packet's time when the pipe fell quiet.
  private var lastBefore: Timestamp?
  /// Packets came in their own time: a quiet of the pipe was one between them.
  private var keepsTime = false
  /// After a quiet came a packet from before its end: somebody replays a file, and our clock says nothing.
  private var isReplay = false

  /// How often it is looked at what the pipe has brought.
  static let interval = Duration.seconds(1)
  /// Quiet after which a connection that was closed is told: nothing of it is on its way.
  private static let closedPatience = Duration.seconds(2)
  /// Quiet after which a story is told whose connection may go on.
  private static let openPatience = Duration.seconds(5)
  /// Times of packets may be so far ahead of ours: whoever captured them may have begun earlier. In a pipe that is further
  /// ahead somebody replays a file.
  private static let replayLead = Duration.seconds(30)
  /// A clock that is set by the network's differs less from ours, with the way that packets take.
  private static let clockError = Duration.seconds(5)
  /// What packets are late that come through a pipe.
  private static let latency = Duration.seconds(2)
  /// Shorter quiets do not show whether packets come in their own time.
  private static let tellingQuiet = Duration.seconds(3)

  struct Moment {
    var time: Timestamp
    var scope: LookScope
  }

  /// The pipe has been quiet, and brings what it is to bring next.
  var isQuiet: Bool { quiet > .zero }

  /// The bytes that have been read by now, after a time in which none came.
  mutating func passInterval(bytesRead: Int) {
    if bytesRead != self.bytesRead { quiet = .zero }
    self.bytesRead = bytesRead
    quiet += Self.interval
  }

  /// The first packet after a quiet has come, from `time`.
  mutating func endQuiet(_ time: Timestamp?) {
    defer { quiet = .zero }
    guard let lastBefore, let time else { return }
    let passed = Duration.nanoseconds(
      time.nanoseconds.subtractingReportingOverflow(lastBefore.nanoseconds).partialValue)
    if quiet >= Self.tellingQuiet { keepsTime = abs(passed - quiet) <= Self.latency }
    if passed < quiet - Self.latency { isReplay = true }
  }

  /// What time it is; nil where it is too early to tell anything.
  ///
  /// - Parameters:
  ///   - isInside: a part of a packet has come: more is on its way, and silence no evidence.
  ///   - now: the time of our clock.
  mutating func moment(
    _ statistics: CaptureStatistics, isInside: Bool, now: Timestamp
  ) -> Moment? {
    lastBefore = statistics.lastTime
    guard quiet >= Self.closedPatience, let first = statistics.firstTime, let last = statistics.lastTime else {
      return nil
    }
    let isLive = isLive(first, last, now)
    let passed = isLive && !isInside ? quiet : Self.closedPatience
    return Moment(
      time: Timestamp(nanoseconds: last.nanoseconds &+ passed.wholeNanoseconds),
      scope: !isLive ? .closed : quiet < Self.openPatience ? .closing : .all)
  }

  private func isLive(_ first: Timestamp, _ last: Timestamp, _ now: Timestamp) -> Bool {
    let span = Duration.nanoseconds(last.nanoseconds &- first.nanoseconds)
    guard !isReplay, span - (ContinuousClock.now - opened - quiet) <= Self.replayLead else { return false }
    let late = Duration.nanoseconds(now.nanoseconds.subtractingReportingOverflow(last.nanoseconds).partialValue) - quiet
    return keepsTime || abs(late) <= Self.clockError
  }

  /// When stories are told: as live, but later, since pipes are slower than a kernel's ring.
  static let timing: LiveTiming = {
    var timing = LiveTiming()
    timing.quiet = 1.5
    timing.longestQuiet = 1.5
    return timing
  }()
}

extension Duration {
  /// Those that fit.
  fileprivate var wholeNanoseconds: Int64 {
    components.seconds &* 1_000_000_000 &+ components.attoseconds / 1_000_000_000
  }
}

private func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }
