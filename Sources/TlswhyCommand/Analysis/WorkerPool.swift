import ConnectionTracking
import Dispatch
import HandshakeModel
import Reporting

/// The threads of an analysis, each of which reads shards of captures.
struct WorkerPool: Sendable {
  let captureJobs: [CaptureJob]
  private let workItems: BoundedQueue<WorkItem>

  /// What one thread takes on.
  private struct WorkItem: Sendable {
    let job: CaptureJob
    let number: Int
  }

  /// Each capture is divided so that as many threads as there are have work.
  init(_ feeds: [CaptureFeed], jobs: Int) {
    captureJobs = feeds.map { CaptureJob($0, $0.division(threads: jobs / max(1, feeds.count))) }
    let all = captureJobs.flatMap { job in (0..<job.division.readers).map { WorkItem(job: job, number: $0) } }
    workItems = BoundedQueue(limit: all.count)
    for item in all { workItems.add(item) }
    workItems.close()
  }

  func start(jobs: Int, _ choice: AnalysisChoice, _ progress: Progress) {
    let readers = captureJobs.reduce(0) { $0 + $1.division.readers }
    for number in 0..<min(jobs, readers) {
      DispatchQueue(label: "reader \(number)").async {
        Allocator.makeRoomForThread()
        var renderer = PortionRenderer(choice)
        // Readers of one capture wait for each other. Workers take items in order, and there are at least as many workers
        // as any capture has readers: each reader comes to its turn.
        while let item = workItems.take() { item.job.work(item.number, &renderer, progress) }
      }
    }
  }
}

/// One capture's way through the threads.
struct CaptureJob: Sendable {
  let feed: CaptureFeed
  let division: CaptureDivision
  let merger: OrderedMerger
  private let openingExchange: OpeningExchange

  /// So many portions of a reader wait until those before them are written; more would only fill memory.
  private static let portionsAhead = 8
  /// Bytes of output that are handed on together.
  private static let portionBytes = 1 << 16

  /// With room for what is handed on together and the connection that fills it, in most cases: memory that grows doubles.
  private static func newPortion() -> RenderedPortion { RenderedPortion(reservingCapacity: portionBytes + 1 << 15) }

  init(_ feed: CaptureFeed, _ division: CaptureDivision) {
    self.feed = feed
    self.division = division
    merger = OrderedMerger(readers: division.readers, portionsAhead: Self.portionsAhead, isPrompt: feed.isPrompt) {
      feed.heading?.write()
      Output.write($0)
    }
    openingExchange = OpeningExchange(count: division.readers)
  }

  func work(_ number: Int, _ renderer: inout PortionRenderer, _ progress: Progress) {
    var analysis = ShardAnalysis(feed, number: number, openingExchange: openingExchange, progress: progress)
    renderer.beginCapture()
    var portion = Self.newPortion()
    var sentStage = 0
    func send() {
      sentStage = portion.nextStage
      // Moved, not shared: memory that somebody else holds is not used again.
      var next = merger.sparePortion(of: number) ?? Self.newPortion()
      next.removeAll()
      next.nextStage = sentStage
      swap(&next, &portion)
      merger.hand(.portion(next), from: number)
    }
    let end = analysis.run(file: division.file) { stage, finished in
      portion.nextStage = stage
      for place in 0..<finished.count {
        renderer.render(&finished, in: place..<place + 1, stage: stage, capture: feed.path, into: &portion)
        if portion.writer.bytes.count >= Self.portionBytes { send() }
      }
      portion.nextStage = stage + 1
      if feed.isPrompt { send() }
    } beforeWaiting: {
      // Other readers may wait for what this one holds back: it hands that on before it waits itself.
      if portion.nextStage != sentStage { send() }
    }
    send()
    merger.hand(.end(end), from: number)
  }
}

/// What comes out of reading one capture, in order.
enum CaptureProduct: Sendable {
  case portion(RenderedPortion)
  case end(CaptureEnd)
}
