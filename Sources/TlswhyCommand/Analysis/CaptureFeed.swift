import HandshakeModel
import PacketCapture
import TLSProtocol

/// Reads one capture and hands its connections on as they end, some at a time.
struct CaptureFeed: Sendable {
  let path: String
  let filter: String?
  let keys: KeyLog?
  /// Packets arrive as they are captured: what they show is told of at once.
  let isPrompt: Bool

  init(path: String, filter: String?, keys: KeyLog?) {
    self.path = path
    self.filter = filter
    self.keys = keys
    isPrompt = !SystemFile.isRegular(path)
  }

  /// So many connections are handed on together: few enough to stay small, enough to make handing on cheap.
  private static let portionSize = 16

  /// `emit` may take the connections for itself: nobody else holds them.
  func read(_ progress: Progress, emit: (inout [Connection]) -> Void) -> CaptureEnd {
    var story = CaptureStory(name: path)
    do throws(CaptureError) {
      var source = try PacketSource(path: path, filter: filter)
      var limits = TrackerLimits()
      limits.leavesJudgement = true
      var reader = CaptureReader(limits: limits, keyLog: keys)
      var damage: CaptureError?
      do throws(CaptureError) {
        while try reader.readOne(from: &source) {
          reader.adoptSecrets(of: source)
          if source.framesRead & 0xfff == 0 { progress.note(path, source.bytesRead) }
          if reader.tracker.finished.count >= (isPrompt ? 1 : Self.portionSize) { hand(on: &reader, emit) }
        }
      } catch {
        damage = error
      }
      progress.note(path, source.bytesRead)
      while reader.tracker.finishSome(4 * Self.portionSize) { hand(on: &reader, emit) }
      reader.finish()
      hand(on: &reader, emit)
      story.statistics = reader.statistics
      story.damage = damage?.description
      story.lookups = reader.tracker.lookups.lookups
      return CaptureEnd(story: story, error: damage, wasOpened: true)
    } catch {
      return CaptureEnd(story: story, error: error, wasOpened: false)
    }
  }

  private func hand(on reader: inout CaptureReader, _ emit: (inout [Connection]) -> Void) {
    var finished = reader.tracker.takeFinished()
    guard !finished.isEmpty else { return }
    guard finished.count > 2 * Self.portionSize else { return emit(&finished) }
    var start = 0
    while start < finished.count {
      let end = min(start + Self.portionSize, finished.count)
      var some = Array(finished[start..<end])
      emit(&some)
      start = end
    }
  }
}
