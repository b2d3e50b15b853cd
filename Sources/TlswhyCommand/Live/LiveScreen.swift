import Glibc

/// Results on one descriptor, remarks and the status line on standard error, never in each other's way.
///
/// Results are gathered until ``flush()``. The status line is taken away before anything else is written and put back
/// after it.
struct LiveScreen {
  /// Standard output was closed by its reader, or cannot take any more.
  struct OutputError: Error {
    var code: Int32
    /// Nobody reads any more (head, less): that is no failure.
    var isClosedPipe: Bool { code == EPIPE }
  }

  private let descriptor: Int32
  private let hasStatusLine: Bool
  private var pending: [UInt8] = []
  private var status = ""
  private var isStatusShown = false

  /// - Parameters:
  ///   - descriptor: where results go.
  ///   - hasStatusLine: whether standard error is a terminal that shall show one.
  init(descriptor: Int32, hasStatusLine: Bool) {
    self.descriptor = descriptor
    self.hasStatusLine = hasStatusLine
  }

  mutating func write(_ text: String) { pending.append(contentsOf: text.utf8) }
  mutating func write(_ bytes: [UInt8]) { pending.append(contentsOf: bytes) }

  mutating func flush() throws(OutputError) {
    guard !pending.isEmpty else { return }
    hideStatus()
    let code = Self.send(pending, to: descriptor)
    pending.removeAll(keepingCapacity: true)
    if let code { throw OutputError(code: code) }
    showStatus()
  }

  /// A remark on standard error; results written before it come first.
  mutating func remark(_ text: String) throws(OutputError) {
    try flush()
    hideStatus()
    _ = Self.send(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: 2)
    showStatus()
  }

  /// Replaces the status line; an empty one takes it away.
  mutating func show(status text: String) {
    guard hasStatusLine, text != status else { return }
    hideStatus()
    status = text
    showStatus()
  }

  private mutating func hideStatus() {
    guard isStatusShown else { return }
    isStatusShown = false
    _ = Self.send(Array("\r\u{1b}[K".utf8), to: 2)
  }

  private mutating func showStatus() {
    guard !status.isEmpty, !isStatusShown else { return }
    isStatusShown = true
    // One cell stays free: a line that fills the terminal would wrap and could not be taken away.
    _ = Self.send(Array(status.prefix(max(Terminal.errorWidth - 1, 20)).utf8), to: 2)
  }

  /// Writes all bytes; returns the error that stopped it.
  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer -> Int32? in
      var sent = 0
      while sent < buffer.count {
        guard let base = buffer.baseAddress else { return nil }
        let count = unsafe Glibc.write(descriptor, base + sent, buffer.count - sent)
        if count >= 0 {
          sent += count
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&wait, 1, 1000)
        case let code: return code
        }
      }
      return nil
    }
  }
}
