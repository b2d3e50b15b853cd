import ConnectionTracking
import Foundation
import HandshakeModel

/// Captures in memory, of which frames can be left out.
enum CaptureBytes {
  /// Reads a capture that stands in memory.
  static func story(_ capture: Data) throws -> CaptureStory {
    let file = FileManager.default.temporaryDirectory.appending(path: "capture-bytes-\(UUID().uuidString).pcap")
    defer { try? FileManager.default.removeItem(at: file) }
    try capture.write(to: file)
    return try CaptureStory(path: file.path())
  }

  /// Where the frames of a little-endian .pcap lie; nil where it is none.
  static func frames(_ capture: Data) -> [Range<Int>]? {
    guard capture.count >= 24, [0xd4, 0x4d].contains(capture[0]) else { return nil }
    var frames: [Range<Int>] = []
    var start = 24
    while start + 16 <= capture.count {
      let length = (0..<4).reduce(0) { $0 | Int(capture[start + 8 + $1]) << (8 * $1) }
      frames.append(start..<start + 16 + length)
      start += 16 + length
    }
    return frames
  }
}
