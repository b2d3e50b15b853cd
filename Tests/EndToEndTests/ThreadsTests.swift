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
}
