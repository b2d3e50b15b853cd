import Bytes
import ConnectionTracking
import HandshakeModel
import NetworkValues
import PacketCapture

/// One thread's work on a capture: it reads all frames, follows the flows of its shards, and writes what became of them.
///
/// A connection's number is its place among all connections of the capture in order of first frames. Threads therefore
/// tell each other, every few hundred frames, where connections began (`OpeningExchange`); until all have told, what was
/// finished meanwhile waits. Nothing else goes between them: what one thread made no other looks at or frees.
struct ShardAnalysis: ~Copyable {
  private let feed: CaptureFeed
  private let isAlone: Bool
  private let number: Int
  private let openingExchange: OpeningExchange
  private let progress: Progress
  private var reader: ShardReader
  private var numbers = ConnectionNumbers()
  private var waiting: [Stretch] = []
  private var stage = 0

  /// Some frames' worth of a capture.
  private struct Stretch {
    var openings: [ConnectionOpening]
    var finished: FinishedConnections
  }

  /// Frames after which threads exchange what they know: few enough that little waits, enough to make it cheap.
  private static let stretchFrames = 512
  /// Connections that a thread which is alone writes together.
  private static let portionSize = 16
  /// Connections that are ended together when the capture is over.
  private static let finalPortionSize = 64

  init(_ feed: CaptureFeed, number: Int, openingExchange: OpeningExchange, progress: Progress) {
    self.feed = feed
    self.number = number
    self.openingExchange = openingExchange
    self.progress = progress
    isAlone = openingExchange.count == 1
    reader = ShardReader(
      number: number, of: openingExchange.count, limits: TrackerLimits(memory: feed.memory), keyLog: feed.keys)
  }

  /// What takes connections that are finished, in order within themselves and from call to call. Stages grow.
  typealias Emitter = (_ stage: Int, _ finished: inout FinishedConnections) -> Void

  /// Reads the capture, or `file` as one of several, and calls `beforeWaiting` before it waits for another thread.
  mutating func run(file: SharedFile? = nil, emit: Emitter, beforeWaiting: () -> Void = {}) -> CaptureEnd {
    var end = CaptureEnd(story: CaptureStory(name: feed.path), wasOpened: false)
    // As much for one reader as for each of several: what is read must not depend on how many there are.
    let memory = feed.memory.divided(by: ShardReader.shardCount)
    do throws(CaptureError) {
      var source =
        if let file {
          try PacketSource(file, reader: number, filter: feed.filter, memory: memory)
        } else {
          try PacketSource(path: feed.path, filter: feed.filter, live: feed.live, memory: memory)
        }
      end.wasOpened = true
      end.error = readAll(of: &source, emit: emit, beforeWaiting: beforeWaiting)
      finish(emit: emit, beforeWaiting: beforeWaiting)
      end.story.statistics = reader.statistics
      end.story.statistics.droppedTextBytes = source.droppedTextBytes
      end.story.damage = end.error?.description
      end.story.lookups = reader.lookups
    } catch {
      // Who ends a pipe that has brought nothing yet knows that.
      if error.kind == .empty, feed.isPrompt, CaptureSignals.received != 0 {
        end.wasOpened = true
      } else {
        end.error = error
      }
    }
    return end
  }

  private mutating func readAll(
    of source: inout PacketSource, emit: Emitter, beforeWaiting: () -> Void
  ) -> CaptureError? {
    let limit = isAlone ? (feed.isPrompt ? 1 : Self.portionSize) : .max
    var clock = PipeClock()
    while true {
      do throws(CaptureError) {
        // One who is alone may end a stretch wherever it likes; others must do so at the same frames.
        let count = try reader.read(clock.isQuiet ? 1 : Self.stretchFrames, untilFinished: limit, from: &source)
        if number == 0 { progress.note(feed.path, source.bytesRead) }
        if count == 0 { return nil }
        if clock.isQuiet { clock.endQuiet(reader.statistics.lastTime) }
        if count == Self.stretchFrames || isAlone { endStretch(emit: emit, beforeWaiting: beforeWaiting) }
      } catch {
        progress.note(feed.path, source.bytesRead)
        guard error.kind == .quiet else { return error }
        clock.passInterval(bytesRead: source.bytesRead)
        let moment = clock.moment(reader.statistics, isInside: source.holdsPartOfRecord, now: Timestamp.now)
        look(moment, emit: emit)
      }
    }
  }

  /// Tells what has come to its point while a pipe, which has but one reader, brought nothing.
  private mutating func look(_ moment: PipeClock.Moment?, emit: Emitter) {
    endStretch(emit: emit, beforeWaiting: {})
    if let moment {
      reader.look(at: moment.time, PipeClock.timing, moment.scope)
      if reader.finishedCount > 0 { endStretch(emit: emit, beforeWaiting: {}) }
    }
    Output.leaveIfNobodyReads()
  }

  private mutating func endStretch(emit: Emitter, beforeWaiting: () -> Void) {
    let stretch = Stretch(openings: reader.takeOpenings(), finished: reader.takeFinished())
    openingExchange.tell(stretch.openings.map(\.place), from: number)
    waiting.append(stretch)
    settle(emit: emit, beforeWaiting: beforeWaiting)
  }

  /// Gives out the stretches of which every thread has told where connections began; waits for the others only where
  /// they have fallen far behind, or at the end.
  private mutating func settle(isEnd: Bool = false, emit: Emitter, beforeWaiting: () -> Void) {
    while !waiting.isEmpty {
      var others = openingExchange.openings(for: number, waiting: false)
      if others == nil, isEnd || waiting.count > OpeningExchange.stretchesAhead {
        beforeWaiting()
        others = openingExchange.openings(for: number, waiting: true)
      }
      guard let others else { return }
      var stretch = waiting.removeFirst()
      numbers.add(own: stretch.openings, others: others)
      give(&stretch.finished, emit: emit)
    }
  }

  private mutating func give(_ finished: inout FinishedConnections, emit: Emitter) {
    finished.number { numbers.take($0) }
    emit(stage, &finished)
    stage += 1
  }

  /// Ends what is open, in the order in which it began, some a time.
  private mutating func finish(emit: Emitter, beforeWaiting: () -> Void) {
    endStretch(emit: emit, beforeWaiting: beforeWaiting)
    openingExchange.tellNoMore(from: number)
    settle(isEnd: true, emit: emit, beforeWaiting: beforeWaiting)
    // Stretches differ in number where a file changed while it was read; what comes now must come last all the same.
    stage = max(stage, 1 << 40)
    let open = reader.openAtTheEnd().map { (number: numbers.of($0), shard: $0.shard) }.sorted { $0.number < $1.number }
    var next = 0
    var bound = 0
    while bound < numbers.count {
      bound += Self.finalPortionSize
      while next < open.count, open[next].number <= bound {
        reader.endNext(ofShard: open[next].shard)
        next += 1
      }
      var finished = reader.takeFinished()
      give(&finished, emit: emit)
    }
    reader.finish()
  }
}
