import Bytes
import NetworkProtocols
import NetworkValues
import PacketCapture

/// The frames of one of the project's samples and the messages in them.
struct Sample {
  /// Each with the bytes that were captured of it.
  private(set) var frames: [[UInt8]] = []
  private(set) var linkType = LinkType(rawValue: 1)
  /// TCP payloads that were not empty, in the order of the capture.
  private(set) var payloads: [[UInt8]] = []
  private(set) var keys: [ConnectionKey] = []

  init(path: String) throws(CaptureError) {
    var source = try PacketSource(path: path)
    var decoder = FrameDecoder()
    while let frame = try source.next() {
      linkType = frame.linkType
      frames.append(unsafe frame.bytes.withUnsafeBytes { unsafe [UInt8]($0) })
      decoder.decode(frame) { packet in
        if let key = packet.connectionKey { keys.append(key) }
        if packet.payload.byteCount > 0 {
          payloads.append(unsafe packet.payload.withUnsafeBytes { unsafe [UInt8]($0) })
        }
      }
    }
  }

  /// The body of the first handshake message of a type; RFC 8446 §4, §5.1.
  func message(type wanted: UInt8) throws(ParseError) -> [UInt8]? {
    for payload in payloads {
      let handshake = try payload.withCursor { (cursor) throws(ParseError) in
        var handshake: [UInt8] = []
        while cursor.remaining >= 5 {
          let type: UInt8 = try cursor.read()
          try cursor.skip(2)
          var fragment = try cursor.slice(prefixedBy: UInt16.self)
          if type == 22 { fragment.append(to: &handshake) } else { break }
        }
        return handshake
      }
      let body = try handshake.withCursor { (cursor) throws(ParseError) -> [UInt8]? in
        while cursor.remaining >= 4 {
          let type: UInt8 = try cursor.read()
          let length = try cursor.readUInt24()
          guard length <= cursor.remaining else { return nil }
          if type == wanted { return try cursor.readBytes(length) }
          try cursor.skip(length)
        }
        return nil
      }
      if let body { return body }
    }
    return nil
  }

  /// The server's own certificate as a TLS 1.2 Certificate message carries it; RFC 5246 §7.4.2.
  func certificate() throws(ParseError) -> [UInt8]? {
    try message(type: 11)?.withCursor { (cursor) throws(ParseError) in
      try cursor.skip(3)
      return try cursor.readBytes(try cursor.readUInt24())
    }
  }
}
