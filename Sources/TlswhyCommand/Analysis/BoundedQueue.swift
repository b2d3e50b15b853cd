import Dispatch
import Synchronization

/// A queue between threads, first in, first out. Whoever adds waits while it is full; whoever takes waits while it is
/// empty.
final class BoundedQueue<Element: Sendable>: Sendable {
  private struct State {
    /// Nil where one was taken.
    var elements: [Element?] = []
    var head = 0
    var isClosed = false

    var hasAny: Bool { head < elements.count }
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: 0)

  init(limit: Int) {
    for _ in 0..<max(limit, 1) { room.signal() }
  }

  func add(_ element: Element) {
    room.wait()
    state.withLock { $0.elements.append(element) }
    filled.signal()
  }

  /// Nothing more will be added: whoever takes gets what is left, then nil.
  func close() {
    state.withLock { $0.isClosed = true }
    filled.signal()
  }

  /// The next element; nil once the queue is closed and empty.
  func take() -> Element? {
    filled.wait()
    return takeFilled()
  }

  /// The next element if there is one now; for a queue that only the caller takes from. (To wait until now is to sleep
  /// for a moment: the semaphore is asked only where it has something.)
  func takeIfAny() -> Element? { state.withLock(\.hasAny) ? take() : nil }

  private func takeFilled() -> Element? {
    let element: Element? = state.withLock { state in
      guard state.hasAny else { return nil }
      let element = state.elements[state.head].take()
      state.head += 1
      if state.head == state.elements.count {
        state.elements.removeAll(keepingCapacity: true)
        state.head = 0
      } else if state.head >= 64 {
        state.elements.removeFirst(state.head)
        state.head = 0
      }
      return element
    }
    if element != nil {
      room.signal()
    } else {
      // Closed: the next one who waits must learn it too.
      filled.signal()
    }
    return element
  }
}
