import Foundation
import HandshakeModel
import TLSProtocol
import Testing

@testable import Diagnosis

/// Captures that lost frames here and there, as a busy machine's do: what is missing must make a verdict less sure, never
/// another one.
@Suite struct LossTests {
  /// Losing a share of the frames, by chance, of each recorded failure.
  ///
  /// Six draws of each pair, one a share; TLSWHY_LOSS_DRAWS asks for another number.
  @Test(arguments: Fixture.all)
  func lostFramesMakeNoHandshakeAndNoCertainty(_ fixture: Fixture) throws {
    let capture = try Data(contentsOf: URL(filePath: fixture.path("failing.pcap")))
    // A few are in other formats.
    guard let frames = CaptureBytes.frames(capture) else { return }
    let working = try fixture.story(.working)
    let whole = Comparison(working: working, failing: try CaptureBytes.story(capture))
    guard whole.failingConnection?.outcome == .failed, let first = whole.causes.first else { return }
    // Of each connection by itself nothing else may become certain than what is said of any while the capture is whole.
    var sure = Set(try CaptureBytes.story(capture).connections.flatMap { Diagnosis.diagnose($0) }.map(\.code))
    sure.insert(first.code)
    for draw in Self.draws {
      var random = SplitMix64(name: fixture.id, draw: draw)
      // 5, 10 … 30 percent.
      let percent = UInt64(5 + 5 * (draw % 6))
      let kept = frames.indices.filter { _ in random.next() % 100 >= percent }
      let less = kept.reduce(into: capture.prefix(24)) { $0.append(capture[frames[$1]]) }
      let story = try CaptureBytes.story(less)
      let lost = Set(frames.indices).subtracting(kept).map { $0 + 1 }.sorted()
      let comparison = Comparison(working: working, failing: story)
      #expect(
        comparison.failingConnection?.outcome != .established || whole.failing?.succeeded == true,
        "draw \(draw), without frames \(lost), is established")
      let alone = story.connections.flatMap { Diagnosis.diagnose($0) }
      for (how, causes) in [("diff", comparison.causes), ("alone", alone)] {
        for cause in causes where cause.confidence == .certain {
          #expect(
            isRight(cause.code, fixture, how == "diff" ? [first.code] : sure),
            "draw \(draw), without frames \(lost), \(how): certain of \(cause.code.rawValue), \(cause.title)")
        }
      }
    }
  }

  /// What is left of a connection, or of the other connections, does not stand for what is lost.
  @Test(
    arguments: [
      ("quic-untrusted-aioquic", [2, 3]), ("quic-untrusted-aioquic", [1, 4, 5]), ("forwarder-dead-v6", [3, 6, 8, 9]),
    ] as [(String, Set<Int>)])
  func whatIsLeftIsNoSureVerdict(_ name: String, without lost: Set<Int>) throws {
    let fixture = try #require(Fixture.all.first { $0.id == name })
    let capture = try Data(contentsOf: URL(filePath: fixture.path("failing.pcap")))
    let frames = try #require(CaptureBytes.frames(capture))
    let kept = frames.indices.filter { !lost.contains($0 + 1) }
    let story = try CaptureBytes.story(kept.reduce(into: capture.prefix(24)) { $0.append(capture[frames[$1]]) })
    let comparison = Comparison(working: try fixture.story(.working), failing: story)
    #expect(
      comparison.causes.allSatisfy { $0.confidence != .certain || $0.code == .captureIncomplete },
      "\(comparison.causes.map(\.title))")
    #expect(comparison.causes.allSatisfy { $0.code != .tcpTimeout })
  }

  /// A capture that does not show how a connection ended shows no failure.
  @Test(arguments: Fixture.all)
  func ofAConnectionThatIsNotSeenToFailNoSentenceSaysSo(_ fixture: Fixture) throws {
    for side in [CaptureRole.working, .failing] {
      for connection in try fixture.story(side).connections where connection.outcome == .incomplete {
        for cause in Diagnosis.diagnose(connection) {
          for sentence in [cause.title] + cause.evidence.map(\.text) {
            #expect(!sentence.contains("failed") && !sentence.contains("gave up"), "\(sentence)")
          }
        }
      }
    }
  }

  private static let draws =
    0..<(ProcessInfo.processInfo.environment["TLSWHY_LOSS_DRAWS"].flatMap(Int.init).map { max($0, 1) } ?? 6)

  private func isRight(_ code: CauseCode, _ fixture: Fixture, _ whole: Set<CauseCode>) -> Bool {
    whole.contains(code) || code == .captureIncomplete || fixture.accepted.contains(code.rawValue)
      || fixture.expected.alone.contains(code.rawValue)
  }
}

/// Random numbers that are the same in every run.
private struct SplitMix64 {
  private var state: UInt64

  init(name: String, draw: Int) { state = Self.hash(name) &+ UInt64(draw) }

  /// FNV-1a.
  static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
