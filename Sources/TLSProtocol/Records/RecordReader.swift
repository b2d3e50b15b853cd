internal import Bytes

/// Cuts records from one direction of a stream, in pieces of any size. RFC 8446 §5.1.
///
///                 ┌────────────── a piece ──────────────┐┌──── the next ────┐
///     … fragment] [header][ fragment ] [header][ fragm   ent ] [header][ …
///                  └ in place: lent, not copied ┘ └─ buffered ─┘
///
/// A record that lies whole in a piece is lent from there; only one that spreads over pieces is copied, and only if its
/// content is wanted. The reader holds one record at most, so a direction costs at most 18 KiB.
struct RecordReader {
  enum Step {
    /// The piece is used up.
    case needsMore
    /// The fragment is the next `length` bytes of the piece: the caller moves behind it.
    case inPlace(RecordHeader)
    /// The fragment stands in the buffer: ``takeFragment()``.
    case buffered(RecordHeader)
    /// The record went by; nobody wanted its content.
    case passed(RecordHeader)
    /// Bytes of the record are missing from the capture; those before the gap stand in the buffer.
    case damaged(RecordHeader)
    /// No record can start here. Said once; the rest is ignored until a gap gives a new chance.
    case notTLS
  }

  private enum State {
    case header
    case collecting(RecordHeader)
    case passing(RecordHeader, left: Int, isDamaged: Bool)
    /// Behind a gap of unknown content: looking for a place where records start.
    case searching
    case lost
  }

  private var state = State.header
  /// Header bytes, or the fragment's bytes so far.
  private var buffer: [UInt8] = []
  /// A record that a gap finished, to be told at the next step.
  private var finished: Step?
  private var isAtStart = true
  private var searchedBytes = 0
  private let sender: Role
  /// The conversation speaks SSLv2: every record has its short header.
  var isSSLv2 = false
  /// Records were skipped over without seeing their headers since the last call of ``takeResynchronisation()``.
  private var didResynchronise = false

  /// Bytes of a record whose end has not come yet.
  var bufferedBytes: Int { buffer.count }

  /// What comes next, if anything, begins with bytes that have not come yet.
  var isBetweenRecords: Bool { if case .header = state { finished == nil } else { false } }

  private static let searchLimit = 1 << 20

  init(sender: Role) { self.sender = sender }

  /// Moves on in the piece to the end of the next record. `wants` says whose content to keep.
  mutating func advance(_ piece: inout ByteCursor, wants: WantedRecords) -> Step {
    if let step = finished {
      finished = nil
      return step
    }
    while true {
      switch state {
      case .header:
        guard !piece.isAtEnd else { return .needsMore }
        guard let header = readHeader(&piece) else {
          if case .lost = state { return .notTLS }
          return .needsMore
        }
        isAtStart = false
        let isWanted = wants.contains(header)
        // An SSLv2 hello's first bytes were taken for a header: they stand in the buffer.
        if buffer.isEmpty, isWanted, piece.remaining >= header.length { return .inPlace(header) }
        state = isWanted ? .collecting(header) : .passing(header, left: header.length &- buffer.count, isDamaged: false)
        if !isWanted { buffer = [] }
      case .collecting(let header):
        append(&piece, upTo: header.length)
        guard buffer.count >= header.length else { return .needsMore }
        state = .header
        return .buffered(header)
      case .passing(let header, let left, let isDamaged):
        let count = min(left, piece.remaining)
        pass(count, of: &piece)
        guard count == left else {
          state = .passing(header, left: left &- count, isDamaged: isDamaged)
          return .needsMore
        }
        state = .header
        return isDamaged ? .damaged(header) : .passed(header)
      case .searching:
        guard !piece.isAtEnd else { return .needsMore }
        search(&piece)
        if case .lost = state { return .notTLS }
      case .lost:
        pass(piece.remaining, of: &piece)
        return .needsMore
      }
    }
  }

  /// The buffered fragment, moved out.
  mutating func takeFragment() -> [UInt8] {
    defer { buffer = [] }
    return buffer
  }

  /// Notes that `count` bytes are missing here; zero or less where nobody knows how many.
  ///
  /// Inside a record whose length is known the reader stays aligned. Everywhere else it has to search.
  mutating func skip(_ count: Int) {
    switch state {
    case .collecting(let header):
      skip(count, left: header.length &- buffer.count, of: header, isDamaged: true)
    case .passing(let header, let left, let isDamaged):
      skip(count, left: left, of: header, isDamaged: isDamaged)
    case .header, .searching, .lost:
      buffer = []
      state = .searching
      isAtStart = false
    }
  }

