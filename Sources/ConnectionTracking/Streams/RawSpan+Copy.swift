import Bytes
import HandshakeModel

extension RawSpan {
  /// Copies the first `limit` bytes out, or all where there are fewer.
  func prefixBytes(_ limit: Int) -> [UInt8] {
    let count = Swift.min(Swift.max(limit, 0), byteCount)
    guard count > 0 else { return [] }
    var cursor = ByteCursor(self)
    return (try? cursor.readBytes(count)) ?? []
  }

  /// Appends bytes from the front until `bytes` holds `limit` of them.
  func append(to bytes: inout [UInt8], upTo limit: Int) {
    let room = limit &- bytes.count
    guard room > 0 else { return }
    let addition = prefixBytes(room)
    if bytes.isEmpty { bytes = addition } else { bytes.append(contentsOf: addition) }
  }
}

extension [UInt8] {
  /// Lends the array's bytes.
  func withRawSpan<Result>(_ body: (RawSpan) -> Result) -> Result {
    withCursor { cursor in body(cursor.rest) }
  }
}

extension RawSpan {
  /// A DTLS record with a ClientHello in it (RFC 6347 §4.1, §4.2.2).
  var startsDTLSClientHello: Bool {
    let cursor = ByteCursor(self)
    // OpenSSL's DTLS before there was a standard has the version 0x0100; AnyConnect speaks it still.
    let isVersion = cursor.peek(1) == 0xfe || cursor.peek(1) == 1 && cursor.peek(2) == 0
    return cursor.peek(0) == 22 && isVersion && cursor.peek(13) == 1
  }

  /// A ClientHello of DTLS, or a QUIC packet with a long header.
  var beginsDatagramHandshake: Bool {
    startsDTLSClientHello || ByteCursor(self).peek(0).map { $0 & 0x80 != 0 } == true
  }

  /// A QUIC packet that only servers send: Version Negotiation, or a version 1 Retry (RFC 9000 §17.2.1, §17.2.5).
  var isQUICServerPacket: Bool {
    let cursor = ByteCursor(self)
    guard let first = cursor.peek(0), first & 0x80 != 0 else { return false }
    let isVersionZero = (1...4).allSatisfy { cursor.peek($0) == 0 }
    let isRetry = first & 0x30 == 0x30 && cursor.peek(4) == 1 && cursor.peek(1) == 0
    return isVersionZero || isRetry
  }
}
