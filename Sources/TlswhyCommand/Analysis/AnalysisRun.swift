import ConnectionTracking
import Diagnosis
import HandshakeModel
import NetworkValues
import PacketCapture
import Reporting

/// Analyses captures and writes what they hold, in order, with as many threads as it may.
///
///     reader: all frames, the flows of its shards ──bytes──►
///        ▲ where connections began ▼                          whoever hands on bytes: output in order
///     reader: all frames, the flows of its shards ──bytes──►
///
/// Whatever the number of threads, the output is the same: it is written in the order in which one thread would.
struct AnalysisRun {
  let choice: AnalysisChoice
  private(set) var failures = 0
  /// What all captures hold together.
  private(set) var total = GrandTotal()
  /// What stands beside frames in the capture that is written again.
  private(set) var annotations = CaptureAnnotations()
  /// How the run is to end where something could not be read.
  private(set) var complaint: ExitStatus?
  private let progress: Progress

  init(_ choice: AnalysisChoice, progress: Progress) {
    self.choice = choice
    self.progress = progress
  }

  mutating func read(_ feeds: [CaptureFeed], jobs: Int) {
    if jobs > 1 { readInThreads(feeds, jobs: jobs) } else { readAlone(feeds) }
    progress.end()
  }

  private mutating func readAlone(_ feeds: [CaptureFeed]) {
    var renderer = PortionRenderer(choice)
    var portion = RenderedPortion()
    for feed in feeds {
      renderer.beginCapture()
      var tally = CaptureTally()
      var analysis = ShardAnalysis(feed, number: 0, openingExchange: OpeningExchange(count: 1), progress: progress)
      let end = analysis.run(
        emit: { stage, connections in
          portion.removeAll()
          renderer.render(
            &connections, in: 0..<connections.count, stage: stage, capture: feed.path, into: &portion)
          tally.count(portion)
          if !portion.writer.bytes.isEmpty { feed.heading?.write() }
          Output.write(portion.writer.bytes)
          if feed.isPrompt { Output.flush() }
        })
      tally.settle(renderer.quota)
      guard finish(end, &tally, feed) else { return }
    }
  }

  private mutating func readInThreads(_ feeds: [CaptureFeed], jobs: Int) {
    let pool = WorkerPool(feeds, jobs: jobs)
    pool.start(jobs: jobs, choice, progress)
    for job in pool.captureJobs {
      guard var outcome = job.merger.finish(), finish(outcome.end, &outcome.tally, job.feed) else { return }
    }
  }

  /// Adds up one capture; false to stop, since the others would fail the same way.
  private mutating func finish(_ end: CaptureEnd, _ tally: inout CaptureTally, _ feed: CaptureFeed) -> Bool {
    failures += tally.failures
    var end = end
    end.story.statistics.add(connectionsOf: tally.counts)
    end.story.statistics.countedAttempts = tally.countedAttempts
    if end.wasOpened {
      if choice.writesSummary { feed.heading?.write() }
      tellCounted(end.story)
      failures += unresolvedNames(end.story, &tally.codes, feed)
      if choice.writesSummary { Output.write(choice.report.summary(of: end.story, causes: tally.codes)) }
      total.captures += 1
      total.counts.add(connectionsOf: tally.counts)
      total.causes.merge(tally.codes, uniquingKeysWith: +)
      total.servers.add(tally.servers)
      annotations.add(tally.annotations)
    }
    guard let error = end.error else { return true }
    Output.flush()
    Output.complain(error.description)
    complaint = error.isUsage ? .usage : complaint ?? .inputUnreadable
    return !error.isUsage
  }

  /// Names that did not resolve have no connection to stand in; they count as failures of the capture.
  private func unresolvedNames(
    _ story: CaptureStory, _ codes: inout [CauseCode: Int], _ feed: CaptureFeed
  ) -> Int {
    guard story.statistics.tlsConnections == 0, let cause = Diagnosis.unresolvedNames(in: story) else { return 0 }
    codes[cause.code, default: 0] += 1
    if let text = choice.report.failureWithoutConnection(cause, in: story) {
      feed.heading?.write()
      Output.write(text)
    } else {
      // There is no connection to write; the exit status wants a reason all the same.
      Output.flush()
      Output.complain("\(story.name): \(cause.title) (\(cause.code.rawValue))")
    }
    return 1
  }

  /// Attempts that were counted: in JSON a line for each server; the other formats tell them in the summary.
  private func tellCounted(_ story: CaptureStory) {
    let counted = story.statistics.countedAttempts
    guard !counted.isEmpty else { return }
    let lines = counted.map { choice.report.unanswered($0, capture: choice.namesCapture ? story.name : nil) }
    for case let line? in lines { Output.write(line) }
    if lines.contains(nil), !choice.writesSummary {
      Output.flush()
      let connections = counted.reduce(0) { $0 + $1.connections }
      Output.complain("\(story.name): \(connections) more connection attempts without answer are not told one by one")
    }
  }
}

/// What was written of one capture so far.
struct CaptureTally: Sendable {
  private(set) var failures = 0
  private(set) var counts = CaptureStatistics()
  var codes: [CauseCode: Int] = [:]
  private(set) var servers = ServerFailures()
  private(set) var annotations = CaptureAnnotations()
  /// Attempts that are not told one by one, by server.
  var attempts: [Endpoint?: UnansweredAttempts] = [:]

  /// The same in the order in which they began.
  var countedAttempts: [UnansweredAttempts] { attempts.values.sorted { $0.firstFrame < $1.firstFrame } }

  /// Counts those together whose servers whoever decided about all of the capture's attempts did not tell apart.
  mutating func settle(_ quota: AttemptQuota) {
    var settled: [Endpoint?: UnansweredAttempts] = [:]
    for attempts in attempts.values { settled.add(attempts, as: quota.place(of: attempts.server)) }
    attempts = settled
  }

  mutating func count(_ portion: RenderedPortion) {
    failures += portion.failures
    codes.merge(portion.codes, uniquingKeysWith: +)
    if !portion.servers.isEmpty { servers.add(portion.servers) }
    if !portion.annotations.isEmpty { annotations.add(portion.annotations) }
    counts.add(connectionsOf: portion.counts)
    for attempts in portion.attempts.values { self.attempts.add(attempts, as: attempts.server) }
  }
}
