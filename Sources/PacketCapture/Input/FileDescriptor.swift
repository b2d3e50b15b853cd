import Glibc

/// An open file to read from; closed when it goes, unless it is standard input.
///
/// A regular file is read up to the size that it had when it was opened: one that grows faster than it is read would have
/// no end.
struct FileDescriptor: ~Copyable {
  let rawValue: Int32
  let path: String
  /// The size in bytes that a regular file had when it was opened; nil for anything else.
  let size: Int?
  var isRegular: Bool { size != nil }

  /// Opens a file for reading; `-` is standard input.
  init(path: String) throws(CaptureError) {
    self.path = path
    if path == "-" {
      rawValue = STDIN_FILENO
      guard isatty(STDIN_FILENO) == 0 else {
        size = nil
        throw CaptureError(.notACapture("a terminal"), path: path)
      }
    } else {
      // A named pipe is not waited for here, where nothing could end that.
      rawValue = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard rawValue >= 0 else {
        size = nil
        throw Self.openError(errno, path: path)
      }
    }
    var status = stat()
    guard unsafe fstat(rawValue, &status) == 0 else {
      size = nil
      throw CaptureError(.unreadable(SystemError.text(errno)), path: path)
    }
    let type = status.st_mode & S_IFMT
    size = type == S_IFREG ? Int(status.st_size) : nil
    guard type != S_IFDIR else { throw CaptureError(.isDirectory, path: path) }
  }

  /// How far the file has been read, by whoever shares it; 0 for a pipe.
  var position: Int { max(Int(lseek(rawValue, 0, SEEK_CUR)), 0) }

  deinit {
    if rawValue > STDIN_FILENO { close(rawValue) }
  }

  /// Reads up to the buffer's size; 0 is the end of the file.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, waiting wait: inout InputWait
  ) throws(CaptureError) -> Int {
    if let size {
      let count = min(buffer.count, max(size - position, 0))
      return try Self.uninterrupted(path) { unsafe Glibc.read(rawValue, buffer.baseAddress, count) }
    }
    while try wait.untilReadable(rawValue, path: path) {
      let count = unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      // Another may have taken what was there.
      guard errno == EINTR || errno == EAGAIN else {
        throw CaptureError(.unreadable(SystemError.text(errno)), path: path)
      }
    }
    return 0
  }

  /// Reads up to the buffer's size from some place of the file, wherever others read; 0 is the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(CaptureError) -> Int {
    try Self.uninterrupted(path) { unsafe pread(rawValue, buffer.baseAddress, buffer.count, offset) }
  }

  /// How many bytes a call like read(2) gave; it is made again where a signal came between.
  static func uninterrupted(_ path: String, _ read: () -> Int) throws(CaptureError) -> Int {
    while true {
      let count = read()
      if count >= 0 { return count }
      if errno != EINTR { throw CaptureError(.unreadable(SystemError.text(errno)), path: path) }
    }
  }

  private static func openError(_ code: Int32, path: String) -> CaptureError {
    switch code {
    case ENOENT, ENOTDIR: CaptureError(.notFound, path: path)
    case EACCES, EPERM: CaptureError(.permissionDenied, path: path)
    default: CaptureError(.unreadable(SystemError.text(code)), path: path)
    }
  }
}
