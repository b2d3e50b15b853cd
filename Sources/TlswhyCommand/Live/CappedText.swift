/// Text of any length, of which the beginning and the end are kept.
struct CappedText {
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var omitted = 0

  private static let headLimit = 16 * 1024
  private static let tailLimit = 32 * 1024

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    let room = Self.headLimit - head.count
    head.append(contentsOf: bytes.prefix(max(room, 0)))
    tail.append(contentsOf: bytes.dropFirst(max(room, 0)))
    if tail.count > 2 * Self.tailLimit {
      omitted += tail.count - Self.tailLimit
      tail.removeFirst(tail.count - Self.tailLimit)
    }
  }

  var isEmpty: Bool { head.isEmpty }

  /// The bytes, with a line that says what was left out.
  var bytes: [UInt8] {
    let surplus = max(tail.count - Self.tailLimit, 0)
    let left = omitted + surplus
    guard left > 0 else { return head + tail }
    return head + Array("\n[\(left) bytes left out]\n".utf8) + tail.dropFirst(surplus)
  }
}
