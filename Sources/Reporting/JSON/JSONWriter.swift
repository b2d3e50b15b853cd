import NetworkValues

/// Appends JSON to a buffer of UTF-8 bytes, front to back, building no values in between.
///
/// Commas are its business; matching `begin` and `end` calls, and writing a key before each member, are the caller's.
public struct JSONWriter: Sendable {
  /// What has been written, in UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// A value stands before this place in the same container: the next one needs a comma.
  private var needsComma = false
  /// What ``list(_:_:limit:_:)`` left out since ``omittedMember()``, by the list's name.
  var omitted: [(list: StaticString, count: Int)] = []

  public init(reservingCapacity capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// What has been written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets what has been written but keeps the buffer's memory, for the next line of output.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  // MARK: Structure

  /// Opens an object that is a value.
  public mutating func beginObject() { open(nil, UInt8(ascii: "{")) }
  /// Closes an object.
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  /// Opens an array that is a value.
  public mutating func beginArray() { open(nil, UInt8(ascii: "[")) }
  /// Closes an array.
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member that is a container; its members or elements and ``endObject()`` or ``endArray()`` follow.
  mutating func beginObject(_ name: StaticString) { open(name, UInt8(ascii: "{")) }
  mutating func beginArray(_ name: StaticString) { open(name, UInt8(ascii: "[")) }

  /// A member's name, which must be plain ASCII without quotes or backslashes.
  public mutating func key(_ name: StaticString) {
    value(name, room: 0) { _ in }
    needsComma = false
  }

  mutating func member(_ name: StaticString, _ number: some FixedWidthInteger) {
    value(name, room: Self.longestNumber) { Self.number(number, to: &$0) }
  }

  mutating func member(_ name: StaticString, _ bool: Bool) { value(name, room: 5) { Self.bool(bool, to: &$0) } }

  mutating func member(_ name: StaticString, _ text: String) { string(name, text) }

  mutating func nullMember(_ name: StaticString) { value(name, room: 4) { Self.append("null", to: &$0) } }

  /// A template with its numbers; those that are nil become null.
  mutating func fill<let count: Int>(_ template: borrowing JSONTemplate<count>, _ numbers: InlineArray<count, Int?>) {
    let isBehindAnother = needsComma
    let length = template.length
    let ends = template.ends
    let room = length &+ count &* Self.longestNumber &+ 1 &+ JSONTemplate<count>.wordLength
    unsafe template.text.withUnsafeBytes { text in
      bytes.append(addingCapacity: room) { output in
        precondition(output.freeCapacity >= room)
        unsafe output.withUnsafeMutableBufferPointer { memory, written in
          guard let base = UnsafeMutableRawPointer(memory.baseAddress), let text = text.baseAddress else { return }
          var place = unsafe base + written
          unsafe place.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
          unsafe place += isBehindAnother ? 1 : 0
          var start = 0
          for index in 0..<count {
            unsafe place = Self.copyText(text, from: start, to: ends[index], at: place)
            start = ends[index]
            if let number = numbers[index] {
              unsafe place = Self.number(number, at: place)
            } else {
              unsafe place.storeBytes(of: Self.null, as: UInt32.self)
              unsafe place += 4
            }
          }
          unsafe place = Self.copyText(text, from: start, to: length, at: place)
          written = unsafe place - base
        }
      }
    }
    needsComma = true
  }

  /// `null` in memory.
  private static var null: UInt32 { UInt32(0x6c6c_756e).littleEndian }

  /// Copies a template's text in words, of which the last may reach beyond it at both places.
  @inline(__always)
  private static func copyText(
    _ text: UnsafeRawPointer, from start: Int, to end: Int, at place: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var offset = start
    while offset < end {
      unsafe copyWord(UInt64.self, text + offset, to: place + (offset &- start), at: 0)
      unsafe copyWord(UInt64.self, text + offset, to: place + (offset &- start), at: 8)
      offset &+= 16
    }
    return unsafe place + (end &- start)
  }

  /// A report is mostly names: as static strings they are copied as they stand in the program, into room for all of it.
  @inline(__always)
  private static func key(_ name: StaticString, _ isBehindAnother: Bool, to output: inout OutputSpan<UInt8>) {
    let length = name.utf8CodeUnitCount
    precondition(output.freeCapacity >= length &+ 4)
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      guard let base = UnsafeMutableRawPointer(memory.baseAddress) else { return }
      var place = unsafe base + count
      unsafe place.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
      unsafe place += isBehindAnother ? 1 : 0
      unsafe place.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
      unsafe copy(UnsafeRawPointer(name.utf8Start), to: place + 1, count: length)
      unsafe place += length &+ 1
      unsafe place.storeBytes(of: Self.endOfKey, as: UInt16.self)
      count = unsafe place + 2 - base
    }
  }

