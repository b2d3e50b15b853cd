internal import Bytes

/// A frame of a QUIC packet, RFC 9000 §19, as far as a handshake's diagnosis needs it.
enum QUICFrame {
  case crypto(offset: UInt64, data: [UInt8])
  case connectionClose(QUICConnectionClose)
  case handshakeDone
  case other(type: UInt64)

  /// Reads the frames of a packet up to its end, or to a frame of unknown type, behind which nothing can be found.
  static func forEach(in payload: [UInt8], _ body: (QUICFrame) -> Void) throws(ParseError) {
    try payload.withCursor { (cursor) throws(ParseError) in
      while !cursor.isAtEnd {
        if cursor.peek() == 0 {
          try cursor.skip(1)
        } else {
          body(try QUICFrame(parsing: &cursor))
        }
      }
    }
  }

  private init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let start = cursor.offset
    let type = try cursor.readVariableInteger()
    self = .other(type: type)
    switch type {
    case 0x02, 0x03:
      try Self.skipIntegers(2, &cursor)
      let ranges = try cursor.readVariableInteger()
      // Each range takes two bytes at least: a count beyond that ends the loop by itself.
      var left = ranges &* 2 &+ 1
      guard ranges <= UInt64(cursor.remaining) else { throw ParseError(.invalid("\(ranges) ranges"), at: start) }
      while left > 0 {
        _ = try cursor.readVariableInteger()
        left &-= 1
      }
      if type == 0x03 { try Self.skipIntegers(3, &cursor) }
    case 0x04: try Self.skipIntegers(3, &cursor)
    case 0x05, 0x11, 0x15: try Self.skipIntegers(2, &cursor)
    case 0x06:
      let offset = try cursor.readVariableInteger()
      let length = try cursor.readVariableLength()
      self = .crypto(offset: offset, data: try cursor.readBytes(length))
    case 0x07:
      let length = try cursor.readVariableLength()
      try cursor.skip(length)
    case 0x08...0x0f:
      try Self.skipIntegers(type & 0x04 != 0 ? 2 : 1, &cursor)
      let length = type & 0x02 != 0 ? try cursor.readVariableLength() : cursor.remaining
      try cursor.skip(length)
    case 0x01: break
    case 0x10, 0x12, 0x13, 0x14, 0x16, 0x17, 0x19: try Self.skipIntegers(1, &cursor)
    case 0x18:
      try Self.skipIntegers(2, &cursor)
      let length: UInt8 = try cursor.read()
      try cursor.skip(Int(length) + 16)
    case 0x1a, 0x1b: try cursor.skip(8)
    case 0x1c, 0x1d: self = .connectionClose(try QUICConnectionClose(parsing: &cursor, isApplication: type == 0x1d))
    case 0x1e: self = .handshakeDone
    case 0x30: try cursor.skip(cursor.remaining)
    case 0x31:
      let length = try cursor.readVariableLength()
      try cursor.skip(length)
    default: throw ParseError(.invalid("frame type \(type)"), at: start)
    }
  }

  private static func skipIntegers(_ count: Int, _ cursor: inout ByteCursor) throws(ParseError) {
    for _ in 0..<count { _ = try cursor.readVariableInteger() }
  }
}

/// CONNECTION_CLOSE, RFC 9000 §19.19: why an endpoint gave up.
public struct QUICConnectionClose: Hashable, Sendable {
  /// The error code (RFC 9000 §20).
  public var code: UInt64
  /// The code is the application's (HTTP/3's, RFC 9114 §8.1), not the transport's.
  public var isApplication: Bool
  /// The type of the frame that caused it; nil from applications.
  public var frameType: UInt64?
  /// Meant for people; control characters escaped.
  public var reason: String

  public init(code: UInt64, isApplication: Bool, frameType: UInt64?, reason: String) {
    (self.code, self.isApplication, self.frameType, self.reason) = (code, isApplication, frameType, reason)
  }

  init(parsing cursor: inout ByteCursor, isApplication: Bool) throws(ParseError) {
    code = try cursor.readVariableInteger()
    self.isApplication = isApplication
    frameType = isApplication ? nil : try cursor.readVariableInteger()
    let length = try cursor.readVariableLength()
    let bytes = try cursor.readBytes(min(length, cursor.remaining))
    reason = ASN1Text.harmless(Array(bytes.prefix(1024)).span)
  }

  /// The TLS alert that a CRYPTO_ERROR carries, RFC 9001 §4.8.
  public var alert: AlertDescription? {
    guard !isApplication, (0x100...0x1ff).contains(code) else { return nil }
    return AlertDescription(rawValue: UInt8(truncatingIfNeeded: code))
  }

  private static let names = [
    "NO_ERROR", "INTERNAL_ERROR", "CONNECTION_REFUSED", "FLOW_CONTROL_ERROR", "STREAM_LIMIT_ERROR",
    "STREAM_STATE_ERROR", "FINAL_SIZE_ERROR", "FRAME_ENCODING_ERROR", "TRANSPORT_PARAMETER_ERROR",
    "CONNECTION_ID_LIMIT_ERROR", "PROTOCOL_VIOLATION", "INVALID_TOKEN", "APPLICATION_ERROR",
    "CRYPTO_BUFFER_EXCEEDED", "KEY_UPDATE_ERROR", "AEAD_LIMIT_REACHED", "NO_VIABLE_PATH",
    "VERSION_NEGOTIATION_ERROR",
  ]

  /// The code's name, RFC 9000 §20.1 and RFC 9368 §10.1, or its number in hex.
  public var name: String {
    if let alert { return "CRYPTO_ERROR(\(alert.name))" }
    if !isApplication, code < UInt64(Self.names.count) { return Self.names[Int(code)] }
    return (isApplication ? "application error 0x" : "0x") + String(code, radix: 16)
  }
}
