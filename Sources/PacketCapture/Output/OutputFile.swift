import Glibc

/// A file, pipe or standard output to write to; closed when it goes, unless it is standard output.
struct OutputFile: ~Copyable {
  let rawValue: Int32
  let path: String

  /// Creates or empties a file, as ``OutputPath/open(_:for:owner:)`` does; `-` is standard output.
  init(path: String, for contents: OutputContents, owner: UserIdentity?) throws(CaptureError) {
    self.path = path
    rawValue = path == "-" ? STDOUT_FILENO : try OutputPath.open(path, for: contents, owner: owner)
  }

  /// Writes to a file that was opened before, with rights that this process may have no more.
  init(descriptor: Int32, path: String) { (rawValue, self.path) = (descriptor, path) }

  deinit {
    if rawValue > STDERR_FILENO { close(rawValue) }
  }

  /// Writes all of the bytes, however often the system takes only a part.
  ///
  /// - Parameter written: how many were written, where an error kept the rest from it too.
  func write(_ bytes: [UInt8], written: inout Int) throws(CaptureError) {
    written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { all in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[written...])
        return unsafe Glibc.write(rawValue, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written &+= count
        continue
      }
      switch errno {
      case EINTR: break
      case EAGAIN: waitUntilWritable()
      case let code: throw CaptureError(.unwritable(SystemError.text(code)), path: path)
      }
    }
  }

  /// Cuts a file back to its first `count` bytes; nothing where it is none.
  func cut(to count: Int) {
    // What came before in a file that a shell opened is not this program's.
    guard InheritedDescriptor.named(by: path) == nil else { return }
    if rawValue > STDERR_FILENO { _ = ftruncate(rawValue, off_t(count)) }
  }

  private func waitUntilWritable() {
    var descriptor = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&descriptor, 1, 1000)
  }
}
