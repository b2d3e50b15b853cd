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
    value(name, room: JSONText.longestNumber) { JSONText.number(number, to: &$0) }
  }

  mutating func member(_ name: StaticString, _ bool: Bool) { value(name, room: 5) { JSONText.bool(bool, to: &$0) } }

  mutating func member(_ name: StaticString, _ text: String) { string(name, text) }

  mutating func nullMember(_ name: StaticString) { value(name, room: 4) { JSONText.append("null", to: &$0) } }

  /// A template with its numbers; those that are nil become null.
  mutating func fill<let count: Int>(_ template: borrowing JSONTemplate<count>, _ numbers: InlineArray<count, Int?>) {
    let isBehindAnother = needsComma
    let length = template.length
    let ends = template.ends
    let room = length &+ count &* JSONText.longestNumber &+ 1 &+ JSONTemplate<count>.wordLength
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
            unsafe place = ShortCopy.copyText(text, from: start, to: ends[index], at: place)
            start = ends[index]
            if let number = numbers[index] {
              unsafe place = JSONText.number(number, at: place)
            } else {
              unsafe place.storeBytes(of: JSONText.null, as: UInt32.self)
              unsafe place += 4
            }
          }
          unsafe place = ShortCopy.copyText(text, from: start, to: length, at: place)
          written = unsafe place - base
        }
      }
    }
    needsComma = true
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
    value(nil, room: json.count) { output in
      unsafe json.withUnsafeBufferPointer { unsafe JSONText.append($0, to: &output) }
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
  public mutating func null() { value(nil, room: 4) { JSONText.append("null", to: &$0) } }
  /// A value.
  public mutating func bool(_ bool: Bool) { value(nil, room: 5) { JSONText.bool(bool, to: &$0) } }

  /// A value.
  public mutating func integer(_ number: some FixedWidthInteger) {
    value(nil, room: JSONText.longestNumber) { JSONText.number(number, to: &$0) }
  }

  /// Nanoseconds as a decimal number of seconds, exactly.
  public mutating func seconds(_ name: StaticString? = nil, nanoseconds: Int64) {
    let magnitude = nanoseconds.magnitude
    value(name, room: JSONText.longestNumber + 10) { output in
      if nanoseconds < 0 { output.append(UInt8(ascii: "-")) }
      JSONText.digits(magnitude / 1_000_000_000, to: &output)
      output.append(UInt8(ascii: "."))
      JSONText.padded(magnitude % 1_000_000_000, unit: 100_000_000, to: &output)
    }
  }

  /// A value, escaped as RFC 8259 §7 asks and so that it is safe to show on a terminal.
  public mutating func string(_ text: String) { string(nil, text) }

  private mutating func string(_ name: StaticString?, _ text: String) {
    var text = text
    text.withUTF8 { text in
      if unsafe JSONEscape.needsEscape(text) { return unsafe escapedString(name, text) }
      value(name, room: text.count + 2) { output in
        output.append(UInt8(ascii: "\""))
        unsafe JSONText.append(text, to: &output)
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
      guard unsafe JSONEscape.needsEscape(text[place]) else {
        place += 1
        continue
      }
      let scalar = unsafe JSONEscape.scalar(in: text, at: place)
      let end = min(place + UTF8.width(scalar), text.count)
      if scalar.isASCII || scalar.isHostile {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<place]))
        JSONEscape.append(scalar, to: &bytes)
        copied = end
      }
      place = end
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
    bytes.append(UInt8(ascii: "\""))
  }

  /// An IP address in a string.
  mutating func address(_ address: IPAddress) {
    guard address.isIPv4 else { return string(address.description) }
    value(nil, room: 17) { output in
      output.append(UInt8(ascii: "\""))
      for part in 0..<4 {
        if part > 0 { output.append(UInt8(ascii: ".")) }
        JSONText.digits(address.low >> UInt64(24 - 8 * part) & 0xff, to: &output)
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
            unsafe memory[count] = JSONText.hexDigit(bytes[offset] >> 4)
            unsafe memory[count &+ 1] = JSONText.hexDigit(bytes[offset] & 0xf)
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
      JSONText.padded(civil.year.magnitude, unit: 1000, to: &output)
      output.append(UInt8(ascii: "-"))
      JSONText.padded(UInt64(civil.month), unit: 10, to: &output)
      output.append(UInt8(ascii: "-"))
      JSONText.padded(UInt64(civil.day), unit: 10, to: &output)
      output.append(UInt8(ascii: "T"))
      JSONText.padded(UInt64(civil.secondOfDay / 3600), unit: 10, to: &output)
      output.append(UInt8(ascii: ":"))
      JSONText.padded(UInt64(civil.secondOfDay / 60 % 60), unit: 10, to: &output)
      output.append(UInt8(ascii: ":"))
      JSONText.padded(UInt64(civil.secondOfDay % 60), unit: 10, to: &output)
      output.append(UInt8(ascii: "."))
      JSONText.padded(rest.magnitude, unit: 100_000_000, to: &output)
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
        JSONText.key(name, isBehindAnother, to: &output)
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
}
