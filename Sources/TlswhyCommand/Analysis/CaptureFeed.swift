import Bytes
import ConnectionTracking
import HandshakeModel
import PacketCapture
import TLSProtocol

/// A capture to be read, by one thread or several that divide its flows.
struct CaptureFeed: Sendable {
  let path: String
  let filter: String?
  let keys: KeyLog?
  /// What may be kept of the capture.
  let memory: MemoryBudget
  /// Packets arrive as they are captured: what they show is told of at once.
  let isPrompt: Bool
  /// How it is read then.
  let live: LiveInput?
  /// What stands above its connections, where several captures are read.
  let heading: CaptureHeading?

  init(
    path: String, filter: String?, keys: KeyLog?, memory: MemoryBudget = .standard, live: LiveInput? = nil,
    heading: CaptureHeading? = nil
  ) {
    (self.memory, self.live, self.heading) = (memory, live, heading)
    self.path = path
    self.filter = filter
    self.keys = keys
    isPrompt = SystemFile.isLive(path)
  }

  /// Below this many bytes a thread takes longer to begin than it would save.
  static let leastShared = 1 << 20

  /// How the capture is read by at most `threads`: by one where every reader would have to decompress all of it.
  func division(threads: Int) -> CaptureDivision {
    guard path != "-", threads > 1, let size = SystemFile.size(path), size >= Self.leastShared else {
      return CaptureDivision()
    }
    // A number that divides the shards: with three readers one of them would have twice the others' work.
    var readers = 1
    while readers * 2 <= min(threads, ShardReader.shardCount) { readers *= 2 }
    do throws(CaptureError) {
      guard let file = try SharedFile(path: path, readers: readers) else { return CaptureDivision() }
      // What is compressed or no capture is refused to whoever shares it. What this reads the readers have then.
      _ = try PacketSource(file, reader: 0, filter: nil)
      return CaptureDivision(readers: readers, file: file)
    } catch {
      return CaptureDivision()
    }
  }
}

/// How many read a capture.
struct CaptureDivision: Sendable {
  var readers = 1
  /// What they read together; nil where one alone reads.
  var file: SharedFile?
}

/// What reading one capture came to, besides its connections.
struct CaptureEnd: Sendable {
  /// Statistics and lookups; no connections.
  var story: CaptureStory
  /// What ended the reading early.
  var error: CaptureError?
  /// Nothing could be read.
  var wasOpened: Bool
}