  /// A quotation mark and a colon, in this order in memory.
  private static var endOfKey: UInt16 { (UInt16(UInt8(ascii: ":")) << 8 | UInt16(UInt8(ascii: "\""))).littleEndian }

  @inline(__always)
  private static func append(_ text: StaticString, to output: inout OutputSpan<UInt8>) {
    unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), to: &output)
  }

  @inline(__always)
  private static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout OutputSpan<UInt8>) {
    let length = text.count
    precondition(output.freeCapacity >= length)
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      guard let base = UnsafeMutableRawPointer(memory.baseAddress),
        let start = unsafe UnsafeRawPointer(text.baseAddress)
      else { return }
      unsafe copy(start, to: base + count, count: length)
      count &+= length
    }
  }

  /// Copies few bytes in words that may overlap: for names a call costs more than the copying.
  @inline(__always)
  private static func copy(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) {
    switch count {
    case 8...16:
      unsafe copyWord(UInt64.self, source, to: target, at: 0)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 8)
    case 17...32:
      unsafe copyWord(UInt64.self, source, to: target, at: 0)
      unsafe copyWord(UInt64.self, source, to: target, at: 8)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 16)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 8)
    case 4...7:
      unsafe copyWord(UInt32.self, source, to: target, at: 0)
      unsafe copyWord(UInt32.self, source, to: target, at: count &- 4)
    default: unsafe target.copyMemory(from: source, byteCount: count)
    }
  }

  @inline(__always)
  private static func copyWord<Word: FixedWidthInteger & BitwiseCopyable>(
    _: Word.Type, _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, at offset: Int
  ) {
    unsafe target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: offset, as: Word.self), toByteOffset: offset, as: Word.self)
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
    value(nil, room: json.count) { output in unsafe json.withUnsafeBufferPointer { unsafe Self.append($0, to: &output) }
    }
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

  /// A value.
  public mutating func null() { value(nil, room: 4) { Self.append("null", to: &$0) } }
  /// A value.
  public mutating func bool(_ bool: Bool) { value(nil, room: 5) { Self.bool(bool, to: &$0) } }

  /// A value.
  public mutating func integer(_ number: some FixedWidthInteger) {
    value(nil, room: Self.longestNumber) { Self.number(number, to: &$0) }
  }

  /// Nanoseconds as a decimal number of seconds, exactly.
  public mutating func seconds(_ name: StaticString? = nil, nanoseconds: Int64) {
    let magnitude = nanoseconds.magnitude
    value(name, room: Self.longestNumber + 10) { output in
      if nanoseconds < 0 { output.append(UInt8(ascii: "-")) }
      Self.digits(magnitude / 1_000_000_000, to: &output)
      output.append(UInt8(ascii: "."))
      Self.padded(magnitude % 1_000_000_000, unit: 100_000_000, to: &output)
    }
  }

  /// A value, escaped as RFC 8259 §7 asks and so that it is safe to show on a terminal.
  public mutating func string(_ text: String) { string(nil, text) }

  private mutating func string(_ name: StaticString?, _ text: String) {
    var text = text
    text.withUTF8 { text in
      if unsafe Self.needsEscape(text) { return unsafe escapedString(name, text) }
      value(name, room: text.count + 2) { output in
        output.append(UInt8(ascii: "\""))
        unsafe Self.append(text, to: &output)
        output.append(UInt8(ascii: "\""))
      }
    }
  }

  /// A string of which some characters have to be escaped; what stands between them is copied as it is.
  private mutating func escapedString(_ name: StaticString?, _ text: UnsafeBufferPointer<UInt8>) {
    value(name, room: 1) { $0.append(UInt8(ascii: "\"")) }
    var copied = 0
    var place = 0
    while place < text.count {
      guard unsafe Self.needsEscape(text[place]) else {
        place += 1
        continue
      }
      let scalar = unsafe Self.scalar(in: text, at: place)
      let end = min(place + UTF8.width(scalar), text.count)
      if scalar.isASCII || scalar.isHostile {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<place]))
        escaped(scalar)
        copied = end
      }
      place = end
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
    bytes.append(UInt8(ascii: "\""))
  }

  /// The character that begins at a place of valid UTF-8.
  private static func scalar(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Unicode.Scalar {
    let longest = unsafe UnsafeBufferPointer(rebasing: text[place..<min(place + 4, text.count)])
    return unsafe String(decoding: longest, as: UTF8.self).unicodeScalars.first ?? "\u{fffd}"
  }

  /// An IP address in a string.
  mutating func address(_ address: IPAddress) {
    guard address.isIPv4 else { return string(address.description) }
    value(nil, room: 17) { output in
      output.append(UInt8(ascii: "\""))
      for part in 0..<4 {
        if part > 0 { output.append(UInt8(ascii: ".")) }
        Self.digits(address.low >> UInt64(24 - 8 * part) & 0xff, to: &output)
      }
      output.append(UInt8(ascii: "\""))
    }
  }

  /// Text of unknown encoding, as it came from the wire: bytes that are no UTF-8 become U+FFFD.
  public mutating func string(bytes value: [UInt8]) { string(String(decoding: value, as: UTF8.self)) }

  /// Bytes as lower-case hex in a string.
  public mutating func hexadecimal(_ value: [UInt8]) { hexadecimal(nil, value[...]) }

  mutating func hexadecimal(_ name: StaticString?, _ value: ArraySlice<UInt8>) {
    self.value(name, room: 2 * value.count + 2) { output in
      output.append(UInt8(ascii: "\""))
      unsafe value.withUnsafeBytes { bytes in
        unsafe output.withUnsafeMutableBufferPointer { memory, count in
          let target = UnsafeMutableRawBufferPointer(memory)
          var offset = 0
          while offset &+ 16 <= bytes.count {
            let digits = HexDigits.of(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self))
            unsafe target.storeBytes(of: digits, toByteOffset: count, as: SIMD32<UInt8>.self)
            offset &+= 16
            count &+= 32
          }
          while offset < bytes.count {
            unsafe memory[count] = Self.hexDigit(bytes[offset] >> 4)
            unsafe memory[count &+ 1] = Self.hexDigit(bytes[offset] & 0xf)
            offset &+= 1
            count &+= 2
          }
        }
      }
      output.append(UInt8(ascii: "\""))
    }
  }

  /// A moment as RFC 3339 in UTC, with nine decimals; 64 bits of nanoseconds reach from the year 1677 to 2262.
  public mutating func time(_ name: StaticString? = nil, nanoseconds: Int64) {
    var seconds = nanoseconds / 1_000_000_000
    var rest = nanoseconds % 1_000_000_000
    if rest < 0 {
      rest += 1_000_000_000
      seconds -= 1
    }
    let civil = CivilTime(secondsSinceEpoch: seconds)
    value(name, room: 32) { output in
      output.append(UInt8(ascii: "\""))
      Self.padded(civil.year.magnitude, unit: 1000, to: &output)
      output.append(UInt8(ascii: "-"))
      Self.padded(UInt64(civil.month), unit: 10, to: &output)
      output.append(UInt8(ascii: "-"))
      Self.padded(UInt64(civil.day), unit: 10, to: &output)
      output.append(UInt8(ascii: "T"))
      Self.padded(UInt64(civil.secondOfDay / 3600), unit: 10, to: &output)
      output.append(UInt8(ascii: ":"))
      Self.padded(UInt64(civil.secondOfDay / 60 % 60), unit: 10, to: &output)
      output.append(UInt8(ascii: ":"))
      Self.padded(UInt64(civil.secondOfDay % 60), unit: 10, to: &output)
      output.append(UInt8(ascii: "."))
      Self.padded(rest.magnitude, unit: 100_000_000, to: &output)
      output.append(UInt8(ascii: "Z"))
      output.append(UInt8(ascii: "\""))
    }
  }

  // MARK: Bytes

  /// A value whose text, or whose start, `write` writes, of `room` bytes at most; behind its name where it is a member.
  @inline(__always)
  private mutating func value(_ name: StaticString?, room: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
    let isBehindAnother = needsComma
    bytes.append(addingCapacity: (name?.utf8CodeUnitCount ?? 0) + 4 + room) { output in
      if let name {
        Self.key(name, isBehindAnother, to: &output)
      } else if isBehindAnother {
        output.append(UInt8(ascii: ","))
      }
      write(&output)
    }
    needsComma = true
  }

  private mutating func open(_ name: StaticString?, _ bracket: UInt8) {
    value(name, room: 1) { $0.append(bracket) }
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  /// Digits of the largest number of 64 bits, and a sign.
  private static let longestNumber = 21

  @inline(__always)
  private static func number(_ value: some FixedWidthInteger, to output: inout OutputSpan<UInt8>) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude), to: &output)
  }

  @inline(__always)
  private static func bool(_ value: Bool, to output: inout OutputSpan<UInt8>) {
    append(value ? "true" : "false", to: &output)
  }

  @inline(__always)
  private static func digits(_ value: UInt64, to output: inout OutputSpan<UInt8>) {
    if value < 10 { return output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)) }
    if value < 100_000_000, output.freeCapacity >= 8 {
      return eightDigits(UInt32(truncatingIfNeeded: value), to: &output)
    }
    // Found from the last one to the first.
    var places = InlineArray<20, UInt8>(repeating: 0)
    var count = 0
    var rest = value
    repeat {
      let (tens, last) = rest.quotientAndRemainder(dividingBy: 10)
      places[count] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: last)
      count += 1
      rest = tens
    } while rest > 0
    while count > 0 {
      count -= 1
      output.append(places[count])
    }
  }

  @inline(__always)
  private static func eightDigits(_ value: UInt32, to output: inout OutputSpan<UInt8>) {
    let text = DecimalDigits(value)
    let zeros = text.leadingZeros
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(memory)[count...])
      unsafe rest.storeBytes(of: text.withoutZeros, as: UInt64.self)
      count &+= 8 &- zeros
    }
  }

  /// Writes a number where there is room for the longest, and 8 bytes more; returns the place behind it.
  @inline(__always)
  private static func number(_ value: Int, at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    if value >= 0, value < 10 {
      unsafe place.storeBytes(of: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value), as: UInt8.self)
      return unsafe place + 1
    }
    guard value >= 0, value < 100_000_000 else { return unsafe longNumber(value, at: place) }
    let text = DecimalDigits(UInt32(truncatingIfNeeded: value))
    unsafe place.storeBytes(of: text.withoutZeros, as: UInt64.self)
    return unsafe place + (8 &- text.leadingZeros)
  }

  @inline(never)
  private static func longNumber(_ value: Int, at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var place = unsafe place
    for byte in value.description.utf8 {
      unsafe place.storeBytes(of: byte, as: UInt8.self)
      unsafe place += 1
    }
    return unsafe place
  }

  /// As many digits as `unit` has; `value` has no more.
  @inline(__always)
  private static func padded(_ value: UInt64, unit: UInt64, to output: inout OutputSpan<UInt8>) {
    var unit = unit
    while unit > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
      unit /= 10
    }
  }

  /// Eight bytes a time.
  private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // The highest bit of a byte tells: of one that is below 0x20 or equal to one of three, or has that bit itself.
      let isFound =
        (word &- repeated(0x20)) | word | isZero(word ^ repeated(0x7f)) | isZero(word ^ repeated(UInt8(ascii: "\"")))
        | isZero(word ^ repeated(UInt8(ascii: "\\")))
      if isFound & repeated(0x80) != 0 { return true }
      offset &+= 8
    }
    while offset < bytes.count {
      if unsafe needsEscape(bytes[offset]) { return true }
      offset &+= 1
    }
    return false
  }

  @inline(__always)
  private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of the lowest byte that is zero, and perhaps of some above it; nothing where none is.
  @inline(__always)
  private static func isZero(_ word: UInt64) -> UInt64 { (word &- repeated(1)) & ~word }

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
