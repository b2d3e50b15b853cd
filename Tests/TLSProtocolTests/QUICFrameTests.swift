import Bytes
import Testing

@testable import TLSProtocol

struct QUICFrameTests {
  private func frames(_ hex: String) -> (frames: [String], failed: Bool) {
    var texts: [String] = []
    do {
      try QUICFrame.forEach(in: bytes(hex)) { frame in
        switch frame {
        case .crypto(let offset, let data): texts.append("crypto \(offset)+\(data.count)")
        case .connectionClose(let close): texts.append("close \(close.name) \(close.reason)")
        case .handshakeDone: texts.append("done")
        case .other(let type): texts.append("\(type)")
        }
      }
    } catch {
      return (texts, true)
    }
    return (texts, false)
  }

  @Test func everyFrameIsSteppedOver() {
    let all = [
      "01", "0200000000", "03050101030000010203", "04010203", "050102", "06000261ff", "07020101", "0801aabb",
    ]
    #expect(frames(all.joined()).frames == ["1", "2", "3", "4", "5", "crypto 0+2", "7", "8"])
    let more = [
      "0f01020361626300", "1005", "110105", "1205", "1305", "1405", "150105", "1605", "1705",
      "1801000411223344" + String(repeating: "00", count: 16), "1905", "1a0102030405060708", "1b0102030405060708",
      "1c0a0602" + "6f6b", "1d410002" + "6869", "1e", "310161", "3061",
    ]
    let result = frames(more.joined())
    #expect(!result.failed)
    #expect(
      result.frames == [
        "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "close PROTOCOL_VIOLATION ok",
        "close application error 0x100 hi", "done", "49", "48",
      ])
  }

  @Test(arguments: ["02", "0200c000000000ffffff00", "06004461", "1c", "21", "40ff", "1a00", "180000ff"])
  func whatBreaksOffIsRefused(_ hex: String) {
    #expect(frames(hex).failed)
  }

  @Test func aFrameOfUnknownTypeEndsTheReadingNotWhatPrecedes() {
    let result = frames("1e42ab")
    #expect(result.frames == ["done"])
    #expect(result.failed)
  }

  @Test func piecesInAnyOrderBecomeOneStream() {
    let whole = (0..<200).map { UInt8($0) }
    var generator = SeededGenerator(state: 77)
    for _ in 0..<50 {
      var pieces: [(Int, Int)] = []
      var start = 0
      while start < whole.count {
        let end = min(whole.count, start + Int.random(in: 1...30, using: &generator))
        pieces.append((max(0, start - Int.random(in: 0...3, using: &generator)), end))
        start = end
      }
      var stream = FragmentAssembler()
      var ordered: [UInt8] = []
      for (start, end) in pieces.shuffled(using: &generator) + pieces {
        ordered += stream.insert(Array(whole[start..<end]), at: UInt64(start))
      }
      #expect(ordered == whole)
      #expect(stream.offset == 200)
    }
  }

  @Test func whatWaitsIsBounded() {
    var stream = FragmentAssembler()
    for index in 1..<2000 { #expect(stream.insert([1], at: UInt64(index) * 10).isEmpty) }
    #expect(stream.insert([1], at: .max).isEmpty)
    #expect(stream.insert([], at: 0).isEmpty)
    #expect(stream.insert([1], at: 0) == [1])
  }
}
