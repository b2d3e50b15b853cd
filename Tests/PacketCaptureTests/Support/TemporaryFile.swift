import Glibc

/// A file that goes with its last reference.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8] = [], suffix: String = "") {
    path = "/tmp/tlswhy-test-\(getpid())-\(UInt64.random(in: 0 ... .max))\(suffix)"
    add(bytes)
  }

  /// Adds bytes to the file's end.
  func add(_ bytes: [UInt8]) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    close(descriptor)
  }

  deinit { unsafe unlink(path) }

  /// The file's bytes now.
  var contents: [UInt8] { PacketCaptureTests.contents(ofFile: path) }
}

/// All bytes of a file; none where it cannot be read.
func contents(ofFile path: String) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY)
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count <= 0 { return bytes }
    bytes += chunk[..<count]
  }
}
