import ConnectionTracking
import Dispatch
import HandshakeModel
import Reporting

/// The threads of an analysis, each with its shard of a capture.
struct WorkerPool: Sendable {
  let lanes: [CaptureJob]
  private let workItems: BoundedQueue<WorkItem>

  /// What one thread takes on.
  private struct WorkItem: Sendable {
    let lane: CaptureJob
    let number: Int
  }

  /// Each capture is divided so that as many threads as there are have work.
  init(_ feeds: [CaptureFeed], jobs: Int) {
    lanes = feeds.map { CaptureJob($0, $0.division(threads: jobs / max(1, feeds.count))) }
    let all = lanes.flatMap { lane in (0..<lane.division.readers).map { WorkItem(lane: lane, number: $0) } }
    workItems = BoundedQueue(limit: all.count)
    for item in all { workItems.add(item) }
    workItems.close()
  }

  func start(jobs: Int, _ choice: AnalysisChoice, _ progress: Progress) {
    let count = lanes.reduce(0) { $0 + $1.division.readers }
    let threads = min(jobs, count)
    let start = StartLine(threads: threads)
    for number in 0..<threads {
      DispatchQueue(label: "reader \(number)").async {
        var seat = ProcessorSeat(thread: number, of: threads)
        // One that has not come to its processor yet may stand behind another's work.
        start.wait()
        Allocator.makeRoomForThread()
        var renderer = PortionRenderer(choice)
        // Threads that share a capture wait for each other. They take their workItems in order and are at least as many as
        // any capture has shards, so that all of them come to it.
        while let item = workItems.take() { item.lane.work(item.number, &renderer, &seat, progress) }
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
    merger = OrderedMerger(readers: division.readers, portionsAhead: Self.portionsAhead, isPrompt: feed.isPrompt)
    openingExchange = OpeningExchange(count: division.readers)
  }

  func work(
    _ number: Int, _ renderer: inout PortionRenderer, _ seat: inout ProcessorSeat, _ progress: Progress
  ) {
    var analysis = ShardAnalysis(feed, number: number, openingExchange: openingExchange, progress: progress)
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
      seat.leaveIfCrowded()
      portion.nextStage = stage
      for place in 0..<finished.count {
        renderer.render(&finished, in: place..<place + 1, stage: stage, capture: feed.path, into: &portion)
        if portion.writer.bytes.count >= Self.portionBytes { send() }
      }
      portion.nextStage = stage + 1
      if feed.isPrompt { send() }
    } beforeWaiting: {
      // Whoever waits for others must not keep back what is waited for.
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
