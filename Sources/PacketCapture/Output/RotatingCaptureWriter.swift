import Glibc
public import NetworkValues

/// Writes a capture to a series of files: `trace.pcapng` becomes `trace-00001.pcapng`, `trace-00002.pcapng` and so on.
///
/// Each file stands alone: it describes the interfaces and holds the comments and the secrets seen so far, and says in a
/// comment which frame of the series its first one is. Where the process gives up root in between, the user that it
/// becomes has to be able to create files in the directory.
public struct RotatingCaptureWriter: ~Copyable {
  private let path: String
  private let interfaces: [CaptureInterface]
  private let comments: [String]
  private let application: String
  private let owner: UserIdentity?
  private let rotation: CaptureRotation

  private var writer: CaptureWriter
  private var secrets: [[UInt8]] = []
  private var fileStart: Timestamp?
  private var finishedBytes = 0
  /// How many files have been begun.
  public private(set) var fileCount = 1
  /// Frames written so far, to all files.
  public private(set) var framesWritten = 0
  /// The files of the series, the newest last; a bounded number.
  public private(set) var files: [CaptureFilePlace] = []
  private static let placeLimit = 1024

  /// The same for callers that hold the writer in an optional: only a mutation may reach into one.
  public mutating func places() -> [CaptureFilePlace] { files }

  /// The file that is being written.
  public var currentPath: String { writer.path }
  /// Bytes of all files, those deleted since too.
  public var bytesWritten: Int { finishedBytes &+ writer.bytesWritten }

  /// Begins the first file; see `CaptureWriter` for the parameters.
  public init(
    path: String, interfaces: [CaptureInterface], rotation: CaptureRotation, comments: [String] = [],
    application: String = "tlswhy", owner: UserIdentity? = nil
  ) throws(CaptureError) {
    let writer = try Self.open(
      Self.path(path, number: 1), interfaces, comments: comments, application: application, owner: owner)
    self.path = path
    self.interfaces = interfaces
    self.rotation = rotation
    self.comments = comments
    self.application = application
    self.owner = owner
    files = [CaptureFilePlace(path: writer.path, firstFrame: 1)]
    self.writer = writer
  }

  /// Writes a frame, to a new file where the current one is full.
  public mutating func write(_ frame: borrowing Frame, comment: String = "") throws(CaptureError) {
    if isFull(at: frame.timestamp) { try rotate() }
    if fileStart == nil { fileStart = frame.timestamp }
    try writer.write(frame, comment: comment)
    framesWritten &+= 1
  }

  /// Embeds the text of a TLS key log, in the files to come too.
  public mutating func write(secrets text: [UInt8]) throws(CaptureError) {
    secrets.append(text)
    try writer.write(secrets: text)
  }

  /// Hands what is buffered to the system.
  public mutating func flush() throws(CaptureError) { try writer.flush() }

  /// Ends the last file.
  public mutating func finish(
    statistics: [InterfaceStatistics] = [], comments: [String] = []
  ) throws(CaptureError) {
    try writer.finish(statistics: statistics, comments: comments)
  }

  private func isFull(at time: Timestamp) -> Bool {
    guard let fileStart else { return false }
    if let size = rotation.size, writer.bytesWritten >= size { return true }
    guard let limit = rotation.time else { return false }
    return .nanoseconds(time.nanoseconds &- fileStart.nanoseconds) >= limit
  }

  private mutating func rotate() throws(CaptureError) {
    try writer.finish()
    finishedBytes &+= writer.bytesWritten
    fileCount &+= 1
    fileStart = nil
    let place = CaptureFilePlace(path: Self.path(path, number: fileCount), firstFrame: framesWritten &+ 1)
    writer = try Self.open(
      place.path, interfaces, comments: comments + ["frame 1 of this file is frame \(place.firstFrame) of the capture"],
      application: application, owner: owner)
    if files.count >= Self.placeLimit { files.removeFirst() }
    files.append(place)
    for text in secrets { try writer.write(secrets: text) }
    if let keep = rotation.keep, fileCount > max(keep, 1) {
      // Somebody else may have deleted or moved it: that is no reason to stop.
      unsafe unlink(Self.path(path, number: fileCount &- max(keep, 1)))
    }
  }

  private static func open(
    _ path: String, _ interfaces: [CaptureInterface], comments: [String], application: String, owner: UserIdentity?
  ) throws(CaptureError) -> CaptureWriter {
    var writer = try CaptureWriter(path: path, comments: comments, application: application, owner: owner)
    for interface in interfaces { try writer.addInterface(interface) }
    // What is wrong with the disk or the directory shows at once, not after the first megabyte.
    try writer.flush()
    return writer
  }

  /// The path of one file of the series: the number stands before the extension.
  public static func path(_ path: String, number: Int) -> String {
    let digits = String(number)
    let suffix = "-" + String(repeating: "0", count: max(5 - digits.count, 0)) + digits
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path + suffix }
    return path[..<dot] + suffix + path[dot...]
  }
}
