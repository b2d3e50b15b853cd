import Synchronization

/// Where one thread leaves what another can use again, or has to free: memory is cheapest to free where it was allocated.
final class BufferPool<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Leaves an element; beyond the limit it is dropped here.
  func leave(_ element: consuming Element) {
    let element = element
    elements.withLock { if $0.count < limit { $0.append(element) } }
  }

  /// Takes one element out, if any was left.
  func take() -> Element? { elements.withLock { $0.popLast() } }
}
