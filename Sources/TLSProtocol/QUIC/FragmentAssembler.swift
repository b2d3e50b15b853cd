/// Puts pieces that say where they belong in order: QUIC's CRYPTO frames (RFC 9000 §19.6), which clients scatter on
/// purpose, and the fragments of DTLS messages (RFC 9147 §5.5).
struct FragmentAssembler: Sendable {
  private var pending: [(offset: UInt64, data: [UInt8])] = []
  /// Bytes that wait for those before them.
  private(set) var pendingCount = 0
  /// Bytes handed on so far.
  private(set) var offset: UInt64 = 0

  /// What waits for bytes before it is bounded in pieces and bytes, as endpoints bound it (RFC 9000 §7.5).
  private static let pieceLimit = 256
  private static let byteLimit = 1 << 17

  /// Whether a piece of so many bytes was taken in before.
  func holds(_ count: Int, at start: UInt64) -> Bool {
    let end = start &+ UInt64(count)
    guard count > 0, end > offset else { return count > 0 }
    return pending.contains { $0.offset <= start && end <= $0.offset &+ UInt64($0.data.count) }
  }

  /// Forgets what waits.
  mutating func dropPending() {
    pending = []
    pendingCount = 0
  }

  /// Takes in a piece; returns those that are now in order.
  mutating func insert(_ data: [UInt8], at start: UInt64) -> [UInt8] {
    let end = start &+ UInt64(data.count)
    guard end > offset, end < 1 << 62 else { return [] }
    guard start <= offset else {
      guard pending.count < Self.pieceLimit, pendingCount &+ data.count <= Self.byteLimit else { return [] }
      let place = pending.firstIndex { $0.offset > start } ?? pending.endIndex
      pending.insert((start, data), at: place)
      pendingCount &+= data.count
      return []
    }
    var ordered = Array(data[Int(offset &- start)...])
    offset = end
    var used = 0
    for piece in pending {
      guard piece.offset <= offset else { break }
      used &+= 1
      pendingCount &-= piece.data.count
      let pieceEnd = piece.offset &+ UInt64(piece.data.count)
      guard pieceEnd > offset else { continue }
      ordered += piece.data[Int(offset &- piece.offset)...]
      offset = pieceEnd
    }
    pending.removeFirst(used)
    return ordered
  }
}
