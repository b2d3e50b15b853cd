import HandshakeModel
import Reporting

/// Puts what several readers of one capture hand on into the order in which one reader would have written it.
struct LaneMerger {
  private let lane: Lane
  private var heads: [Head]

  /// What a reader has handed on last.
  private struct Head {
    var portion = RenderedPortion()
    /// The piece that comes next.
    var next = 0
    var end: CaptureEnd?

    var isExhausted: Bool { next >= portion.pieces.count }
    /// The stage that the next piece belongs to, if not a later one.
    var stage: Int { end != nil ? .max : isExhausted ? portion.nextStage : portion.pieces[next].stage }

    /// Whether this head must be seen to before the other one.
    func precedes(_ other: Head) -> Bool {
      if stage != other.stage { return stage < other.stage }
      if isExhausted || other.isExhausted { return isExhausted }
      return portion.pieces[next] < other.portion.pieces[other.next]
    }
  }

  init(_ lane: Lane) {
    self.lane = lane
    heads = lane.products.map { _ in Head() }
  }

  /// Writes the capture's connections; returns what reading it came to.
  mutating func run(_ tally: inout CaptureTally) -> CaptureEnd? {
    while true {
      var least = 0
      for other in heads.indices.dropFirst() where heads[other].precedes(heads[least]) { least = other }
      // Only a reader that is behind all others is waited for: others may wait for it too.
      if heads[least].end != nil { break }
      if heads[least].isExhausted {
        advance(least, &tally)
      } else {
        write(least)
      }
    }
    var end = heads[0].end
    for head in heads.dropFirst() {
      if let statistics = head.end?.story.statistics { end?.story.statistics.add(flowsOf: statistics) }
    }
    return end
  }

  /// Writes the reader's next piece and those that follow it before any other reader's.
  private mutating func write(_ reader: Int) {
    let first = heads[reader].next
    let start = first == 0 ? 0 : heads[reader].portion.pieces[first - 1].end
    repeat {
      heads[reader].next += 1
    } while !heads[reader].isExhausted
      && heads.indices.allSatisfy { $0 == reader || !heads[$0].precedes(heads[reader]) }
    let end = heads[reader].portion.pieces[heads[reader].next - 1].end
    Output.write(heads[reader].portion.writer.bytes[start..<end])
  }

  /// Waits for what the reader hands on next.
  private mutating func advance(_ reader: Int, _ tally: inout CaptureTally) {
    let writer = heads[reader].portion.takeWriter()
    if !writer.bytes.isEmpty { lane.writers[reader].leave(writer) }
    if lane.feed.isPrompt { Output.flush() }
    switch lane.products[reader].take() {
    case .portion(let portion)?:
      tally.count(portion)
      (heads[reader].portion, heads[reader].next) = (portion, 0)
    case .end(let end)?: heads[reader].end = end
    case nil: heads[reader].end = CaptureEnd(story: CaptureStory(name: lane.feed.path), wasOpened: false)
    }
  }
}
