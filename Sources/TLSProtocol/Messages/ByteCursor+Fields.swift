internal import Bytes

/// The cursor's verbs with the name of the field that is read: an error then says which field of the message broke.
extension ByteCursor {
  @inline(__always)
  mutating func read<Value: WireValue>(
    _: Value.Type = Value.self, field: StaticString
  ) throws(ParseError) -> Value {
    do throws(ParseError) { return try Value(parsing: &self) } catch { throw error.named(field) }
  }

  @inline(__always)
  mutating func read<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _: Integer.Type = Integer.self, field: StaticString
  ) throws(ParseError) -> Integer {
    do throws(ParseError) { return try read(Integer.self) } catch { throw error.named(field) }
  }

  mutating func readUInt24(field: StaticString) throws(ParseError) -> Int {
    do throws(ParseError) { return try readUInt24() } catch { throw error.named(field) }
  }

  /// The next two bytes as a number; does not move.
  func peekUInt16(field: StaticString) throws(ParseError) -> UInt16 {
    guard let high = peek(), let low = peek(1) else {
      throw ParseError(.truncated(needed: 2, available: remaining), at: offset, field: "\(field)")
    }
    return UInt16(high) << 8 | UInt16(low)
  }

  mutating func readBytes(_ count: Int, field: StaticString) throws(ParseError) -> [UInt8] {
    do throws(ParseError) { return try readBytes(count) } catch { throw error.named(field) }
  }

  @inline(__always)
  mutating func readBytes<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy length: Length.Type, field: StaticString
  ) throws(ParseError) -> [UInt8] {
    do throws(ParseError) { return try readBytes(prefixedBy: length) } catch { throw error.named(field) }
  }

  /// Copies the bytes behind a 24-bit length out, as certificates and OCSP responses stand in.
  mutating func readBytesPrefixedBy24Bits(field: StaticString) throws(ParseError) -> [UInt8] {
    let count = try readUInt24(field: field)
    return try readBytes(count, field: field)
  }

  @_lifetime(copy self)
  mutating func slice(_ count: Int, field: StaticString) throws(ParseError) -> ByteCursor {
    do throws(ParseError) { return try slice(count) } catch { throw error.named(field) }
  }

  @inline(__always)
  @_lifetime(copy self)
  mutating func slice<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy length: Length.Type, field: StaticString
  ) throws(ParseError) -> ByteCursor {
    do throws(ParseError) { return try slice(prefixedBy: length) } catch { throw error.named(field) }
  }

  @_lifetime(copy self)
  mutating func slicePrefixedBy24Bits(field: StaticString) throws(ParseError) -> ByteCursor {
    let count = try readUInt24(field: field)
    return try slice(count, field: field)
  }

  mutating func skip(_ count: Int, field: StaticString) throws(ParseError) {
    do throws(ParseError) { try skip(count) } catch { throw error.named(field) }
  }

  /// Reads code points to the cursor's end into an array of the right size.
  @inline(__always)
  mutating func readCodePoints<Point: CodePoint>(
    toEndOf field: StaticString, of _: Point.Type = Point.self
  ) throws(ParseError) -> [Point] {
    var points: [Point] = []
    points.reserveCapacity(remaining / (Point.RawValue.bitWidth / 8))
    while !isAtEnd { points.append(Point(rawValue: try read(Point.RawValue.self, field: field))) }
    return points
  }

  /// Reads a length in bytes, then the code points that it counts.
  @inline(__always)
  mutating func readCodePoints<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Point: CodePoint>(
    prefixedBy length: Length.Type, of _: Point.Type = Point.self, field: StaticString
  ) throws(ParseError) -> [Point] {
    var list = try slice(prefixedBy: length, field: field)
    return try list.readCodePoints(toEndOf: field)
  }
}

extension ParseError {
  /// The same error, in a field; a nested field's name stays.
  func named(_ field: StaticString) -> ParseError {
    guard self.field.isEmpty else { return self }
    return ParseError(reason, at: offset, field: "\(field)")
  }
}
