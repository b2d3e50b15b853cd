/// Reads a run of bytes front to back, in network byte order, never past its end.
///
/// Four verbs: `read` moves past what it returns, `peek` does not move, `slice` narrows to a nested value, `finish`
/// refuses leftovers. Offsets count from the start of the outermost buffer, so that an error in a nested value says
/// where it stands in the whole message. The cursor borrows its bytes and cannot outlive them.
public struct ByteCursor: ~Escapable {
  @usableFromInline let base: RawSpan
  /// Bytes from the start of the outermost buffer to the next byte to read.
  @inlinable public var offset: Int { position }
  @usableFromInline var position: Int
  @usableFromInline let end: Int

  @_lifetime(copy bytes)
  @inlinable
  public init(_ bytes: RawSpan) {
    self.init(base: bytes, offset: 0, end: bytes.byteCount)
  }

  @_lifetime(copy base)
  @inlinable
  init(base: RawSpan, offset: Int, end: Int) {
    self.base = base
    self.position = offset
    self.end = end
  }

  /// How many bytes are left to read.
  @inlinable public var remaining: Int { end &- offset }
  @inlinable public var isAtEnd: Bool { offset >= end }

  /// The one bounds check: every read goes through it.
  @inlinable
  mutating func advance(_ count: Int) throws(ParseError) -> Int {
    guard count >= 0, count <= remaining else {
      throw ParseError(.truncated(needed: count, available: remaining), at: offset)
    }
    let start = offset
    position = start &+ count
    return start
  }

  /// Reads a big-endian integer.
  @inlinable
  public mutating func read<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _: Integer.Type = Integer.self
  ) throws(ParseError) -> Integer {
    let start = try advance(MemoryLayout<Integer>.size)
    return Integer(bigEndian: unsafe base.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: Integer.self))
  }

  /// Reads a 24-bit big-endian integer, as TLS uses for handshake lengths.
  @inlinable
  public mutating func readUInt24() throws(ParseError) -> Int {
    let start = try advance(3)
    return Int(byte(start)) << 16 | Int(byte(start &+ 1)) << 8 | Int(byte(start &+ 2))
  }

  /// Reads an integer stored with its least significant byte first, as some link layers do.
  @inlinable
  public mutating func readLittleEndian<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _: Integer.Type = Integer.self
  ) throws(ParseError) -> Integer {
    try read(Integer.self).byteSwapped
  }

  /// Copies the next `count` bytes out.
  @inlinable
  public mutating func readBytes(_ count: Int) throws(ParseError) -> [UInt8] {
    let start = try advance(count)
    return unsafe base.extracting(start..<start &+ count).withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Copies the bytes behind a length prefix of type `Length` out.
  @inlinable
  public mutating func readBytes<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy _: Length.Type
  ) throws(ParseError) -> [UInt8] {
    let count = Int(clamping: try read(Length.self))
    return try readBytes(count)
  }

  /// Copies all that is left out and moves to the end.
  @inlinable
  public mutating func readRemaining() -> [UInt8] {
    let start = offset
    position = end
    guard start < end else { return [] }
    return unsafe base.extracting(start..<end).withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Appends all that is left to `bytes` and moves to the end.
  @inlinable
  public mutating func append(to bytes: inout [UInt8]) {
    let start = offset
    position = end
    guard start < end else { return }
    unsafe base.extracting(start..<end).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Moves past `count` bytes.
  @inlinable
  public mutating func skip(_ count: Int) throws(ParseError) {
    _ = try advance(count)
  }

  /// The byte `distance` bytes ahead, or nil past the end; does not move.
  @inlinable
  public func peek(_ distance: Int = 0) -> UInt8? {
    guard distance >= 0, distance < remaining else { return nil }
    return byte(offset &+ distance)
  }

  /// The big-endian integer `distance` bytes ahead, or nil where it does not lie before the end; does not move.
  @inlinable @inline(__always)
  public func peek<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _: Integer.Type, at distance: Int
  ) -> Integer? {
    guard distance >= 0, distance <= remaining &- MemoryLayout<Integer>.size else { return nil }
    let start = offset &+ distance
    return Integer(bigEndian: unsafe base.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: Integer.self))
  }

  /// Whether what is left is as long as `bytes` and the same at some places, counted from here; does not move.
  public func holds(_ bytes: [UInt8], at places: [Range<Int>]) -> Bool {
    guard bytes.count == remaining else { return false }
    let other = unsafe bytes.span.bytes
    for place in places {
      guard place.lowerBound >= 0, place.upperBound <= bytes.count else { return false }
      guard base.isSame(at: offset &+ place.lowerBound, as: other, at: place.lowerBound, count: place.count) else {
        return false
      }
    }
    return true
  }

  /// A cursor over the next `count` bytes; this one moves behind them.
  @_lifetime(copy self)
  @inlinable
  public mutating func slice(_ count: Int) throws(ParseError) -> ByteCursor {
    let start = try advance(count)
    return ByteCursor(base: base, offset: start, end: start &+ count)
  }

  /// A cursor over the bytes behind a length prefix of type `Length`; this one moves behind them.
  @_lifetime(copy self)
  @inlinable
  public mutating func slice<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy _: Length.Type
  ) throws(ParseError) -> ByteCursor {
    let count = Int(clamping: try read(Length.self))
    return try slice(count)
  }

  /// The bytes not yet read, borrowed.
  @inlinable public var rest: RawSpan {
    @_lifetime(copy self)
    get { base.extracting(offset..<end) }
  }

  /// Refuses bytes left over behind a value that should fill its container.
  @inlinable
  public func finish(_ field: String = "") throws(ParseError) {
    guard isAtEnd else { throw ParseError(.trailingBytes(remaining), at: offset, field: field) }
  }

  /// `position` has been checked by the caller: it lies between `offset` and `end`.
  @inlinable
  func byte(_ position: Int) -> UInt8 {
    unsafe base.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt8.self)
  }
}

extension [UInt8] {
  /// Lends a cursor over the array's bytes.
  @inlinable
  public func withCursor<Result, Failure: Error>(
    _ body: (inout ByteCursor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let span = self.span
    var cursor = ByteCursor(unsafe span.bytes)
    return try body(&cursor)
  }
}

extension ArraySlice<UInt8> {
  /// Lends the slice's bytes as a cursor that stands at its start.
  @inlinable
  public func withCursor<Result, Failure: Error>(
    _ body: (inout ByteCursor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let span = self.span
    var cursor = ByteCursor(unsafe span.bytes)
    return try body(&cursor)
  }
}

extension [UInt8] {
  /// Whether both hold the same bytes: what `==` says, eight bytes at a time.
  public func hasSameBytes(as other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    return unsafe span.bytes.isSame(at: 0, as: other.span.bytes, at: 0, count: count)
  }
}

extension RawSpan {
  /// Compares `count` bytes, eight at a time; the caller has checked that both spans hold them at their places.
  fileprivate func isSame(at place: Int, as other: RawSpan, at otherPlace: Int, count: Int) -> Bool {
    var offset = 0
    while offset &+ 8 <= count {
      let first = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: place &+ offset, as: UInt64.self)
      let second = unsafe other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherPlace &+ offset, as: UInt64.self)
      guard first == second else { return false }
      offset &+= 8
    }
    while offset < count {
      let first = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: place &+ offset, as: UInt8.self)
      let second = unsafe other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherPlace &+ offset, as: UInt8.self)
      guard first == second else { return false }
      offset &+= 1
    }
    return true
  }
}
