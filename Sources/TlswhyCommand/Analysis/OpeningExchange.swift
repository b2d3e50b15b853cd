import Synchronization

/// Where the threads that read one capture tell each other in which frames connections began, stretch by stretch.
final class OpeningExchange: Sendable {
  let count: Int
  /// From each thread to each: `[from * count + to]`; none to itself.
  private let queues: [BoundedQueue<[Int]>]
  /// What a thread has taken of a stretch that not all others have told of yet, by thread.
  private let gathered: Mutex<[[[Int]]]>

  /// Stretches that a thread may be ahead of another.
  static let stretchesAhead = 16

  init(count: Int) {
    self.count = count
    // Nobody may have to wait to tell, since others may wait for more than that. A thread is at most so many stretches
    // ahead of another, which has taken what belongs to all but as many of those behind it.
    queues = (0..<count * count).map { _ in BoundedQueue(limit: 2 * Self.stretchesAhead + 4) }
    gathered = Mutex(Array(repeating: [], count: count))
  }

  func tell(_ openings: [Int], from number: Int) {
    for other in 0..<count where other != number { queues[number * count + other].add(openings) }
  }

  /// The thread has reached the capture's end.
  func tellNoMore(from number: Int) {
    for other in 0..<count where other != number { queues[number * count + other].close() }
  }

  /// What all others told of the next stretch; nil where some have not got there, unless the caller waits.
  func openings(for number: Int, waiting: Bool) -> [[Int]]? {
    var lists = gathered.withLock { taken in
      var lists: [[Int]] = []
      swap(&lists, &taken[number])
      return lists
    }
    for other in (0..<count).filter({ $0 != number }).dropFirst(lists.count) {
      let queue = queues[other * count + number]
      // One that has reached the end has nothing to tell of what others still read.
      if waiting {
        lists.append(queue.take() ?? [])
      } else if let list = queue.takeIfAny() {
        lists.append(list)
      } else {
        break
      }
    }
    if lists.count == count - 1 { return lists }
    gathered.withLock { $0[number] = lists }
    return nil
  }
}
