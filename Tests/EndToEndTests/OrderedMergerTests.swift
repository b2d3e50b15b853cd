import Dispatch
import HandshakeModel
import Reporting
import Synchronization
import Testing

@testable import TlswhyCommand

@Suite struct OrderedMergerTests {
  /// What was written, byte by byte.
  private final class Written: Sendable {
    let bytes = Mutex<[UInt8]>([])

    func add(_ more: [ArraySlice<UInt8>]) { bytes.withLock { $0 += more.joined() } }
    var count: Int { bytes.withLock(\.count) }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  }

  /// A portion whose pieces are texts, each with its stage and number.
  private func portion(_ pieces: [(stage: Int, number: Int)], nextStage: Int) -> CaptureProduct {
    var portion = RenderedPortion()
    for piece in pieces {
      portion.writer.verbatim("\(piece.stage).\(piece.number) ")
      portion.pieces.append(
        RenderedPortion.Piece(
          stage: piece.stage, toldBy: 0, index: piece.number, end: portion.writer.bytes.count))
    }
    portion.nextStage = nextStage
    portion.failures = pieces.count
    return .portion(portion)
  }

  private var end: CaptureProduct { .end(CaptureEnd(story: CaptureStory(name: "a.pcap"), wasOpened: true)) }

  @Test func piecesAreWrittenByStageThenNumberAsSoonAsTheyCanBe() throws {
    let written = Written()
    let merger = OrderedMerger(readers: 2, portionsAhead: 4) { written.add($0) }
    merger.hand(portion([(0, 1), (0, 4), (2, 7)], nextStage: 3), from: 0)
    // The turn of the capture before is not over.
    #expect(written.text.isEmpty)
    let finished = DispatchSemaphore(value: 0)
    let outcome = Mutex<OrderedMerger.Outcome?>(nil)
    DispatchQueue(label: "main").async {
      let end = merger.finish()
      outcome.withLock { $0 = end }
      finished.signal()
    }
    merger.hand(portion([(0, 2), (0, 5), (1, 6)], nextStage: 2), from: 1)
    merger.hand(portion([], nextStage: 3), from: 1)
    merger.hand(end, from: 1)
    #expect(finished.wait(timeout: .now() + .milliseconds(1)) == .timedOut)
    merger.hand(portion([(3, 9)], nextStage: 4), from: 0)
    merger.hand(end, from: 0)
    finished.wait()
    #expect(written.text == "0.1 0.2 0.4 0.5 1.6 2.7 3.9 ")
    let result = try #require(outcome.withLock { $0 })
    #expect(result.tally.failures == 7 && result.end.wasOpened && result.end.story.name == "a.pcap")
    // What was written comes back empty-handed for others to fill.
    for reader in 0..<2 { #expect(merger.sparePortion(of: reader) != nil && merger.sparePortion(of: reader) != nil) }
  }

  @Test(arguments: [1, 2, 4]) func whateverTheThreadsDoTheOrderIsTheSame(readers: Int) {
    let written = Written()
    let merger = OrderedMerger(readers: readers, portionsAhead: 2) { written.add($0) }
    let stages = 300
    for reader in 0..<readers {
      DispatchQueue(label: "reader \(reader)").async {
        var random = UInt64(reader) &+ 1
        for stage in 0..<stages {
          random = random &* 6_364_136_223_846_793_005 &+ 1
          // Some stages have nothing, some take their time.
          let pieces =
            random >> 60 == 0 ? [] : [(stage: stage, number: reader), (stage: stage, number: reader + readers)]
          for _ in 0..<(random >> 50) & 0x3ff {}
          merger.hand(self.portion(pieces.sorted { $0.number < $1.number }, nextStage: stage + 1), from: reader)
        }
        merger.hand(self.end, from: reader)
      }
    }
    let outcome = merger.finish()
    let pieces = written.text.split(separator: " ").map { $0.split(separator: ".").compactMap { Int($0) } }
    #expect(pieces.count == outcome?.tally.failures)
    #expect(pieces.count > stages * readers)
    #expect(zip(pieces, pieces.dropFirst()).allSatisfy { ($0[0], $0[1]) < ($1[0], $1[1]) })
  }
}
