import ConnectionTracking
import Diagnosis
import Glibc
import HandshakeModel
import NetworkValues
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
    /// Packets are handed on at once, since somebody reads them as they come.
    var isPacketBuffered = false
    /// The interfaces and filter, for the summary's head.
    var name: String
  }

  private var capture: LiveCapture
  private var intake: RecordingReader
  private var reporter: LiveReporter
  private var screen: LiveScreen
  private let plan: Plan
  private let text: TextReport
  private let annotation: LiveAnnotation?
  private let metrics: MetricsFile?
  /// When the metrics were written last.
  private var lastMetrics: ContinuousClock.Instant?
  private var areMetricsMissing = false
  private let started = ContinuousClock.now
  private var lastTick = Timestamp(nanoseconds: 0)
  private var lastStatus = Timestamp(nanoseconds: 0)
  private var status = ExitStatus.success
  /// Interfaces that were down when last looked at.
  private var down: Set<String> = []
  private var errors = 0
  private var unresolved = UnresolvedWatch()

  /// Lookups are remembered for so long: what gave an address says that a name with a search domain behind it need not.
  private static let lookupMemory: Int64 = 30_000_000_000

  /// Stories are looked at this often.
  private static let tick: Int64 = 100_000_000
  private static let statusInterval: Int64 = 1_000_000_000
  /// Metrics are collected every fifteen seconds or less often.
  private static let metricsInterval = Duration.seconds(5)

  init(
    capture: consuming LiveCapture, file: consuming CaptureFile?, reporter: LiveReporter, screen: LiveScreen,
    plan: Plan, text: TextReport, annotation: LiveAnnotation? = nil, metrics: MetricsFile? = nil
  ) {
    (self.annotation, self.metrics) = (annotation, metrics)
    self.capture = capture
    intake = RecordingReader(
      file: file, reader: CaptureReader(limits: plan.limits), handshakesOnly: plan.handshakesOnly)
    self.reporter = reporter
    self.screen = screen
    self.plan = plan
    self.text = text
  }

  /// Captures until it is stopped, and says how the program shall end.
  mutating func run() -> ExitStatus {
    while !step() {}
    conclude()
    if let code = screen.failure, !Self.meansNobodyReads(code) {
      Output.complain("output cannot be written: \(SystemError.text(code))")
      return .inputUnreadable
    }
    // Who closed the pipe has read enough.
    if status != .success || screen.failure != nil { return status }
    // As of a file: a name counts where it kept everything from happening.
    let isStuck = reporter.tally.unresolved > 0 && reporter.tally.connections == 0
    return reporter.tally.failed > 0 || isStuck ? .found : .success
  }

  /// A closed pipe, or a terminal that has hung up.
  private static func meansNobodyReads(_ code: Int32) -> Bool {
    code == EPIPE || code == EIO && CaptureSignals.received == SIGHUP
  }

  /// Takes one event; true when the capture is over.
  private mutating func step() -> Bool {
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
      note(error)
      errors += 1
      // Each interface fails once; the others go on. More errors than that lead nowhere.
      return errors > capture.interfaces.count + 1
    }
    if let limit = plan.packetLimit, intake.reader.statistics.frames >= limit { return true }
    if now.nanoseconds &- lastTick.nanoseconds >= Self.tick || now < lastTick { tick(now) }
    return false
  }

  /// Tells what went wrong. Without its file the capture ends, after the packets that have arrived.
  private mutating func note(_ error: CaptureError) {
    screen.remark("tlswhy: \(error.description)")
    status = .inputUnreadable
    guard case .unwritable = error.kind else { return }
    intake.file = nil
    capture.stopper.stop()
  }

  private mutating func tick(_ now: Timestamp) {
    lastTick = now
    intake.reader.tracker.sweep(now: now)
    emit(now)
    reporter.release(now: now, on: &screen)
    screen.flush()
    screen.checkReader()
    if CaptureSignals.takeStatisticsRequest() {
      screen.remark(statusText + "\n" + Tally.drops(capture.statistics, captured: intake.reader.statistics.frames))
    }
    if now.nanoseconds &- lastStatus.nanoseconds >= Self.statusInterval || now < lastStatus { everySecond(now) }
    if plan.isPacketBuffered { flushFile() }
    let isOver = plan.duration.map { ContinuousClock.now - started >= $0.duration } ?? false
    if isOver || screen.failure != nil { capture.stopper.stop() }
  }

  private var statusText: String {
    reporter.tally.status(packets: intake.reader.statistics.frames, drops: kernelDrops())
  }

  private mutating func everySecond(_ now: Timestamp) {
    lastStatus = now
    tellUnresolvedNames(now)
    intake.reader.tracker.forgetLookups(before: Timestamp(nanoseconds: now.nanoseconds &- Self.lookupMemory))
    screen.show(status: statusText)
    flushFile()
    if lastMetrics.map({ ContinuousClock.now - $0 >= Self.metricsInterval }) ?? true { writeMetrics() }
    for interface in capture.interfaces where interface.name != "any" {
      let isDown = NetworkInterface.isUp(interface.name) == false
      if isDown, down.insert(interface.name).inserted {
        screen.remark("tlswhy: \(interface.name): the interface is down; capturing goes on when it is up again")
      } else if !isDown, down.remove(interface.name) != nil {
        screen.remark("tlswhy: \(interface.name): the interface is up again")
      }
    }
  }

  private mutating func flushFile() {
    do throws(CaptureError) {
      try intake.file?.flush()
    } catch {
      note(error)
    }
  }

  private mutating func emit(_ now: Timestamp) {
    guard !intake.reader.tracker.finished.isEmpty else { return }
    if intake.file != nil { reporter.files = intake.file?.files() ?? [] }
    for connection in intake.reader.tracker.takeFinished() {
      intake.reader.count(connection)
      let others = connection.outcome == .failed ? intake.reader.tracker.otherFamily(of: connection.server.address) : []
      reporter.report(connection, others: others, now: now, on: &screen)
    }
  }

  private mutating func tellUnresolvedNames(_ now: Timestamp, isOver: Bool = false) {
    let names = unresolved.news(of: intake.reader.tracker.lookups.lookups, now: now, isOver: isOver)
    guard !names.isEmpty else { return }
    if intake.file != nil { reporter.files = intake.file?.files() ?? [] }
    for name in names { reporter.report(name, on: &screen) }
  }

  private func kernelDrops() -> UInt64 { capture.statistics.reduce(0) { $0 &+ $1.droppedByKernel } }

  // MARK: The end

  private mutating func conclude() {
    screen.show(status: "")
    if CaptureSignals.received == SIGINT { screen.hideEcho() }
    finishFile()
    intake.reader.finish()
    emit(.now)
    tellUnresolvedNames(.now, isOver: true)
    reporter.release(now: Timestamp(nanoseconds: .max), on: &screen)
    screen.flush()
    annotate()
    writeMetrics()
    guard !plan.quiet, screen.failure == nil else { return }
    var story = CaptureStory(name: plan.name)
    story.statistics = intake.reader.statistics
    // What the report counts is what it has shown: connections without TLS are left out.
    story.statistics.established = reporter.tally.established
    story.statistics.failed = reporter.tally.failed
    story.statistics.incomplete = reporter.tally.incomplete
    screen.remark(
      text.summary(story, causes: reporter.tally.codes)
        + Tally.drops(capture.statistics, captured: intake.reader.statistics.frames))
    if reporter.tally.underWay > 0 {
      screen.remark("\(reporter.tally.underWay) TLS connections were open before the capture began")
    }
  }

  /// Replaces the file of metrics. Where that fails the capture goes on: the next time may do better.
  private mutating func writeMetrics() {
    guard let metrics else { return }
    lastMetrics = ContinuousClock.now
    var traffic = LiveMetrics.Traffic()
    let drops = capture.statistics.reduce(InterfaceStatistics(), +)
    (traffic.packets, traffic.bytes) = (intake.reader.statistics.frames, intake.reader.statistics.bytes)
    (traffic.droppedByKernel, traffic.droppedByInterface) = (drops.droppedByKernel, drops.droppedByInterface)
    let now = Timestamp.now.nanoseconds / 1_000_000_000
    do throws(CaptureError) {
      try metrics.write(reporter.metrics.text(traffic, version: ProgramVersion.text, now: now))
    } catch {
      // Told once, however often it fails.
      if !areMetricsMissing { screen.remark("tlswhy: \(error.description)") }
      areMetricsMissing = true
      status = .inputUnreadable
    }
  }

  /// Writes the file again, now that all verdicts are known.
  private mutating func annotate() {
    guard let annotation else { return }
    var counts = CaptureStatistics()
    counts.established = reporter.tally.established
    counts.failed = reporter.tally.failed
    counts.incomplete = reporter.tally.incomplete
    do throws(CaptureError) {
      try annotation.write(
        reporter.annotations, summary: CaptureAnnotations.summary(of: counts, causes: reporter.tally.codes))
    } catch {
      note(error)
    }
  }

  private mutating func finishFile() {
    do throws(CaptureError) {
      try intake.file?.finish(statistics: capture.statistics)
    } catch {
      screen.remark("tlswhy: \(error.description)")
      status = .inputUnreadable
    }
    reporter.files = intake.file?.files() ?? []
    intake.file = nil
  }
}
