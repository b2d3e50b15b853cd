public import Bytes

/// A number that an IANA registry gives a meaning. Every number is legal; a name is a lookup.
public protocol CodePoint: RawRepresentable, Hashable, Sendable, WireValue, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable {
  init(rawValue: RawValue)
  /// The name in the registry; nil where none is assigned.
  var registeredName: String? { get }
  /// One of the values that RFC 8701 reserves to be ignored.
  var isGREASE: Bool { get }
}

extension CodePoint {
  @inlinable
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    self.init(rawValue: try cursor.read(RawValue.self))
  }

  /// One of the 16-bit values that RFC 8701 reserves to be ignored: 0x0a0a, 0x1a1a, … 0xfafa.
  public var isGREASE: Bool {
    guard RawValue.bitWidth == 16 else { return false }
    let value = UInt32(truncatingIfNeeded: rawValue)
    return value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
  }

  /// The registered name, `GREASE(0x0a0a)`, or the number in hex.
  public var name: String {
    if isGREASE { return "GREASE(\(hexadecimal))" }
    return registeredName ?? hexadecimal
  }

  /// The number in hex at its full width, as in `0x0a0a`.
  public var hexadecimal: String {
    let digits = String(rawValue, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, RawValue.bitWidth / 4 - digits.count)) + digits
  }

  public var description: String { name }
}
