import Glibc

/// Where the last whole line ends of a file that is written piece by piece: what a full disk leaves of the next one goes.
struct WholeLines {
  /// The file that is written from its beginning; nil where nothing can be taken back.
  private let descriptor: Int32?
  private var written = 0
  private var end = 0

  /// - Parameter descriptor: a file that was just opened and is empty, or will be.
  init(of descriptor: Int32) {
    var facts = stat()
    let isFile = unsafe fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    self.descriptor = isFile && descriptor > STDERR_FILENO ? descriptor : nil
  }

  /// Bytes that the system has taken.
  mutating func note(_ bytes: ArraySlice<UInt8>) {
    guard descriptor != nil else { return }
    if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) { end = written + (last - bytes.startIndex) + 1 }
    written += bytes.count
  }

  /// Cuts off what behind the last whole line was written.
  func cut() {
    if let descriptor, written > end { _ = ftruncate(descriptor, off_t(end)) }
  }
}
