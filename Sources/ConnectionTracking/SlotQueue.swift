import HandshakeModel
import NetworkValues

/// First in, first out, without moving what waits.
struct Queue<Element> {
  private var elements: [Element] = []
  private var head = 0

  var count: Int { elements.count - head }
  var first: Element? { head < elements.count ? elements[head] : nil }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard let element = first else { return nil }
    head += 1
    if head > 1024, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}

/// A connection that waits in a queue. It may outlive the connection: a slot that was given out again holds one with
/// another index.
struct SlotEntry {
  var slot: Int
  var connection: Int
  /// When the entry was made, where that matters.
  var time = Timestamp(nanoseconds: 0)
}

typealias SlotQueue = Queue<SlotEntry>
