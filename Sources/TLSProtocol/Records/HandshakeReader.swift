public import Bytes

/// Joins handshake messages over records, or over any other pieces: several in one piece, one over many.
/// RFC 8446 §4: a type, a 24-bit length, a body.
///
/// A message that lies whole in a piece is lent from there. The reader holds one message at most, and none over
/// ``limit(of:)``: a longer one is named, then passed over.
public struct HandshakeReader: Sendable {
  /// What a step of reading gave.
  public enum Step: Sendable {
    /// The piece is used up.
    case needsMore
    /// The body is the next `length` bytes of the piece: the caller moves behind it.
    case inPlace(HandshakeType, length: Int)
    /// The body stands in the buffer: ``takeBody()``.
    case buffered(HandshakeType, length: Int)
    /// A message over the limit begins; its bytes are passed over.
    case oversized(HandshakeType, length: Int)
    /// The message went by, but bytes of it are missing from the capture.
    case damaged(HandshakeType, length: Int)
  }

  private enum State {
    case header
    case collecting(HandshakeType, length: Int)
    case passing(HandshakeType, length: Int, left: Int, isDamaged: Bool)
    /// Nobody knows where the next message starts; the start of a piece gets a try.
    case unaligned
  }

  private var state = State.header
  private var buffer: [UInt8] = []

  /// Bytes before a message's body (RFC 8446 §4).
  public static let headerLength = 4

  public init() {}

  /// The longest message that is kept, in bytes of body. The big ones carry chains, names of authorities and staples; a
  /// hello's own fields add up to 131,332 bytes at most.
  public static func limit(of type: HandshakeType) -> Int {
    switch type.rawValue {
    case 11, 13, 22, 25: 256 << 10
    default: 132 << 10
    }
  }

  /// Bytes of a message whose end has not come yet.
  public var bufferedBytes: Int { buffer.count }

  /// A message has begun whose end has not come yet.
  public var isInsideMessage: Bool {
    switch state {
    case .header: !buffer.isEmpty
    case .collecting: true
    case .passing(_, _, let left, _): left > 0
    case .unaligned: false
    }
  }

  /// Moves on in the piece to the end of the next message.
  public mutating func advance(_ piece: inout ByteCursor) -> Step {
    while true {
      switch state {
      case .unaligned:
        guard !piece.isAtEnd else { return .needsMore }
        guard Self.isPlausible(piece) else {
          try? piece.skip(piece.remaining)
          return .needsMore
        }
        state = .header
      case .header:
        guard let (type, length) = readHeader(&piece) else { return .needsMore }
        if length > Self.limit(of: type) {
          state = .passing(type, length: length, left: length, isDamaged: false)
          return .oversized(type, length: length)
        }
        if piece.remaining >= length { return .inPlace(type, length: length) }
        state = .collecting(type, length: length)
      case .collecting(let type, let length):
        append(&piece, upTo: length)
        guard buffer.count >= length else { return .needsMore }
        state = .header
        return .buffered(type, length: length)
      case .passing(let type, let length, let left, let isDamaged):
        let count = min(left, piece.remaining)
        try? piece.skip(count)
        guard count == left else {
          state = .passing(type, length: length, left: left &- count, isDamaged: isDamaged)
          return .needsMore
        }
        state = .header
        if isDamaged { return .damaged(type, length: length) }
      }
    }
  }

  /// The buffered body, moved out.
  public mutating func takeBody() -> [UInt8] {
    defer { buffer = [] }
    return buffer
  }

  /// Notes that `count` bytes are missing here. Inside a message the reader stays aligned if the gap ends in it.
  public mutating func skip(_ count: Int) {
    switch state {
    case .collecting(let type, let length): pass(count, length &- buffer.count, type, length)
    case .passing(let type, let length, let left, _): pass(count, left, type, length)
    case .header, .unaligned: loseAlignment()
    }
  }

  private mutating func pass(_ count: Int, _ left: Int, _ type: HandshakeType, _ length: Int) {
    guard count > 0, count <= left else { return loseAlignment() }
    buffer = []
    state = .passing(type, length: length, left: left &- count, isDamaged: true)
  }

  /// Forgets the open message: what follows starts at an unknown place.
  public mutating func loseAlignment() {
    buffer = []
    state = .unaligned
  }

  private mutating func readHeader(_ piece: inout ByteCursor) -> (HandshakeType, Int)? {
    if buffer.isEmpty, piece.remaining >= Self.headerLength {
      guard let type = try? piece.read(HandshakeType.self), let length = try? piece.readUInt24() else { return nil }
      return (type, length)
    }
    append(&piece, upTo: Self.headerLength)
    guard buffer.count == Self.headerLength else { return nil }
    defer { buffer = [] }
    return (HandshakeType(rawValue: buffer[0]), Int(buffer[1]) << 16 | Int(buffer[2]) << 8 | Int(buffer[3]))
  }

  private mutating func append(_ piece: inout ByteCursor, upTo length: Int) {
    let count = min(length &- buffer.count, piece.remaining)
    guard count > 0, let bytes = try? piece.readBytes(count) else { return }
    if buffer.isEmpty { buffer = bytes } else { buffer.append(contentsOf: bytes) }
  }

  /// Whether a record's fragment reads as handshake messages in the clear. Ciphertext does so about once in a million
  /// times: the type must be known and the 24-bit length fit.
  public static func isPlausible(_ fragment: borrowing ByteCursor) -> Bool {
    guard
      let type = fragment.peek(), let high = fragment.peek(1), let middle = fragment.peek(2), let low = fragment.peek(3)
    else { return false }
    let length = Int(high) << 16 | Int(middle) << 8 | Int(low)
    switch type {
    case 11:
      // A chain may fill many records; its list's own length then vouches for it.
      if length &+ headerLength <= fragment.remaining { return true }
      guard let high = fragment.peek(4), let middle = fragment.peek(5), let low = fragment.peek(6) else { return false }
      return Int(high) << 16 | Int(middle) << 8 | Int(low) == length &- 3
    case 1, 2, 4, 6, 8, 12, 13, 14, 15, 16, 20, 22, 24, 25:
      // An explicit nonce often starts with zeros, so type 0 (hello_request) vouches for nothing.
      return length &+ headerLength <= fragment.remaining
    default:
      return false
    }
  }
}
