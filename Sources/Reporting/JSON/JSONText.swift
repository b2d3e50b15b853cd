/// The bytes of names, numbers and words, written into room that ``JSONWriter`` has made.
enum JSONText {
  /// Digits of the largest number of 64 bits, and a sign.
  static let longestNumber = 21

  /// `null` in memory.
  static var null: UInt32 { UInt32(0x6c6c_756e).littleEndian }

  /// A report is mostly names: as static strings they are copied as they stand in the program, into room for all of it.
  @inline(__always)
  static func key(_ name: StaticString, _ isBehindAnother: Bool, to output: inout OutputSpan<UInt8>) {
    let length = name.utf8CodeUnitCount
    precondition(output.freeCapacity >= length &+ 4)
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      guard let base = UnsafeMutableRawPointer(memory.baseAddress) else { return }
      var place = unsafe base + count
      unsafe place.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
      unsafe place += isBehindAnother ? 1 : 0
      unsafe place.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
      unsafe ShortCopy.copy(UnsafeRawPointer(name.utf8Start), to: place + 1, count: length)
      unsafe place += length &+ 1
      unsafe place.storeBytes(of: endOfKey, as: UInt16.self)
      count = unsafe place + 2 - base
    }
  }

  /// A quotation mark and a colon, in this order in memory.
  static var endOfKey: UInt16 { (UInt16(UInt8(ascii: ":")) << 8 | UInt16(UInt8(ascii: "\""))).littleEndian }

  @inline(__always)
  static func append(_ text: StaticString, to output: inout OutputSpan<UInt8>) {
    unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), to: &output)
  }

  @inline(__always)
  static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout OutputSpan<UInt8>) {
    let length = text.count
    precondition(output.freeCapacity >= length)
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      guard let base = UnsafeMutableRawPointer(memory.baseAddress),
        let start = unsafe UnsafeRawPointer(text.baseAddress)
      else { return }
      unsafe ShortCopy.copy(start, to: base + count, count: length)
      count &+= length
    }
  }

  @inline(__always)
  static func number(_ value: some FixedWidthInteger, to output: inout OutputSpan<UInt8>) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude), to: &output)
  }

  @inline(__always)
  static func bool(_ value: Bool, to output: inout OutputSpan<UInt8>) {
    append(value ? "true" : "false", to: &output)
  }

  @inline(__always)
  static func digits(_ value: UInt64, to output: inout OutputSpan<UInt8>) {
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
  static func eightDigits(_ value: UInt32, to output: inout OutputSpan<UInt8>) {
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
  static func number(_ value: Int, at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
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
  static func longNumber(_ value: Int, at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var place = unsafe place
    for byte in value.description.utf8 {
      unsafe place.storeBytes(of: byte, as: UInt8.self)
      unsafe place += 1
    }
    return unsafe place
  }

  /// As many digits as `unit` has; `value` has no more.
  @inline(__always)
  static func padded(_ value: UInt64, unit: UInt64, to output: inout OutputSpan<UInt8>) {
    var unit = unit
    while unit > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
      unit /= 10
    }
  }

  /// `value` is below 16.
  static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ (value &- 10)
  }
}
