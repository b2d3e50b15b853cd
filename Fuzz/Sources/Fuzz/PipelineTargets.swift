import ConnectionTracking
import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import Reporting
import TLSProtocol

extension FuzzTarget {
  /// Frames to reports, as `tlswhy analyze` and `tlswhy diff` have it.
  static let pipeline = FuzzTarget("pipeline") { bytes in
    guard let mode = bytes.first else { return }
    var reader = CaptureReader(limits: tightLimits(mode), keyLog: mode & 1 != 0 ? SessionKeys.keyLog : nil)
    var script = FrameScript(Array(bytes.dropFirst()))
    script.forEach { reader.receive($0) }
    reader.finish()
    var story = CaptureStory(name: "fuzz.pcap")
    story.connections = reader.tracker.finished.sorted { $0.index < $1.index }
    story.lookups = reader.tracker.lookups.lookups
    story.statistics = reader.statistics
    render(story)
  }

  /// What two sides say, put into packets without loss, to reports.
  static let dialogue = FuzzTarget("dialogue") { bytes in
    var script = InputScript(bytes)
    let mode = script.byte()
    var tracker = ConnectionTracker(limits: tightLimits(mode), keyLog: mode & 1 != 0 ? SessionKeys.keyLog : nil)
    var player = DialoguePlayer(isDatagram: mode & 2 != 0, ending: mode >> 2 & 7)
    var chunks = Chunks(script)
    player.open(&tracker)
    while let chunk = chunks.next() {
      switch chunk {
      case .bytes(let bytes, let sender): player.send(bytes, from: sender, &tracker)
      case .gap(let count, let sender): player.lose(count, from: sender, &tracker)
      }
    }
    player.end(&tracker)
    tracker.finishAll()
    var story = CaptureStory(name: "fuzz.pcap")
    story.connections = tracker.finished.sorted { $0.index < $1.index }
    story.lookups = tracker.lookups.lookups
    render(story)
  }

  /// Small limits are reached by small inputs.
  private static func tightLimits(_ mode: UInt8) -> TrackerLimits {
    var limits = TrackerLimits()
    guard mode & 0x80 != 0 else { return limits }
    limits.connections = 4
    limits.datagramFlows = 2
    limits.reassemblyBytesPerDirection = 8192
    limits.reassemblyBytesInTotal = 16_384
    return limits
  }

  private static func render(_ story: CaptureStory) {
    for connection in story.connections.prefix(4) {
      let causes = Diagnosis.diagnose(connection)
      var json = JSONReport()
      OutputCheck.json(json.render(connection, causes: causes, capture: story.name))
      OutputCheck.text(TextReport(width: 80).render(connection, causes: causes, detail: .full))
      OutputCheck.html(HTMLReport().render(connection, causes: causes, detail: .full))
      OutputCheck.text(MarkdownReport().render(connection, causes: causes, detail: .full))
      for cause in causes {
        let frames = cause.evidence.flatMap(\.frames)
        claim(frames.allSatisfy { $0 > 0 }, "evidence cites frames, which count from 1")
      }
    }
    let comparison = Comparison(within: story)
    var json = JSONReport()
    OutputCheck.json(json.render(comparison, working: story, failing: story, failingCauses: comparison.causes))
    OutputCheck.text(TextReport(width: 100).render(comparison, working: story, failing: story))
    OutputCheck.html(HTMLReport().render(comparison, working: story, failing: story))
  }
}
