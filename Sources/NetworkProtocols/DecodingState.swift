import NetworkValues
internal import PacketCapture

/// Where the decoding of one frame stands.
struct DecodingState {
  let frame: Int
  let timestamp: Timestamp
  /// Where the captured bytes end, as an offset into the buffer that is being read.
  var captureEnd: Int
  /// Where the layer being read ended on the wire, likewise; beyond `captureEnd` where the capture cut it short.
  var wireEnd: Int
  /// The IP header read last.
  var ip = IPHeader()
  /// How many layers were read.
  var layers = 0
  /// A packet was delivered or a fragment taken.
  var isDecoded = false

  init(frame: Int, timestamp: Timestamp, captureEnd: Int, wireEnd: Int) {
    self.frame = frame
    self.timestamp = timestamp
    self.captureEnd = captureEnd
    self.wireEnd = wireEnd
  }
}

/// What a packet keeps of its IP header.
struct IPHeader {
  var source = IPAddress(ipv4: 0)
  var destination = IPAddress(ipv4: 0)
  var hopLimit: UInt8 = 0
  var identification: UInt16?
}
