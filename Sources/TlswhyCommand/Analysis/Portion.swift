import Dispatch
import HandshakeModel
import PacketCapture
import Synchronization

/// Some finished connections on their way to becoming output, in whichever thread gets to them first.
final class Portion: Sendable {
  /// Nil once a thread has taken them.
  private let connections: Mutex<[Connection]?>
  private let rendered = Mutex<RenderedPortion?>(nil)
  private let isRendered = DispatchSemaphore(value: 0)
  /// The capture that they come from.
  let capture: String
  /// Where the connections go once they are rendered.
  let spent: ReturnBox<[Connection]>

  /// Takes the connections over: memory that two hold is copied as soon as one changes it.
  init(taking connections: inout [Connection], capture: String, spent: ReturnBox<[Connection]>) {
    var taken: [Connection] = []
    swap(&taken, &connections)
    self.connections = Mutex(taken)
    self.capture = capture
    self.spent = spent
  }

  /// Writes the connections into `buffer`, unless another thread has taken them; nil then.
  func render(with renderer: inout PortionRenderer, into buffer: inout [UInt8]) -> RenderedPortion? {
    let taken = connections.withLock { $0.take() }
    guard var taken else { return nil }
    var spare: [UInt8] = []
    swap(&spare, &buffer)
    let result = renderer.render(&taken, capture: capture, into: spare)
    spent.leave(taken)
    return result
  }

  /// Leaves the result for the thread that waits for it.
  func leave(_ result: RenderedPortion) {
    rendered.withLock { $0 = result }
    isRendered.signal()
  }

  /// Waits for the result that another thread leaves.
  func result() -> RenderedPortion {
    isRendered.wait()
    return rendered.withLock { $0.take() } ?? RenderedPortion()
  }
}

/// What reading one capture came to, besides its connections.
struct CaptureEnd: Sendable {
  /// Statistics and lookups; no connections.
  var story: CaptureStory
  /// What ended the reading early.
  var error: CaptureError?
  /// Nothing could be read.
  var wasOpened: Bool
}

/// What comes out of reading one capture, in order.
enum CaptureProduct: Sendable {
  case portion(Portion)
  case end(CaptureEnd)
}
