import ConnectionTracking
import HandshakeModel
import PacketCapture

/// Hands each captured frame to the file that keeps it and to the reader that tells its connection's story.
struct RecordingReader: ~Copyable {
  var file: CaptureFile?
  var reader: CaptureReader
  let handshakesOnly: Bool

  init(file: consuming CaptureFile?, reader: consuming CaptureReader, handshakesOnly: Bool) {
    self.file = file
    self.reader = reader
    self.handshakesOnly = handshakesOnly
  }

  mutating func receive(_ frame: borrowing Frame) throws(CaptureError) {
    guard handshakesOnly, let written = file?.framesWritten else {
      reader.receive(frame)
      try file?.write(frame)
      return
    }
    // Numbers are those that the file's frames will have.
    reader.receive(
      Frame(
        number: written + 1, timestamp: frame.timestamp, linkType: frame.linkType, interface: frame.interface,
        originalLength: frame.originalLength, bytes: frame.bytes))
    if reader.tracker.lastPacketMattered { try file?.write(frame) }
  }
}