  private mutating func skip(_ count: Int, left: Int, of header: RecordHeader, isDamaged: Bool) {
    if count > 0, count < left {
      state = .passing(header, left: left &- count, isDamaged: isDamaged)
    } else {
      state = count == left ? .header : .searching
      finished = isDamaged ? .damaged(header) : .passed(header)
    }
  }

  /// Whether a search found records again since this was last asked.
  mutating func takeResynchronisation() -> Bool {
    defer { didResynchronise = false }
    return didResynchronise
  }

  // MARK: Headers

  private mutating func readHeader(_ piece: inout ByteCursor) -> RecordHeader? {
    if isSSLv2 { return readSSLv2Header(&piece) }
    if buffer.isEmpty, let header = RecordHeader.peek(piece) {
      pass(RecordHeader.tlsLength, of: &piece)
      return header
    }
    append(&piece, upTo: RecordHeader.tlsLength)
    guard buffer.count == RecordHeader.tlsLength else { return nil }
    if let header = RecordHeader(buffer[0], buffer[1], buffer[2], buffer[3], buffer[4]) {
      buffer = []
      return header
    }
    if isAtStart,
      let header = RecordHeader(sslv2Opening: buffer[0], buffer[1], buffer[2], buffer[3], buffer[4], from: sender)
    {
      // Three of the five bytes belong to the fragment already: it is collected, never lent.
      buffer.removeFirst(2)
      return header
    }
    buffer = []
    state = .lost
    return nil
  }

  /// SSLv2's header, draft-hickman-netscape-ssl-00 §1.1: the high bit tells two bytes from three.
  private mutating func readSSLv2Header(_ piece: inout ByteCursor) -> RecordHeader? {
    append(&piece, upTo: 2)
    guard buffer.count >= 2 else { return nil }
    if buffer[0] & 0x80 != 0 {
      let header = RecordHeader(sslv2Length: Int(buffer[0] & 0x7f) << 8 | Int(buffer[1]), headerLength: 2)
      buffer = []
      return header
    }
    append(&piece, upTo: 3)
    guard buffer.count >= 3 else { return nil }
    let header = RecordHeader(sslv2Length: Int(buffer[0] & 0x3f) << 8 | Int(buffer[1]), headerLength: 3)
    buffer = []
    return header
  }

  // MARK: Finding records again

  /// Moves to the first place where records can start: the piece's own start, since senders like to begin a segment with
  /// a record, or a place inside from which headers chain.
  private mutating func search(_ piece: inout ByteCursor) {
    let length = piece.remaining
    for distance in 0..<length {
      guard let byte = piece.peek(distance), byte >= 20, byte <= 24 else { continue }
      guard let header = RecordHeader.peek(piece, at: distance), header.length > 0 else { continue }
      guard isChained(header, at: distance, in: piece, of: length) else { continue }
      pass(distance, of: &piece)
      didResynchronise = true
      searchedBytes = 0
      state = .header
      return
    }
    pass(length, of: &piece)
    searchedBytes &+= length
    if searchedBytes > Self.searchLimit { state = .lost }
  }

  private func isChained(
    _ header: RecordHeader, at distance: Int, in piece: borrowing ByteCursor, of length: Int
  ) -> Bool {
    guard header.version.rawValue <= 0x0304 else { return false }
    let next = distance &+ RecordHeader.tlsLength &+ header.length
    if next == length { return true }
    if next > length { return distance == 0 }
    if next &+ RecordHeader.tlsLength <= length { return RecordHeader.peek(piece, at: next) != nil }
    return piece.peek(next).map { $0 >= 20 && $0 <= 24 } ?? false
  }

  // MARK: Bytes

  private mutating func append(_ piece: inout ByteCursor, upTo length: Int) {
    let count = min(length &- buffer.count, piece.remaining)
    guard count > 0, let bytes = try? piece.readBytes(count) else { return }
    if buffer.isEmpty { buffer = bytes } else { buffer.append(contentsOf: bytes) }
  }

  /// `count` was checked against what is left.
  private func pass(_ count: Int, of piece: inout ByteCursor) {
    try? piece.skip(count)
  }
}
