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
    // Portions that the writing thread took wait here too until a thread that renders passes over them.
    work = BoundedQueue(limit: lanes.count * (Self.portionsAhead + 1))
    for lane in lanes { waitingLanes.add(lane) }
    waitingLanes.close()
  }

  func start(readers: Int, jobs: Int, _ choice: AnalysisChoice, _ progress: Progress) {
    for number in 0..<readers {
      DispatchQueue(label: "reader \(number)").async {
        while let lane = waitingLanes.take() { lane.read(progress, work, sharesWork: jobs > readers + 1) }
      }
    }
    // The thread that writes renders too: what nobody has got to before its turn has come.
    for number in 0..<max(0, jobs - readers - 1) {
      DispatchQueue(label: "renderer \(number)").async {
        var renderer = PortionRenderer(choice)
        while let portion = work.take() {
          var buffer = buffers.take() ?? []
          if let result = portion.render(with: &renderer, into: &buffer) { portion.leave(result) }
        }
      }
    }
  }
}

/// One capture's way through the threads.
struct Lane: Sendable {
  let feed: CaptureFeed
  let products: BoundedQueue<CaptureProduct>

  func read(_ progress: Progress, _ work: BoundedQueue<Portion>, sharesWork: Bool) {
    // Connections are freed by the thread that made them: allocators lock where threads free each other's memory.
    let spent = ReturnBox<[Connection]>(limit: 64)
    let end = feed.read(progress) { connections in
      _ = spent.takeAll()
      let portion = Portion(taking: &connections, capture: feed.path, spent: spent)
      products.add(.portion(portion))
      if sharesWork { work.add(portion) }
    }
    products.add(.end(end))
    products.close()
  }
}
