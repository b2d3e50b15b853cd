/// One file of a series, and where in the series it begins.
public struct CaptureFilePlace: Hashable, Sendable {
  /// The file's path.
  public var path: String
  /// The frame of the series that is frame 1 of the file; counted from 1.
  public var firstFrame: Int

  public init(path: String, firstFrame: Int) { (self.path, self.firstFrame) = (path, firstFrame) }

  /// Frames of a series by the file that holds them, numbered as in that file; those in no file of `files` are left out.
  ///
  /// - Parameter files: a series or its end, the newest last.
  public static func locate(_ frames: [Int], in files: [Self]) -> [(path: String, frames: [Int])] {
    var found: [(path: String, frames: [Int])] = []
    for frame in Set(frames).sorted() {
      guard let file = files.last(where: { $0.firstFrame <= frame }) else { continue }
      let number = frame &- file.firstFrame &+ 1
      if found.last?.path == file.path {
        found[found.count - 1].frames.append(number)
      } else {
        found.append((file.path, [number]))
      }
    }
    return found
  }
}
