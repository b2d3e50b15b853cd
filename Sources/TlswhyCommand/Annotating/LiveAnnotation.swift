import Glibc
import PacketCapture
import Reporting

/// The file of a live capture, to be written again with verdicts when the capture is over: both are opened before this
/// process gives up what it needs for that.
struct LiveAnnotation {
  private let reading: Int32
  private let writing: Int32
  private let path: String

  /// - Parameters:
  ///   - path: where the annotated capture goes.
  ///   - written: what the live capture writes.
  ///   - owner: with whose rights both are opened.
  init(_ path: String, of written: String, owner: UserIdentity?) throws(CaptureError) {
    let open = { unsafe Glibc.open(written, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    let descriptor = owner.map { $0.reachingFiles(open) ?? -1 } ?? open()
    guard descriptor >= 0, SystemFile.identity(descriptor: descriptor) != nil else {
      throw CaptureError(.unwritable("--annotate needs packets in a file that can be read again"), path: written)
    }
    (reading, self.path) = (descriptor, path)
    writing = try OutputPath.open(path, for: .packets, owner: owner)
  }

  /// Writes the capture again, which nobody writes any more.
  func write(_ annotations: CaptureAnnotations, summary: String) throws(CaptureError) {
    guard dup2(reading, 0) == 0 else { throw CaptureError(.unwritable(SystemError.text(errno)), path: path) }
    try AnnotatedCapture(source: "-", path: path, owner: nil, descriptor: writing).write(annotations, summary: summary)
  }
}
