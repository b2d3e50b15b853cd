import NetworkValues
import PacketCapture

/// The file, or series of files, that a live capture keeps its frames in.
struct CaptureFile: ~Copyable {
  private var single: CaptureWriter?
  private var series: RotatingCaptureWriter?
  private(set) var framesWritten = 0

  /// The files of a series, the newest last; none where all goes into one.
  mutating func files() -> [CaptureFilePlace] { series?.places() ?? [] }

  /// - Parameter owner: whose files they shall be.
  init(
    path: String, interfaces: [CaptureInterface], rotation: CaptureRotation?, comments: [String], owner: UserIdentity?
  ) throws(CaptureError) {
    let application = "tlswhy \(ProgramVersion.text)"
    if let rotation {
      single = nil
      series = try RotatingCaptureWriter(
        path: path, interfaces: interfaces, rotation: rotation, comments: comments, application: application,
        owner: owner)
    } else {
      var writer = try CaptureWriter(path: path, comments: comments, application: application, owner: owner)
      for interface in interfaces { try writer.addInterface(interface) }
      // What is wrong with the disk or the directory shows at once.
      try writer.flush()
      single = consume writer
      series = nil
    }
  }

  mutating func write(_ frame: borrowing Frame) throws(CaptureError) {
    framesWritten += 1
    if single != nil { try single?.write(frame) } else { try series?.write(frame) }
  }

  mutating func flush() throws(CaptureError) {
    if single != nil { try single?.flush() } else { try series?.flush() }
  }

  mutating func finish(statistics: [InterfaceStatistics]) throws(CaptureError) {
    if single != nil { try single?.finish(statistics: statistics) } else { try series?.finish(statistics: statistics) }
  }
}
