import Glibc

/// Results on one descriptor, remarks and the status line on standard error, never in each other's way.
///
/// Results are gathered until ``flush()``. The status line is taken away before anything else is written and put back
/// after it. Once results cannot be written any more, they are dropped, and ``failure`` says why.
struct LiveScreen {
  /// The error number with which writing results failed: EPIPE where nobody reads any more (head, less).
  private(set) var failure: Int32?

  private let descriptor: Int32
  private var lines: WholeLines
  private let hasStatusLine: Bool
  private var pending: [UInt8] = []
  private var status = ""
  private var isStatusShown = false

  /// - Parameters:
  ///   - descriptor: where results go.
  ///   - wantsStatusLine: whether standard error shall show one where it is a terminal. It does not where results go
  ///     through a pipe: whatever reads them may write to the same terminal, into the middle of that line.
  init(descriptor: Int32, wantsStatusLine: Bool) {
    self.descriptor = descriptor
    lines = WholeLines(of: descriptor)
    hasStatusLine = wantsStatusLine && Terminal.isErrorTerminal && Terminal.canMoveCursor && !Self.isPipe(descriptor)
  }

  mutating func write(_ text: String) { pending.append(contentsOf: text.utf8) }
  mutating func write(_ bytes: [UInt8]) { pending.append(contentsOf: bytes) }

  mutating func flush() {
    guard !pending.isEmpty else { return }
    if failure == nil {
      hideStatus()
      var sent = 0
      failure = Self.send(pending, to: descriptor, sent: &sent)
      lines.note(pending.prefix(sent))
      if failure != nil { lines.cut() }
      showStatus()
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Looks whether somebody still reads the results: a capture without news would otherwise never learn that nobody does.
  mutating func checkReader() {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    guard failure == nil, unsafe poll(&state, 1, 0) == 1, state.revents & Int16(POLLERR) != 0 else { return }
    failure = EPIPE
  }

  /// A remark on standard error; results written before it come first.
  mutating func remark(_ text: String) {
    flush()
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

  /// Takes away the `^C` that a terminal shows for Ctrl-C.
  func hideEcho() {
    if Terminal.isErrorTerminal, Terminal.canMoveCursor { _ = Self.send(Array("\r\u{1b}[K".utf8), to: 2) }
  }

  private mutating func hideStatus() {
    guard isStatusShown else { return }
    isStatusShown = false
    _ = Self.send(Array("\r\u{1b}[K".utf8), to: 2)
  }

  private mutating func showStatus() {
    // In the background the terminal belongs to the shell.
    guard !status.isEmpty, !isStatusShown, tcgetpgrp(2) == getpgrp() else { return }
    isStatusShown = true
    // One cell stays free: a line that fills the terminal would wrap and could not be taken away.
    let room = max(Terminal.errorWidth - 1, 20)
    var text = status.prefix(room)
    // What does not fit is left out from comma to comma.
    if text.count < status.count, let comma = text.lastIndex(of: ",") { text = text[..<comma] }
    _ = Self.send(Array(text.utf8), to: 2)
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFIFO || status.st_mode & S_IFMT == S_IFSOCK
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var sent = 0
    return send(bytes, to: descriptor, sent: &sent)
  }

  /// Writes all bytes; returns the error that stopped it, with how many were written before.
  private static func send(_ bytes: [UInt8], to descriptor: Int32, sent: inout Int) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer -> Int32? in
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
