import NetworkProtocols
import NetworkValues
import PacketCapture

/// Frames of one input: link type first, then each frame behind its length and the milliseconds since the last.
struct FrameScript {
  private static let linkTypes: [UInt32] = [
    1, 0, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 127, 149, 166, 192, 204, 226, 228, 229, 239, 258, 276, 163, 119,
    281, 242, 999,
  ]

  var linkType: LinkType
  private var script: InputScript
  private var number = 0
  private var time: Int64 = 1_700_000_000_000_000_000

  init(_ bytes: [UInt8]) {
    script = InputScript(bytes)
    linkType = LinkType(rawValue: Self.linkTypes[Int(script.byte()) % Self.linkTypes.count])
  }

  /// Hands on each frame. The top bit of a length says that the snap length cut bytes off.
  mutating func forEach(_ body: (borrowing Frame) -> Void) {
    while !script.isAtEnd {
      let length = script.word()
      let pause = Int64(script.byte())
      // Up to seven minutes, so that timeouts are reached too.
      time += pause < 200 ? pause * 1_000_000 : (pause - 199) * 7_500_000_000
      let bytes = script.take(length & 0x7fff)
      number += 1
      let span = bytes.span
      body(
        unsafe Frame(
          number: number, timestamp: Timestamp(nanoseconds: time), linkType: linkType,
          originalLength: bytes.count + (length >> 15) * 100, bytes: span.bytes))
    }
  }
}

extension FuzzTarget {
  /// Link layers, tunnels, IP with fragments, transport headers.
  static let frames = FuzzTarget("frames") { bytes in
    var decoder = FrameDecoder()
    var script = FrameScript(bytes)
    var frames = 0
    var touched = 0
    script.forEach { frame in
      frames += 1
      decoder.decode(frame) { packet in
        claim(packet.payload.byteCount <= 65_536 + 16, "no packet is longer than IP can say")
        touched &+= packet.payload.byteCount
        if let key = packet.connectionKey { touched &+= Int(key.low.port) }
        touched &+= packet.source.description.utf8.count
      }
    }
    claim(decoder.statistics.frames == frames, "every frame is counted")
    for what in decoder.statistics.undecoded.keys {
      claim(what.description.utf8.count < 100, "an undecoded protocol has a short name")
    }
  }
}
