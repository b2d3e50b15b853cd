import PacketCapture
import Reporting
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error: buffered writes to descriptors, and a quiet end when the reader has left.
enum Output {
  private struct State {
    var buffer: [UInt8] = []
    var descriptor: Int32 = 1
    var lines = WholeLines(of: 1)
    /// The file still holds what was in it before: it is emptied when there is something to write, not when it is opened.
    var holdsOldContents = false
    /// A line on standard error that stands there for a moment.
    var isStatusShown = false
  }

  private static let state = Mutex(State())
  private static let limit = 64 * 1024
  /// Fewer bytes are collected: a file system takes longer over a small piece than copying it does. Of more a copy would
  /// cost as much.
  private static let collected = 32 * 1024

  /// Sends what follows to a file instead of standard output. None of the inputs may be that file.
  static func redirect(to path: String, inputs: [String]) throws(Failure) {
    let descriptor = try openForReport(path)
    // Asked of the open file: by whatever path, link or redirection it is an input, it is one file.
    guard !isInput(descriptor, inputs) else {
      close(descriptor)
      throw Failure(.usage, "\(path): is an input too; write to another file")
    }
    state.withLock { state in
      state.descriptor = descriptor
      state.lines = WholeLines(of: descriptor)
      state.holdsOldContents = SystemFile.isRegular(path) && InheritedDescriptor.named(by: path) == nil
    }
  }

  private static func openForReport(_ path: String) throws(Failure) -> Int32 {
    do throws(CaptureError) {
      return try OutputPath.openAsItIs(path, for: .report, owner: .invokingSudo)
    } catch {
      throw Failure(.inputUnreadable, error.description)
    }
  }

  /// Refuses to write where the shell has sent standard output or standard error into a file that is read.
  static func requireNoInput(_ inputs: [String]) throws(Failure) {
    if isInput(2, inputs), dup2(isInput(1, inputs) ? unsafe open("/dev/null", O_WRONLY) : 1, 2) == 2 {
      throw Failure(.usage, "standard error goes into a file that is an input too; send it to another file")
    }
    if isInput(1, inputs) {
      throw Failure(.usage, "standard output goes into a file that is an input too; send it to another file")
    }
  }

  private static func isInput(_ descriptor: Int32, _ inputs: [String]) -> Bool {
    guard let identity = SystemFile.identity(descriptor: descriptor) else { return false }
    return inputs.contains { SystemFile.identity($0) == identity }
  }

  /// The run has come to its end: a file that nothing was written to is left empty.
  static func finish() {
    state.withLock { state in
      forgetOldContents(&state)
      drain(&state)
    }
  }

  private static func forgetOldContents(_ state: inout State) {
    guard state.holdsOldContents else { return }
    state.holdsOldContents = false
    _ = ftruncate(state.descriptor, 0)
  }

  static func write(_ text: String) {
    state.withLock { state in
      state.buffer.append(contentsOf: text.utf8)
      if state.buffer.count >= limit { drain(&state) }
    }
  }

  static func write(_ bytes: [UInt8]) { write(bytes[...]) }

  static func write(_ bytes: ArraySlice<UInt8>) {
    state.withLock { state in
      guard bytes.count < collected else {
        drain(&state)
        return send(bytes, &state)
      }
      state.buffer.append(contentsOf: bytes)
      if state.buffer.count >= limit { drain(&state) }
    }
  }

  /// Writes pieces that lie in different places, one behind the other.
  static func write(_ pieces: [ArraySlice<UInt8>]) {
    guard pieces.count > 1, pieces.reduce(0, { $0 + $1.count }) >= collected else {
      return pieces.forEach { write($0) }
    }
    state.withLock { state in
      drain(&state)
      prepare(&state)
      settle(send(pieces, &state), state)
    }
  }

  static func flush() {
    state.withLock { drain(&$0) }
  }

  /// One line on standard error, under the program's name. It may quote a file's name or words from a file: they are
  /// escaped.
  static func complain(_ message: String) { complain(lines: "tlswhy: \(message.escapedForDisplay)") }

