/// A value with one wire form, read from a cursor that stands at its first byte.
public protocol WireValue {
  /// Reads the value and leaves the cursor behind its last byte.
  init(parsing cursor: inout ByteCursor) throws(ParseError)
}

extension ByteCursor {
  /// Reads one value of a type that knows its own wire form.
  @inlinable
  public mutating func read<Value: WireValue>(_: Value.Type = Value.self) throws(ParseError) -> Value {
    try Value(parsing: &self)
  }

  /// Reads a length prefix of type `Length`, in bytes, then values until the prefixed bytes are used up.
  @inlinable
  public mutating func readList<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Value: WireValue>(
    _: Length.Type,
    of _: Value.Type = Value.self
  ) throws(ParseError) -> [Value] {
    var body = try slice(prefixedBy: Length.self)
    var values: [Value] = []
    while !body.isAtEnd { values.append(try Value(parsing: &body)) }
    return values
  }
}
