import NetworkValues
import Testing

@testable import NetworkProtocols

@Suite struct WirelessHeaderTests {
  typealias Build = FrameBuilder

  /// A data frame: control, duration, three addresses, sequence control.
  static func data(
    _ body: [UInt8], kind: UInt8 = 0x08, flags: UInt8 = 0x01, sequence: [UInt8] = [0x10, 0], extra: [UInt8] = []
  ) -> [UInt8] {
    [kind, flags, 0, 0] + [UInt8](repeating: 2, count: 18) + sequence + extra + body
  }

  @Test func dataFramesCarryPackets() {
    #expect(FrameDecoder.packets(Self.data(Build.snap(Build.hidden)), 105).first?.isHidden == true)
    let quality = Self.data(Build.snap(Build.hidden), kind: 0x88, extra: [0, 0])
    #expect(FrameDecoder.packets(quality, 105).first?.isHidden == true)
    let fourAddresses = Self.data(Build.snap(Build.hidden), flags: 0x03, extra: [1, 2, 3, 4, 5, 6])
    #expect(FrameDecoder.packets(fourAddresses, 105).first?.isHidden == true)
    let highThroughput = Self.data(Build.snap(Build.hidden), kind: 0x88, flags: 0x81, extra: [0, 0, 1, 2, 3, 4])
    #expect(FrameDecoder.packets(highThroughput, 105).first?.isHidden == true)
  }

  @Test func radiotapTellsOfChecksumAndPadding() {
    let frame = Self.data(Build.snap(Build.hidden), kind: 0x88, extra: [0, 0, 0xFF, 0xFF])
    // The timer and flags are present: checksum at the end, header padded to four bytes.
    let timed: [UInt8] = [0, 0, 17, 0, 3, 0, 0, 0] + [UInt8](repeating: 9, count: 8) + [0x30]
    #expect(FrameDecoder.packets(timed + frame + [1, 2, 3, 4], 127).first?.isHidden == true)
    // A second presence word moves the timer to the next multiple of eight.
    let two: [UInt8] =
      [0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 12) + [0x30]
    #expect(FrameDecoder.packets(two + frame + [1, 2, 3, 4], 127).first?.isHidden == true)
    let plain: [UInt8] = [0, 0, 8, 0, 0, 0, 0, 0]
    #expect(FrameDecoder.packets(plain + Self.data(Build.snap(Build.hidden)), 127).first?.isHidden == true)
  }

  @Test func anAggregateYieldsAllItsPackets() {
    func subframe(_ payload: [UInt8]) -> [UInt8] {
      [UInt8](repeating: 3, count: 12) + Build.big(UInt16(payload.count)) + payload
    }
    let first = subframe(Build.snap(Build.hidden))
    let padding = [UInt8](repeating: 0, count: (4 - first.count % 4) % 4)
    let body = first + padding + subframe(Build.snap(Build.hidden6, type: 0x86DD))
    let packets = FrameDecoder.packets(Self.data(body, kind: 0x88, extra: [0x80, 0]), 105)
    #expect(packets.map(\.isHidden) == [true, true])
    #expect(packets.map(\.source.address.isIPv4) == [true, false])
  }

  @Test func framesWithoutReadableDataAreCounted() {
    let body = Build.snap(Build.hidden)
    #expect(FrameDecoder.undecoded(Self.data(body, kind: 0x80), 105) == [.wirelessManagement: 1])
    #expect(FrameDecoder.undecoded(Self.data(body, kind: 0x48), 105) == [.wirelessManagement: 1])
    #expect(FrameDecoder.undecoded(Self.data(body, flags: 0x41), 105) == [.wirelessEncrypted: 1])
    #expect(FrameDecoder.undecoded(Self.data(body, sequence: [0x11, 0]), 105) == [.wirelessFragment: 1])
    #expect(FrameDecoder.undecoded(Self.data(body, flags: 0x05), 105) == [.wirelessFragment: 1])
  }
}
