import Dispatch
import HandshakeModel

/// The threads of an analysis, each with its share of a capture, and what they hand to the thread that writes.
struct AnalysisCrew: Sendable {
  let lanes: [Lane]
  private let duties: BoundedQueue<Duty>

  /// What one thread takes on.
  private struct Duty: Sendable {
    let lane: Lane
    let number: Int
  }

  /// Each capture is divided so that as many threads as there are have work.
  init(_ feeds: [CaptureFeed], jobs: Int) {
    lanes = feeds.map { Lane($0, $0.division(threads: jobs / max(1, feeds.count))) }
    let all = lanes.flatMap { lane in (0..<lane.division.readers).map { Duty(lane: lane, number: $0) } }
    duties = BoundedQueue(limit: all.count)
    for duty in all { duties.add(duty) }
    duties.close()
  }

  func start(jobs: Int, _ choice: AnalysisChoice, _ progress: Progress) {
    let count = lanes.reduce(0) { $0 + $1.division.readers }
    for number in 0..<min(jobs, count) {
      DispatchQueue(label: "reader \(number)").async {
        var renderer = PortionRenderer(choice)
        // Threads that share a capture wait for each other. They take their duties in order and are at least as many as
        // any capture has shares, so that all of them come to it.
        while let duty = duties.take() { duty.lane.work(duty.number, &renderer, progress) }
      }
    }
  }
}

/// One capture's way through the threads.
struct Lane: Sendable {
  let feed: CaptureFeed
  let division: CaptureDivision
  /// From each reader to the thread that writes.
  let products: [BoundedQueue<CaptureProduct>]
  /// Buffers that were written out, on their way back.
  let buffers: [ReturnBox<[UInt8]>]
  private let colleagues: Colleagues

  /// So many portions of a reader wait until those before them are written; more would only fill memory.
  private static let portionsAhead = 6
  /// Connections that are handed on together.
  private static let portionSize = 16

  init(_ feed: CaptureFeed, _ division: CaptureDivision) {
    self.feed = feed
    self.division = division
    products = (0..<division.readers).map { _ in BoundedQueue(limit: Self.portionsAhead) }
    buffers = (0..<division.readers).map { _ in ReturnBox(limit: Self.portionsAhead) }
    colleagues = Colleagues(count: division.readers)
  }

  func work(_ number: Int, _ renderer: inout PortionRenderer, _ progress: Progress) {
    var analysis = ShareAnalysis(feed, number: number, colleagues: colleagues, progress: progress)
    let end = analysis.run(byteLimit: division.byteLimit) { stage, finished in
      var start = 0
      repeat {
        let range = start..<min(finished.count, start + Self.portionSize)
        var portion = renderer.render(
          &finished, in: range, capture: feed.path, into: buffers[number].take() ?? [])
        start = range.upperBound
        portion.stage = stage
        portion.endsStage = start == finished.count
        products[number].add(.portion(portion))
      } while start < finished.count
    }
    products[number].add(.end(end))
    products[number].close()
  }
}

/// What comes out of reading one capture, in order.
enum CaptureProduct: Sendable {
  case portion(RenderedPortion)
  case end(CaptureEnd)
}