  /// Lines on standard error as they are laid out, what they quote escaped.
  static func complain(lines message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapedForDisplay }
    let text = lines.joined(separator: "\n")
    state.withLock { state in
      hideStatus(&state)
      say(text.hasSuffix("\n") ? text : text + "\n")
    }
  }

  /// Puts a passing line on standard error, in place of the one before; an empty one takes it away. Whatever else is
  /// written takes it away too.
  static func show(status: String) {
    // One cell stays free: a line that fills the terminal would wrap and could not be taken away.
    let line = String(status.escapedForDisplay.prefix(max(Terminal.errorWidth - 1, 20)))
    state.withLock { state in
      guard state.isStatusShown || !line.isEmpty else { return }
      say("\r\u{1b}[K\(line)")
      state.isStatusShown = !line.isEmpty
    }
  }

  private static func hideStatus(_ state: inout State) {
    guard state.isStatusShown else { return }
    state.isStatusShown = false
    say("\r\u{1b}[K")
  }

  private static func drain(_ state: inout State) {
    guard !state.buffer.isEmpty else { return }
    var bytes: [UInt8] = []
    swap(&bytes, &state.buffer)
    send(bytes[...], &state)
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &state.buffer)
  }

  private static func send(_ bytes: ArraySlice<UInt8>, _ state: inout State) {
    prepare(&state)
    settle(send(bytes, to: &state), state)
  }

  private static func prepare(_ state: inout State) {
    hideStatus(&state)
    forgetOldContents(&state)
  }

  /// Ends the run where output could not be written.
  private static func settle(_ error: Int32?, _ state: State) {
    guard let error else { return }
    state.lines.cut()
    // Nobody reads any more (head, less): that is no failure of ours, and there is nobody to tell. Other threads may be at work: nothing is torn down.
    if error == EPIPE { _exit(ExitStatus.success.rawValue) }
    say("tlswhy: output cannot be written: \(SystemError.text(error))\n")
    _exit(ExitStatus.inputUnreadable.rawValue)
  }

  /// Writes to standard error; where that fails there is nobody to tell.
  private static func say(_ text: String) { _ = send(Array(text.utf8)[...], to: 2) }

  /// Ends the run where nobody reads any more: one who waits for packets, with nothing to write, would never learn it.
  static func leaveIfNobodyReads() {
    var facts = state.withLock { pollfd(fd: $0.descriptor, events: 0, revents: 0) }
    if unsafe poll(&facts, 1, 0) == 1, facts.revents & Int16(POLLERR) != 0 { _exit(ExitStatus.success.rawValue) }
  }

  /// Writes all pieces, with one call of the system where it takes them; returns the error that stopped it.
  private static func send(_ pieces: [ArraySlice<UInt8>], _ state: inout State) -> Int32? {
    var vectors: [iovec] = unsafe []
    unsafe vectors.reserveCapacity(pieces.count)
    var sent = unsafe gather(pieces[...], &vectors, state.descriptor)
    if sent < 0 {
      guard errno == EINTR else { return errno }
      sent = 0
    }
    for piece in pieces {
      state.lines.note(piece.prefix(sent))
      if sent < piece.count, let error = send(piece.dropFirst(sent), to: &state) { return error }
      sent = max(sent - piece.count, 0)
    }
    return nil
  }

  /// Writes all bytes of results; returns the error that stopped it.
  private static func send(_ bytes: ArraySlice<UInt8>, to state: inout State) -> Int32? {
    var sent = 0
    let error = send(bytes, to: state.descriptor, sent: &sent)
    state.lines.note(bytes.prefix(sent))
    return error
  }

  /// Adds what the pieces' addresses are, and writes once all are known.
  private static func gather(
    _ pieces: ArraySlice<ArraySlice<UInt8>>, _ vectors: inout [iovec], _ descriptor: Int32
  ) -> Int {
    guard let piece = pieces.first else { return unsafe writev(descriptor, vectors, Int32(vectors.count)) }
    return unsafe piece.withUnsafeBytes { bytes in
      let base = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
      unsafe vectors.append(iovec(iov_base: base, iov_len: bytes.count))
      return unsafe gather(pieces.dropFirst(), &vectors, descriptor)
    }
  }

  private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32? {
    var sent = 0
    return send(bytes, to: descriptor, sent: &sent)
  }

  /// Writes all bytes; returns the error that stopped it, with how many were written before.
  private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, sent: inout Int) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer -> Int32? in
      while sent < buffer.count {
        guard let base = buffer.baseAddress else { return nil }
        #if canImport(Glibc)
          let count = unsafe Glibc.write(descriptor, base + sent, buffer.count - sent)
        #else
          let count = unsafe Darwin.write(descriptor, base + sent, buffer.count - sent)
        #endif
        if count >= 0 {
          sent += count
          continue
        }
        switch errno {
        case EINTR: break
        // Whoever shares a terminal or pipe with us may have made it so.
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
