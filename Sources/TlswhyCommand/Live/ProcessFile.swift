import Glibc
import PacketCapture

/// Small files that the kernel writes as they are read, such as those below /proc.
enum ProcessFile {
  struct ReadError: Error { var code: Int32 }

  static func read(_ path: String, limit: Int = 1 << 22) throws(ReadError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReadError(code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count < limit {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk.prefix(count))
    }
    return bytes
  }

  /// Makes a file for secrets that only its owner may read, or sees that the one that is there already is such a file:
  /// who writes secrets into any other would let others read them.
  static func prepareSecrets(_ path: String) throws(CaptureError) {
    if mode(of: path).map({ $0 & S_IFMT != S_IFREG }) == true {
      throw CaptureError(.unwritable("secrets can be kept in a regular file only; name another one"), path: path)
    }
    close(try OutputPath.openAsItIs(path, for: .secrets, owner: nil))
  }

  private static func mode(of path: String) -> mode_t? {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 ? facts.st_mode : nil
  }

  /// The names in a directory, without `.` and `..`; none where it cannot be read.
  static func names(in path: String) -> [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { raw in
        unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Where a symbolic link points; nil where there is none to be read.
  static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    let count = unsafe readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
