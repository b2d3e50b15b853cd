/// Appends JSON to a buffer of UTF-8 bytes, front to back, building no values in between.
///
/// Commas are its business; matching `begin` and `end` calls, and writing a key before each member, are the caller's.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// A value stands before this place in the same container: the next one needs a comma.
  private var needsComma = false

  public init(reservingCapacity capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Writes into memory that was used before; what stands in it is forgotten.
  public init(reusing buffer: consuming [UInt8]) {
    bytes = buffer
    bytes.removeAll(keepingCapacity: true)
  }

  /// What has been written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets what has been written but keeps the buffer's memory, for the next line of output.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  // MARK: Structure

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member's name, which must be plain ASCII without quotes or backslashes.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // A report is mostly names: as a static string, one is copied as it stands in the program.
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Ends a line of a stream that holds one value a line.
  public mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Text that is no JSON, as it stands.
  public mutating func verbatim(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A value, or members, already in JSON's form.
  public mutating func fragment(_ json: [UInt8]) {
    guard !json.isEmpty else { return }
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// What follows a value inside a fragment that was cut there.
  mutating func continuation(_ json: [UInt8]) {
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// The array of these numbers, right behind what was written last.
  mutating func list(_ numbers: [Int]) {
    needsComma = false
    beginArray()
    for number in numbers { integer(number) }
    endArray()
  }

  // MARK: Values

  public mutating func null() { literal("null") }
  public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  public mutating func integer(_ value: some FixedWidthInteger) {
    separate()
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude))
    needsComma = true
  }

  /// Nanoseconds as a decimal number of seconds, exactly.
  public mutating func seconds(nanoseconds: Int64) {
    separate()
    if nanoseconds < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = nanoseconds.magnitude
    digits(magnitude / 1_000_000_000)
    bytes.append(UInt8(ascii: "."))
    fraction(magnitude % 1_000_000_000)
    needsComma = true
  }

  public mutating func string(_ value: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    escaped(value)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Text of unknown encoding, as it came from the wire: bytes that are no UTF-8 become U+FFFD.
  public mutating func string(bytes value: [UInt8]) { string(String(decoding: value, as: UTF8.self)) }

  /// Bytes as lower-case hex in a string.
  public mutating func hexadecimal(_ value: [UInt8]) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.reserveCapacity(bytes.count + 2 * value.count + 1)
    for byte in value {
      bytes.append(Self.hexDigit(byte >> 4))
      bytes.append(Self.hexDigit(byte & 0xf))
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// A moment as RFC 3339 in UTC, with nine decimals.
  public mutating func time(nanoseconds: Int64) {
    var seconds = nanoseconds / 1_000_000_000
    var rest = nanoseconds % 1_000_000_000
    if rest < 0 {
      rest += 1_000_000_000
      seconds -= 1
    }
    let civil = CivilTime(secondsSinceEpoch: seconds)
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: civil.date.utf8)
    bytes.append(UInt8(ascii: "T"))
    bytes.append(contentsOf: civil.time.utf8)
    bytes.append(UInt8(ascii: "."))
    fraction(rest.magnitude)
    bytes.append(UInt8(ascii: "Z"))
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  // MARK: Bytes

  private mutating func separate() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func digits(_ value: UInt64) {
    if value < 10 { return bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)) }
    let start = bytes.count
    var rest = value
    while rest > 0 {
      let (tens, last) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: last))
      rest = tens
    }
    // Written from the last digit to the first.
    var (low, high) = (start, bytes.count - 1)
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// `value` below 10⁹, as nine digits.
  private mutating func fraction(_ value: UInt64) {
    var unit: UInt64 = 100_000_000
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
      unit /= 10
    }
  }

  private mutating func escaped(_ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: value.utf8)
    var isPlain = true
    for index in start..<bytes.count where Self.needsEscape(bytes[index]) { isPlain = false }
    if isPlain { return }
    bytes.removeLast(bytes.count - start)
    for scalar in value.unicodeScalars { escaped(scalar) }
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Characters that JSON does not demand to escape are escaped too where printing them could act on a terminal or break
  /// a line in a program that reads the output as JavaScript (U+2028).
  private mutating func escaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append(contentsOf: #"\""#.utf8)
    case "\\": bytes.append(contentsOf: #"\\"#.utf8)
    case "\n": bytes.append(contentsOf: #"\n"#.utf8)
    case "\r": bytes.append(contentsOf: #"\r"#.utf8)
    case "\t": bytes.append(contentsOf: #"\t"#.utf8)
    case _ where scalar.isHostile:
      for unit in Character(scalar).utf16 {
        bytes.append(contentsOf: #"\u"#.utf8)
        bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: unit >> 12)))
        bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: unit >> 8 & 0xf)))
        bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: unit >> 4 & 0xf)))
        bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: unit & 0xf)))
      }
    default: bytes.append(contentsOf: Character(scalar).utf8)
    }
  }

  /// `value` is below 16.
  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ (value &- 10)
  }
}
