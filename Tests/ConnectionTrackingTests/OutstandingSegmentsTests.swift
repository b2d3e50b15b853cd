import NetworkProtocols
import NetworkValues
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// Few segments and many give what a plain list of them gives.
@Suite struct OutstandingSegmentsTests {
  @Test func acknowledgmentsTakeOutWhatTheyCover() {
    var segments = OutstandingSegments()
    var plain: [(end: SequenceNumber, length: Int, frame: Int)] = []
    // Numbers wrap on the way.
    var sent = SequenceNumber(rawValue: 0xffff_0000)
    var acknowledged = sent
    var step = 1
    for round in 0..<4000 {
      step = step &* 75 % 65_537
      // At first few are on the way, then many, then few again.
      let isBurst = round / 500 % 2 == 1
      if step % 3 > 0 || isBurst && step % 7 > 0 {
        let length = step % 1460 + 1
        sent = sent + length
        segments.append(end: sent, length: length, frame: round)
        if plain.count < 128 { plain.append((sent, length, round)) }
      } else {
        acknowledged = acknowledged + step % (max(sent - acknowledged, 0) + 1)
        #expect(segments.firstFrame(behind: acknowledged) == plain.first { $0.end - acknowledged > 0 }?.frame)
        let covered = plain.prefix { acknowledged - $0.end >= 0 }
        plain.removeFirst(covered.count)
        #expect(segments.acknowledge(upTo: acknowledged) == covered.map(\.length).max())
      }
    }
    #expect(segments.acknowledge(upTo: sent) == plain.map(\.length).max())
    #expect(segments.acknowledge(upTo: sent) == nil)
  }
}
