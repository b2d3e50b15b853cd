import Diagnosis
import PacketCapture
import TLSProtocol

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files beside captures: logs and key logs. They are read in pieces, so that their size costs no memory.
enum TextFile {
  /// More is not read: a log that long is rotated.
  private static let limit = 512 * 1024 * 1024

  static func read(_ path: String, _ body: ([UInt8]) -> Void) throws(Failure) {
    let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.inputUnreadable, "\(path): cannot be read: \(SystemError.text(errno))")
    }
    defer { if path != "-" { close(descriptor) } }
    let limit = min(limit, rest(of: descriptor) ?? limit)
    var total = 0
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while total < limit {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe readAgain(descriptor, buffer.baseAddress, min(buffer.count, limit - total))
      }
      guard count >= 0 else { throw Failure(.inputUnreadable, "\(path): cannot be read: \(SystemError.text(errno))") }
      if count == 0 { break }
      total += count
      body(Array(chunk.prefix(count)))
    }
  }

  /// Bytes that a regular file has left: what is appended meanwhile, perhaps faster than it is read, is not read.
  private static func rest(of descriptor: Int32) -> Int? {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return max(Int(facts.st_size) - max(Int(lseek(descriptor, 0, SEEK_CUR)), 0), 0)
  }

  /// Reads in pieces that end with a line, except the last one and lines too long to be any.
  static func readLines(_ path: String, _ body: ([UInt8]) -> Void) throws(Failure) {
    var rest: [UInt8] = []
    try read(path) { piece in
      let isLong = rest.count > longestLine
      guard isLong || piece.contains(UInt8(ascii: "\n")) else {
        rest += piece
        return
      }
      let end = piece.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? piece.count
      body(rest + piece[..<end])
      rest = Array(piece[end...])
    }
    if !rest.isEmpty { body(rest) }
  }

  /// What a log says.
  static func findings(_ path: String, _ side: Role) throws(Failure) -> LogFindings {
    var reader = LogReader(side: side)
    try read(path) { reader.read($0) }
    return reader.finish()
  }

  private static let longestLine = 1024 * 1024

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
