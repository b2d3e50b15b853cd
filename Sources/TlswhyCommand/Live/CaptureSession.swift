import Diagnosis
import Glibc
import HandshakeModel
import PacketCapture
import Reporting

/// One live capture from its first packet to its summary.
struct CaptureSession: ~Copyable {
  struct Plan {
    var limits: TrackerLimits
    var packetLimit: Int?
    var duration: TimeSpan?
    var handshakesOnly = false
    var quiet = false
    /// The interfaces and filter, for the summary's head.
    var name: String
  }

  private var capture: LiveCapture
  private var intake: FrameIntake
  private var reporter: LiveReporter
  private var screen: LiveScreen
  private let plan: Plan
  private let text: TextReport
  private let started = Timestamp.now
  private var lastTick = Timestamp(nanoseconds: 0)
  private var lastStatus = Timestamp(nanoseconds: 0)
  private var drops: UInt64 = 0
  private var status = ExitStatus.success

  /// Stories are looked at this often.
  private static let tick: Int64 = 100_000_000
  private static let statusInterval: Int64 = 1_000_000_000

  init(
    capture: consuming LiveCapture, file: consuming CaptureFile?, reporter: LiveReporter, screen: LiveScreen,
    plan: Plan,
    text: TextReport
  ) {
    self.capture = capture
    intake = FrameIntake(file: file, reader: CaptureReader(limits: plan.limits), handshakesOnly: plan.handshakesOnly)
    self.reporter = reporter
    self.screen = screen
    self.plan = plan
    self.text = text
  }

  /// Captures until it is stopped, and says how the program shall end.
  mutating func run() -> ExitStatus {
    do throws(LiveScreen.OutputError) {
      var isOver = false
      while !isOver { isOver = try step() }
      try conclude()
    } catch {
      finishFile()
      // Who closed the pipe has read enough.
      if error.isClosedPipe { return status == .success ? .success : status }
      Output.complain("output cannot be written: \(SystemError.text(error.code))")
      return .inputUnreadable
    }
    if status != .success { return status }
    return reporter.tally.failed > 0 ? .found : .success
  }

  /// Takes one event; true when the capture is over.
  private mutating func step() throws(LiveScreen.OutputError) -> Bool {
    var now: Timestamp
    do throws(CaptureError) {
      switch try capture.next(timeout: .nanoseconds(Self.tick)) {
      case .frame(let frame):
        now = frame.timestamp
        try intake.receive(frame)
      case .idle: now = .now
      case .ended: return true
      }
    } catch {
      try screen.remark("tlswhy: \(error.description)")
      status = .inputUnreadable
      // A lost interface leaves the others; a file that cannot be written leaves nothing to do.
      if case .unwritable = error.kind { return true }
      return false
    }
    if let limit = plan.packetLimit, intake.reader.statistics.frames >= limit { return true }
    if now.nanoseconds &- lastTick.nanoseconds >= Self.tick || now < lastTick { try tick(now) }
    return false
  }

  private mutating func tick(_ now: Timestamp) throws(LiveScreen.OutputError) {
    lastTick = now
    intake.reader.tracker.sweep(now: now)
    emit(now)
    reporter.release(now: now, on: &screen)
    try screen.flush()
    if CaptureSignals.takeStatisticsRequest() {
      try screen.remark(
        "\(reporter.tally.status(packets: intake.reader.statistics.frames, drops: kernelDrops()))\n"
          + Tally.drops(capture.statistics, captured: intake.reader.statistics.frames))
    }
    if now.nanoseconds &- lastStatus.nanoseconds >= Self.statusInterval || now < lastStatus { try everySecond(now) }
    if let duration = plan.duration, now.seconds(since: started) >= duration.seconds { capture.stopper.stop() }
  }

  private mutating func everySecond(_ now: Timestamp) throws(LiveScreen.OutputError) {
    lastStatus = now
    screen.show(status: reporter.tally.status(packets: intake.reader.statistics.frames, drops: kernelDrops()))
    do throws(CaptureError) {
      try intake.file?.flush()
    } catch {
      try screen.remark("tlswhy: \(error.description)")
      status = .inputUnreadable
      intake.file = nil
      capture.stopper.stop()
    }
  }

  private mutating func emit(_ now: Timestamp) {
    guard !intake.reader.tracker.finished.isEmpty else { return }
    let finished = intake.reader.tracker.finished
    intake.reader.tracker.finished.removeAll(keepingCapacity: true)
    for connection in finished {
      intake.reader.count(connection)
      reporter.report(connection, now: now, on: &screen)
    }
  }

  private func kernelDrops() -> UInt64 { capture.statistics.reduce(0) { $0 &+ $1.droppedByKernel } }

  // MARK: The end

  private mutating func conclude() throws(LiveScreen.OutputError) {
    screen.show(status: "")
    finishFile()
    intake.reader.finish()
    emit(.now)
    reporter.release(now: Timestamp(nanoseconds: .max), on: &screen)
    try screen.flush()
    guard !plan.quiet else { return }
    var story = CaptureStory(name: plan.name)
    story.statistics = intake.reader.statistics
    // What the report counts is what it has shown: connections without TLS are left out.
    story.statistics.established = reporter.tally.established
    story.statistics.failed = reporter.tally.failed
    story.statistics.incomplete = reporter.tally.incomplete
    try screen.remark(
      text.summary(story, causes: reporter.tally.codes)
        + Tally.drops(capture.statistics, captured: intake.reader.statistics.frames))
    if reporter.tally.underWay > 0 {
      try screen.remark("\(reporter.tally.underWay) TLS connections were open before the capture began")
    }
  }

  private mutating func finishFile() {
    do throws(CaptureError) {
      try intake.file?.finish(statistics: capture.statistics)
    } catch {
      // The reason was told when the first write failed.
      if status == .success { Output.complain(error.description) }
      status = .inputUnreadable
    }
    intake.file = nil
  }
}
