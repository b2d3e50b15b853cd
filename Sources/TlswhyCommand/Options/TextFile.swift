#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small files beside captures: logs and key logs.
enum TextFile {
  /// More is not read: a log that long is rotated.
  private static let limit = 512 * 1024 * 1024

  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.inputUnreadable, "\(path): cannot be read: \(SystemError.text(errno))")
    }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while bytes.count < limit {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe readAgain(descriptor, buffer.baseAddress, buffer.count)
      }
      guard count >= 0 else { throw Failure(.inputUnreadable, "\(path): cannot be read: \(SystemError.text(errno))") }
      if count == 0 { break }
      bytes.append(contentsOf: chunk.prefix(count))
    }
    return bytes
  }

  private static func readAgain(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    while true {
      #if canImport(Glibc)
        let result = unsafe Glibc.read(descriptor, base, count)
      #else
        let result = unsafe Darwin.read(descriptor, base, count)
      #endif
      if result < 0, errno == EINTR { continue }
      return result
    }
  }
}
