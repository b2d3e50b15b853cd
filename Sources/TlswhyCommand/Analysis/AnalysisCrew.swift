import Dispatch
import HandshakeModel

/// The threads of an analysis, and what goes between them.
struct AnalysisCrew: Sendable {
  let lanes: [Lane]
  /// Portions that wait for a thread that renders.
  let work: BoundedQueue<Portion>
  /// Buffers that were written out.
  let buffers = ReturnBox<[UInt8]>(limit: 8)
  private let waitingLanes: BoundedQueue<Lane>

  /// So many portions of a capture wait until those before them are written; more would only fill memory.
  private static let portionsAhead = 8

  init(_ feeds: [CaptureFeed]) {
    lanes = feeds.map { Lane(feed: $0, products: BoundedQueue(limit: Self.portionsAhead)) }
    waitingLanes = BoundedQueue(limit: lanes.count)
    // Never full: the lanes bound what waits to be rendered.
    work = BoundedQueue(limit: lanes.count * (Self.portionsAhead + 1))
    for lane in lanes { waitingLanes.add(lane) }
    waitingLanes.close()
  }

  func start(readers: Int, jobs: Int, _ choice: AnalysisChoice, _ progress: Progress) {
    for number in 0..<readers {
      DispatchQueue(label: "reader \(number)").async {
        while let lane = waitingLanes.take() { lane.read(progress, work) }
      }
    }
    for number in 0..<max(1, jobs - readers) {
      DispatchQueue(label: "renderer \(number)").async {
        var renderer = PortionRenderer(choice)
        while let portion = work.take() {
          let connections = portion.render(with: &renderer, into: buffers.take() ?? [])
          portion.spent.leave(connections)
        }
      }
    }
  }
}

/// One capture's way through the threads.
struct Lane: Sendable {
  let feed: CaptureFeed
  let products: BoundedQueue<CaptureProduct>

  func read(_ progress: Progress, _ work: BoundedQueue<Portion>) {
    // Connections are freed by the thread that made them: allocators lock where threads free each other's memory.
    let spent = ReturnBox<[Connection]>(limit: 64)
    let end = feed.read(progress) { connections in
      _ = spent.takeAll()
      let portion = Portion(taking: &connections, capture: feed.path, spent: spent)
      products.add(.portion(portion))
      work.add(portion)
    }
    products.add(.end(end))
    products.close()
  }
}
