import ConnectionTracking
import Dispatch
import HandshakeModel
import Reporting
import Synchronization

/// Puts what several readers of one capture hand on into the order in which one reader would have written it, and
/// writes it.
///
/// It has no thread of its own: whoever hands something on writes all that can be written by then, unless another is
/// just doing so. A thread that did nothing else would have to be woken for each portion, and take a processor from a
/// reader each time.
final class OrderedMerger: Sendable {
  private let state: Mutex<State>
  /// What each reader has handed on and nobody has taken up yet.
  private let products: [BoundedQueue<CaptureProduct>]
  private let ended = DispatchSemaphore(value: 0)
  /// What was written, on its way back to each reader.
  private let written: [BufferPool<RenderedPortion>]
  private let isPrompt: Bool
  /// Where it all goes.
  private let output: @Sendable ([ArraySlice<UInt8>]) -> Void

  private struct State {
    /// Nil while somebody writes, and once all is written.
    var merging: OrderedMerging?
    /// What was written of other captures comes before this one.
    var isItsTurn = false
    /// Something was handed on since somebody began to write.
    var hasNews = false
    var outcome: Outcome?

    /// Hands all that is to be done over to a caller who can begin now.
    mutating func takeUp() -> OrderedMerging? {
      hasNews = true
      guard isItsTurn, let taken = merging.take() else { return nil }
      hasNews = false
      return taken
    }

    /// Takes back what a caller has finished with; false where there is news.
    mutating func takeBack(_ finished: inout OrderedMerging) -> Bool {
      guard !hasNews else {
        hasNews = false
        return false
      }
      var kept = OrderedMerging(readers: 0)
      swap(&kept, &finished)
      merging = kept
      return true
    }
  }

  /// What reading and writing the capture came to.
  struct Outcome: Sendable {
    var end: CaptureEnd
    var tally: CaptureTally
  }

  /// `portionsAhead` are the portions of a reader that may wait; more would only fill memory.
  init(
    readers: Int, portionsAhead: Int, isPrompt: Bool = false,
    output: @escaping @Sendable ([ArraySlice<UInt8>]) -> Void = { Output.write($0) }
  ) {
    (self.isPrompt, self.output) = (isPrompt, output)
    written = (0..<readers).map { _ in BufferPool(limit: portionsAhead) }
    products = (0..<readers).map { _ in BoundedQueue(limit: portionsAhead) }
    state = Mutex(State(merging: OrderedMerging(readers: readers)))
  }

  /// Takes what a reader has made; where too much of it waits already, so does the caller.
  func hand(_ product: CaptureProduct, from reader: Int) {
    products[reader].add(product)
    writeAllThatCanBe()
  }

  /// A portion that a reader handed on before, if any is free again.
  func sparePortion(of reader: Int) -> RenderedPortion? { written[reader].take() }

  /// It is the capture's turn: returns when all of it is written.
  func finish() -> Outcome? {
    state.withLock { $0.isItsTurn = true }
    writeAllThatCanBe()
    ended.wait()
    return state.withLock { $0.outcome.take() }
  }

  private func writeAllThatCanBe() {
    guard var merging = state.withLock({ $0.takeUp() }) else { return }
    repeat {
      merging.write(output) {
        products[$0].takeIfAny()
      } wrote: {
        written[$0].leave($1)
      }
      if isPrompt { Output.flush() }
      if let end = merging.end {
        let outcome = Outcome(end: end, tally: merging.settledTally)
        state.withLock { $0.outcome = outcome }
        ended.signal()
        return
      }
    } while !state.withLock { $0.takeBack(&merging) }
  }
}

/// How far the readers of a capture have come, and what is written of it.
private struct OrderedMerging: Sendable {
  private(set) var tally = CaptureTally()
  private var heads: [Head]
  private var quota = AttemptQuota()

  /// What a reader has handed on last.
  private struct Head {
    var portion = RenderedPortion()
    /// The piece that comes next.
    var next = 0
    var end: CaptureEnd?

    var isExhausted: Bool { next >= portion.pieces.count }

    /// Gives away what is written, all but its stage.
    mutating func takePortion() -> RenderedPortion {
      var taken = RenderedPortion()
      taken.nextStage = portion.nextStage
      swap(&taken, &portion)
      next = 0
      return taken
    }

    /// Goes on to what the reader handed on next.
    mutating func advance(_ product: CaptureProduct, _ tally: inout CaptureTally) {
      switch product {
      case .portion(let next):
        tally.count(next)
        (portion, self.next) = (next, 0)
      case .end(let end): self.end = end
      }
    }

    /// The stage that the next piece belongs to, if not a later one.
    var stage: Int { end != nil ? .max : isExhausted ? portion.nextStage : portion.pieces[next].stage }

    /// Whether this head must be seen to before the other one.
    func precedes(_ other: Head) -> Bool {
      if stage != other.stage { return stage < other.stage }
      if isExhausted || other.isExhausted { return isExhausted }
      return portion.pieces[next] < other.portion.pieces[other.next]
    }
  }

  init(readers: Int) { heads = (0..<readers).map { _ in Head() } }

  /// What reading the capture came to, once every reader has come to its end.
  var end: CaptureEnd? {
    guard heads.allSatisfy({ $0.end != nil }), var end = heads[0].end else { return nil }
    for head in heads.dropFirst() {
      if let statistics = head.end?.story.statistics { end.story.statistics.add(flowsOf: statistics) }
    }
    return end
  }

  /// What was counted, once every reader has come to its end.
  var settledTally: CaptureTally {
    var settled = tally
    settled.settle(quota)
    return settled
  }

  /// Pieces that are written together, at most.
  private static let piecesTogether = 64

  /// Writes until `take` has no more of a reader; gives back what is written.
  mutating func write(
    _ output: ([ArraySlice<UInt8>]) -> Void, take: (_ reader: Int) -> CaptureProduct?,
    wrote: (_ reader: Int, RenderedPortion) -> Void
  ) {
    var pieces: [ArraySlice<UInt8>] = []
    func flush() {
      if !pieces.isEmpty { output(pieces) }
      pieces.removeAll(keepingCapacity: true)
    }
    while true {
      var least = 0
      for other in heads.indices.dropFirst() where heads[other].precedes(heads[least]) { least = other }
      // Only a reader that is behind all others is waited for: others may wait for it too.
      if heads[least].end != nil { break }
      if heads[least].isExhausted {
        guard let product = take(least) else { break }
        heads[least].advance(product, &tally)
      } else if let attempt = heads[least].portion.pieces[heads[least].next].attempt, !quota.admits(attempt.server) {
        tally.attempts.add(attempt, as: quota.place(of: attempt.server))
        heads[least].next += 1
      } else {
        pieces.append(nextPieces(of: least))
        if pieces.count >= Self.piecesTogether { flush() }
      }
      if heads[least].isExhausted {
        flush()
        wrote(least, heads[least].takePortion())
      }
    }
    flush()
  }

  /// The reader's next piece and those that follow it before any other reader's, up to one that may not be told.
  private mutating func nextPieces(of reader: Int) -> ArraySlice<UInt8> {
    let first = heads[reader].next
    let start = first == 0 ? 0 : heads[reader].portion.pieces[first - 1].end
    repeat {
      heads[reader].next += 1
    } while !heads[reader].isExhausted && heads[reader].portion.pieces[heads[reader].next].attempt == nil
      && heads.indices.allSatisfy { $0 == reader || !heads[$0].precedes(heads[reader]) }
    let end = heads[reader].portion.pieces[heads[reader].next - 1].end
    return heads[reader].portion.writer.bytes[start..<end]
  }
}
