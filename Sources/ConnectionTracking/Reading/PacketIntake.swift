import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

/// What every reader of a capture does with a frame before anybody follows connections: counts and decodes it.
struct PacketIntake: ~Copyable {
  var statistics = CaptureStatistics()
  private var decoder = FrameDecoder()
  private(set) var adoptedSecrets = 0

  /// Frames came by in which another program may see a TCP segment that is not seen here.
  var mayHaveMissedTCP: Bool {
    decoder.statistics.maybeTCP + decoder.statistics.malformedPackets + decoder.statistics.tooDeepFrames > 0
  }

  /// Calls `body` with the packet that the frame holds, if it can be decoded.
  @inline(__always)
  mutating func receive(_ frame: borrowing Frame, body: (borrowing Packet) -> Void) {
    count(frame.bytes.byteCount, frame.timestamp)
    decoder.decode(frame) { packet in body(packet) }
  }

  /// Counts a frame of so many bytes that needs no decoding.
  @inline(__always)
  mutating func count(_ bytes: Int, _ timestamp: Timestamp) {
    statistics.frames += 1
    statistics.bytes &+= UInt64(max(0, bytes))
    if statistics.firstTime == nil { statistics.firstTime = timestamp }
    statistics.lastTime = timestamp
  }

  /// The secrets that the source has come across since the last call; nil where there are none.
  mutating func newSecrets(of source: inout PacketSource) -> KeyLog? {
    guard source.secretCount > adoptedSecrets else { return nil }
    var keys = KeyLog()
    for text in source.takeSecrets() { keys.append(lines: text) }
    adoptedSecrets = source.secretCount
    return keys
  }

  /// Completes the counts of frames, at the capture's end.
  mutating func finish() {
    statistics.truncatedFrames = decoder.statistics.truncatedPackets
    for (what, count) in decoder.statistics.undecoded { statistics.undecoded[what.description] = count }
  }
}
