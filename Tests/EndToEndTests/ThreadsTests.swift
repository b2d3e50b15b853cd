import Dispatch
import Synchronization
import Testing

@testable import TlswhyCommand

/// What the threads of an analysis have between them.
@Suite struct ThreadsTests {
  @Test func aQueueHandsOnInOrderAndWaitsWhileItIsFull() async {
    let queue = BoundedQueue<Int>(limit: 3)
    let numbers = Task.detached {
      var taken: [Int] = []
      while let number = queue.take() { taken.append(number) }
      return taken
    }
    for number in 0..<1000 { queue.add(number) }
    queue.close()
    #expect(await numbers.value == Array(0..<1000))
    #expect(queue.take() == nil)
  }

  @Test func aQueueThatIsEmptyGivesNothingAndOneThatIsNotTheNext() {
    let queue = BoundedQueue<Int>(limit: 3)
    #expect(queue.takeIfAny() == nil)
    queue.add(1)
    queue.add(2)
    #expect(queue.takeIfAny() == 1)
    queue.close()
    #expect(queue.takeIfAny() == 2)
    #expect(queue.takeIfAny() == nil && queue.take() == nil)
  }

  @Test func whatIsLeftBehindCanBeTakenUpToALimit() {
    let box = BufferPool<Int>(limit: 2)
    for number in 1...3 { box.leave(number) }
    #expect(box.take() == 2)
    #expect(box.take() == 1)
    #expect(box.take() == nil)
  }

  @Test func threadsBeginTogether() async {
    let line = StartLine(threads: 5)
    let arrived = Mutex(0)
    let seen = AsyncStream<Int> { stream in
      for _ in 0..<5 {
        DispatchQueue(label: "runner").async {
          arrived.withLock { $0 += 1 }
          line.wait()
          stream.yield(arrived.withLock { $0 })
        }
      }
    }
    var counts: [Int] = []
    for await count in seen.prefix(5) { counts.append(count) }
    #expect(counts == [5, 5, 5, 5, 5])
  }

  @Test func threadsTellEachOtherWhereConnectionsBegan() {
    let openingExchange = OpeningExchange(count: 3)
    #expect(openingExchange.openings(for: 0, waiting: false) == nil)
    openingExchange.tell([7], from: 1)
    // Two others have to tell; what one told is kept until then.
    #expect(openingExchange.openings(for: 0, waiting: false) == nil)
    openingExchange.tell([5, 9], from: 2)
    #expect(openingExchange.openings(for: 0, waiting: false) == [[7], [5, 9]])
    openingExchange.tell([], from: 1)
    openingExchange.tellNoMore(from: 2)
    #expect(openingExchange.openings(for: 0, waiting: true) == [[], []])
  }

  @Test func nobodyWaitsToTellWithinTheStretchesThatThreadsMayBeAhead() {
    let openingExchange = OpeningExchange(count: 2)
    for _ in 0..<2 * (OpeningExchange.stretchesAhead + 1) { openingExchange.tell([], from: 0) }
    #expect(openingExchange.openings(for: 1, waiting: false) == [[]])
  }

  // MARK: Processors

  @Test func aSeatIsOneProcessorAndIsGivenBack() {
    let all = Processors.count
    sitDown(of: all) { #expect(Processors.count == 1) }
    #expect(Processors.count == all)
    // With more threads than processors, or fewer, the system knows better.
    sitDown(of: all + 1) { #expect(Processors.count == all) }
  }

  @Test func aSeatThatOthersWantIsGivenUp() {
    let all = Processors.count
    let isOver = Atomic(false)
    let done = DispatchSemaphore(value: 0)
    DispatchQueue(label: "other").async {
      self.sitDown(of: all) {
        while !isOver.load(ordering: .relaxed) {}
      }
      done.signal()
    }
    var seat = ProcessorSeat(thread: 0, of: all)
    let start = ContinuousClock.now
    while Processors.count < all, ContinuousClock.now - start < .seconds(20) { seat.leaveIfCrowded() }
    #expect(Processors.count == all)
    isOver.store(true, ordering: .relaxed)
    done.wait()
  }

  /// Does something in a seat on the first processor.
  private func sitDown(of threads: Int, _ body: () -> Void) {
    let seat = ProcessorSeat(thread: 0, of: threads)
    body()
    _ = consume seat
  }
}
