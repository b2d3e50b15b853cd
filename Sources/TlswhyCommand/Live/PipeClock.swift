import HandshakeModel
import PacketCapture

/// What time it is in a capture that comes through a pipe, while nothing comes.
///
/// Packets carry the time of the machine that captures, which need not be ours, and a pipe may bring an old file. So time is
/// the last packet's, and goes on only while the pipe is quiet.
struct PipeClock {
  private let opened = ContinuousClock.now
  private var bytesRead = 0
  private var quiet = Duration.zero

  /// How often it is looked at what the pipe has brought.
  static let interval = Duration.seconds(1)
  /// Quiet after which a connection that was closed is told: nothing of it is on its way.
  private static let closedPatience = Duration.seconds(2)
  /// Quiet after which a story is told whose connection may go on.
  private static let openPatience = Duration.seconds(5)
  /// Times of packets may be so far ahead of ours: whoever captured them may have begun earlier. In a pipe that is further
  /// ahead somebody replays a file, and that it stalls says nothing of what the file holds behind.
  private static let replayLead = Duration.seconds(30)

  struct Moment {
    var time: Timestamp
    /// Only what was closed has come to its point.
    var closedOnly: Bool
  }

  /// The bytes that have been read by now, after a time in which none came.
  mutating func passInterval(bytesRead: Int) {
    if bytesRead != self.bytesRead { quiet = .zero }
    self.bytesRead = bytesRead
    quiet += Self.interval
  }

  /// What time it is; nil where it is too early to tell anything.
  ///
  /// - Parameter isInside: a part of a packet has come: more is on its way, and silence no evidence.
  func moment(_ statistics: HandshakeModel.CaptureStatistics, isInside: Bool) -> Moment? {
    guard quiet >= Self.closedPatience, let first = statistics.firstTime, let last = statistics.lastTime else {
      return nil
    }
    let span = Duration.nanoseconds(last.nanoseconds &- first.nanoseconds)
    let isReplay = span - (ContinuousClock.now - opened - quiet) > Self.replayLead
    let passed = isReplay || isInside ? Self.closedPatience : quiet
    return Moment(
      time: Timestamp(nanoseconds: last.nanoseconds &+ passed.wholeNanoseconds),
      closedOnly: isReplay || quiet < Self.openPatience)
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
