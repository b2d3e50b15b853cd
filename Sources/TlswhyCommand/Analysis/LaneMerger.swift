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
final class LaneMerger: Sendable {
  private let state: Mutex<State>
  /// So many portions of each reader may wait until those before them are written.
  private let room: [DispatchSemaphore]
  private let ended = DispatchSemaphore(value: 0)
  /// What was written, on its way back to each reader.
  private let written: [ReturnBox<RenderedPortion>]
  private let isPrompt: Bool
  /// Where it all goes.
  private let output: @Sendable ([ArraySlice<UInt8>]) -> Void

  private struct State {
    /// What each reader has handed on and nobody has taken up yet.
    var arrived: [[CaptureProduct]]
    /// Nil while somebody writes, and once all is written.
    var merging: LaneMerging?
    /// What was written of other captures comes before this one.
    var isItsTurn = false
    var outcome: Outcome?

    /// Hands over what arrived, and all that is to be done with it, to a caller who can begin now.
    mutating func takeUp() -> LaneMerging? {
      guard isItsTurn, var taken = merging.take() else { return nil }
      taken.take(&arrived)
      return taken
    }

    /// Takes back what a caller has finished with; false where something arrived meanwhile.
    mutating func takeBack(_ finished: inout LaneMerging) -> Bool {
      guard arrived.allSatisfy(\.isEmpty) else {
        finished.take(&arrived)
        return false
      }
      var kept = LaneMerging(readers: 0)
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
    written = (0..<readers).map { _ in ReturnBox(limit: portionsAhead) }
    state = Mutex(State(arrived: Array(repeating: [], count: readers), merging: LaneMerging(readers: readers)))
    room = (0..<readers).map { _ in
      let semaphore = DispatchSemaphore(value: 0)
      for _ in 0..<portionsAhead { semaphore.signal() }
      return semaphore
    }
  }

  /// Takes what a reader has made; where too much of it waits already, so does the caller.
  func hand(_ product: CaptureProduct, from reader: Int) {
    room[reader].wait()
    state.withLock { $0.arrived[reader].append(product) }
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
        room[$0].signal()
      } wrote: {
        written[$0].leave($1)
      }
      if isPrompt { Output.flush() }
      if let end = merging.end {
        let outcome = Outcome(end: end, tally: merging.tally)
        state.withLock { $0.outcome = outcome }
        ended.signal()
        return
      }
    } while !state.withLock { $0.takeBack(&merging) }
  }
}

/// How far the readers of a capture have come, and what is written of it.
private struct LaneMerging: Sendable {
  private(set) var tally = CaptureTally()
  private var heads: [Head]

  /// What a reader has handed on.
  private struct Head {
    /// What comes behind the portion.
    var waiting: [CaptureProduct] = []
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

  /// Takes what readers have handed on.
  mutating func take(_ arrived: inout [[CaptureProduct]]) {
    for reader in heads.indices where !arrived[reader].isEmpty {
      heads[reader].waiting += arrived[reader]
      arrived[reader].removeAll(keepingCapacity: true)
    }
  }

  /// What reading the capture came to, once every reader has come to its end.
  var end: CaptureEnd? {
    guard heads.allSatisfy({ $0.end != nil }), var end = heads[0].end else { return nil }
    for head in heads.dropFirst() {
      if let statistics = head.end?.story.statistics { end.story.statistics.add(flowsOf: statistics) }
    }
    return end
  }

  /// Pieces that are written together, at most.
  private static let piecesTogether = 64

  /// Writes until a reader has to hand on more. Says whose product it takes up, and gives back what is written.
  mutating func write(
    _ output: ([ArraySlice<UInt8>]) -> Void, took: (_ reader: Int) -> Void,
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
        guard advance(least) else { break }
        took(least)
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

  /// The reader's next piece and those that follow it before any other reader's.
  private mutating func nextPieces(of reader: Int) -> ArraySlice<UInt8> {
    let first = heads[reader].next
    let start = first == 0 ? 0 : heads[reader].portion.pieces[first - 1].end
    repeat {
      heads[reader].next += 1
    } while !heads[reader].isExhausted
      && heads.indices.allSatisfy { $0 == reader || !heads[$0].precedes(heads[reader]) }
    let end = heads[reader].portion.pieces[heads[reader].next - 1].end
    return heads[reader].portion.writer.bytes[start..<end]
  }

  /// Goes on to what the reader handed on next; false where there is nothing yet.
  private mutating func advance(_ reader: Int) -> Bool {
    guard !heads[reader].waiting.isEmpty else { return false }
    switch heads[reader].waiting.removeFirst() {
    case .portion(let portion):
      tally.count(portion)
      (heads[reader].portion, heads[reader].next) = (portion, 0)
    case .end(let end): heads[reader].end = end
    }
    return true
  }
}
