import NetworkValues
import PacketCapture
import Testing

/// Reading a broken capture may fail, but it never traps and never runs on.
@Suite struct HostileInputTests {
  private static let pcap: [UInt8] = {
    var capture = CaptureBytes()
    capture.pcapHeader()
    capture.pcapRecord(seconds: 1, fraction: 2, ethernetFrame())
    capture.pcapRecord(seconds: 1, fraction: 3, ethernetFrame(to: 80))
    return capture.bytes
  }()

  private static let pcapng: [UInt8] = {
    var capture = CaptureBytes()
    capture.section { $0.option(1, "comment") }
    capture.interface { block in
      block.option(2, "eth0")
      block.option(9, [9])
      block.put(UInt32(0))
    }
    capture.block(4) { $0.option(1, [192, 0, 2, 1] + Array("a.example\0".utf8)) }
    capture.block(10) { block in
      block.put(UInt32(0x544c_534b))
      block.put(UInt32(4))
      block.put(UInt32(0))
    }
    capture.enhancedPacket(time: 1, ethernetFrame()) { block in
      block.option(1, "a frame's comment")
      block.put(UInt32(0))
    }
    capture.block(3) { block in
      block.put(UInt32(4))
      block.put(UInt32(0))
    }
    capture.block(5) { block in
      block.put(UInt32(0))
      block.put(UInt64(0))
      block.option(4, [1, 2, 3, 4, 5, 6, 7, 8])
    }
    return capture.bytes
  }()

  @Test(arguments: [pcap, pcapng])
  func aCaptureCutAtAnyByteGivesOnlyWholeFrames(capture: [UInt8]) {
    let whole = readAll(capture).frames
    #expect(whole.count == 2)
    for count in capture.indices {
      let (frames, _) = readAll(Array(capture[..<count]))
      #expect(frames.map(\.bytes) == Array(whole.map(\.bytes).prefix(frames.count)))
    }
  }

  @Test(arguments: [pcap, pcapng])
  func aFlippedBitNeverTraps(capture: [UInt8]) {
    for index in capture.indices {
      for flip: UInt8 in [0x01, 0x80, 0xff] {
        var broken = capture
        broken[index] ^= flip
        let (frames, error) = readAll(broken, filter: index % 2 == 0 ? "tcp port 443" : nil)
        #expect(frames.count <= 2)
        #expect(error?.description.isEmpty != true)
      }
    }
  }

  @Test func randomBytesBehindAHeaderNeverTrap() {
    var generator = SeededGenerator(state: 1)
    for header in [Self.pcap.prefix(24), Self.pcapng.prefix(40)] {
      for _ in 0..<300 {
        let noise = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        #expect(readAll(header + noise).frames.count <= 12)
      }
    }
  }

  @Test func aFileOfInterfacesAloneIsRefusedBeforeItFillsTheMemory() {
    var interface = CaptureBytes()
    interface.interface()
    var capture = CaptureBytes()
    capture.section()
    for _ in 0...65_536 { capture.bytes += interface.bytes }
    #expect(readAll(capture.bytes).error?.description.contains("more than 65536 interfaces") == true)
  }
}

/// SplitMix64: the same noise in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
