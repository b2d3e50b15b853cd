import Glibc
import PacketCapture

/// A file of metrics that is replaced as a whole: whoever reads it finds one state, never half of one.
struct MetricsFile {
  let path: String
  /// Beside it, under a name that node_exporter does not collect.
  private var draft: String { path + ".tlswhy-new" }

  init(path: String) { self.path = path }

  func write(_ text: String) throws(CaptureError) {
    // Left behind by a run that was killed.
    unsafe unlink(draft)
    let descriptor = try OutputPath.open(draft, for: .report, owner: nil)
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(errno) }
      bytes = bytes.dropFirst(count)
    }
    guard unsafe rename(draft, path) == 0 else { throw failure(errno) }
  }

  private func failure(_ code: Int32) -> CaptureError {
    unsafe unlink(draft)
    return CaptureError(.unwritable(SystemError.text(code)), path: path)
  }
}
