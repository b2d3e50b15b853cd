import Dispatch
import HandshakeModel
import PacketCapture
import Synchronization

/// Some finished connections on their way to becoming output, in whichever thread has time for them.
final class Portion: Sendable {
  private let connections: Mutex<[Connection]>
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

  /// Takes the connections out and leaves the result, written into `buffer`; returns the connections.
  func render(with renderer: inout PortionRenderer, into buffer: [UInt8]) -> [Connection] {
    var taken = connections.withLock { connections in
      var taken: [Connection] = []
      swap(&taken, &connections)
      return taken
    }
    let result = renderer.render(&taken, capture: capture, into: buffer)
    rendered.withLock { $0 = result }
    isRendered.signal()
    return taken
  }

  /// Waits for the result.
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
