import Bytes

extension RawSpan {
  /// Copies the first `limit` bytes out, or all where there are fewer.
  func prefixBytes(_ limit: Int) -> [UInt8] {
    let count = Swift.min(Swift.max(limit, 0), byteCount)
    guard count > 0 else { return [] }
    var cursor = ByteCursor(self)
    return (try? cursor.readBytes(count)) ?? []
  }
}

extension [UInt8] {
  /// Lends the array's bytes.
  func withRawSpan<Result>(_ body: (RawSpan) -> Result) -> Result {
    withCursor { cursor in body(cursor.rest) }
  }
}

extension RawSpan {
  /// The bytes open a record that holds a ServerHello (RFC 8446 §5.1, §4.1.3).
  var startsServerHello: Bool {
    let cursor = ByteCursor(self)
    return cursor.peek(0) == 22 && cursor.peek(1) == 3 && cursor.peek(5) == 2
  }
}
