internal import Bytes

/// One tag-length-value of X.690, as offsets into the bytes that hold it.
struct DERElement {
  /// The identifier octet: class, constructed bit and number; 31 stands for every number above 30.
  var tag: DERTag
  /// Offset of the identifier octet.
  var start: Int
  /// Offset of the first content octet.
  var content: Int
  /// Offset behind the last content octet.
  var contentEnd: Int
  /// What DER would not allow about the encoding; nil where it is sound.
  var flaw: Flaw?

  /// Departures from DER (X.690 §10) that still leave the element readable.
  enum Flaw: String {
    case nonMinimalLength = "length not in its shortest form"
    case indefiniteLength = "indefinite length"
    case truncated = "runs past the end of what holds it"
  }

  var contentCount: Int { contentEnd &- content }
}

/// An identifier octet, X.690 §8.1.2.
struct DERTag: Hashable, Sendable {
  let octet: UInt8

  static let boolean = DERTag(octet: 0x01)
  static let integer = DERTag(octet: 0x02)
  static let bitString = DERTag(octet: 0x03)
  static let octetString = DERTag(octet: 0x04)
  static let objectIdentifier = DERTag(octet: 0x06)
  static let enumerated = DERTag(octet: 0x0a)
  static let utcTime = DERTag(octet: 0x17)
  static let generalizedTime = DERTag(octet: 0x18)
  static let sequence = DERTag(octet: 0x30)
  static let set = DERTag(octet: 0x31)

  /// The context-specific tag `[number]`, primitive.
  static func context(_ number: UInt8) -> DERTag { DERTag(octet: 0x80 | number) }
  /// The context-specific tag `[number]`, constructed.
  static func constructedContext(_ number: UInt8) -> DERTag { DERTag(octet: 0xa0 | number) }
}

/// Walks DER, and BER where broken encoders wrote it, without refusing what can still be read.
///
/// swift-asn1 rejects a whole certificate for one non-canonical octet; a certificate that breaks a handshake is often
/// one of those, and must still tell its names and dates. So a length in long form, an indefinite length or a content
/// that runs past its container is a flaw noted on the element, not an error. The reader never descends by itself:
/// depth is what its caller's structure has.
struct DERReader: ~Escapable {
  private let bytes: Span<UInt8>
  private(set) var position: Int
  private let end: Int

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    self.position = 0
    self.end = bytes.count
  }

  @_lifetime(copy bytes)
  private init(_ bytes: Span<UInt8>, from position: Int, to end: Int) {
    self.bytes = bytes
    self.end = min(max(0, end), bytes.count)
    self.position = min(max(0, position), self.end)
  }

  var isAtEnd: Bool { position >= end }

  /// The next identifier octet; nil at the end.
  var nextTag: DERTag? { position < end ? DERTag(octet: bytes[position]) : nil }

  /// A reader over an element's content.
  @_lifetime(copy self)
  func inside(_ element: DERElement) -> DERReader {
    DERReader(bytes, from: element.content, to: element.contentEnd)
  }

  /// A reader over the content of a BIT STRING, behind its count of unused bits.
  @_lifetime(copy self)
  func insideBits(_ element: DERElement) -> DERReader {
    DERReader(bytes, from: element.content &+ 1, to: element.contentEnd)
  }

  /// The octet at an offset; zero outside the bytes.
  func octet(_ offset: Int) -> UInt8 {
    offset >= 0 && offset < bytes.count ? bytes[offset] : 0
  }

  /// An element's content, borrowed.
  @_lifetime(copy self)
  func content(_ element: DERElement) -> Span<UInt8> {
    bytes.extracting(clamped(element.content, element.contentEnd))
  }

  /// An element's content, copied.
  func contentBytes(_ element: DERElement) -> [UInt8] {
    copy(from: element.content, to: element.contentEnd)
  }

  /// An element with its identifier and length octets, copied.
  func encoding(_ element: DERElement) -> [UInt8] {
    copy(from: element.start, to: element.contentEnd)
  }

  private func copy(from start: Int, to end: Int) -> [UInt8] {
    unsafe bytes.extracting(clamped(start, end)).withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }

  private func clamped(_ start: Int, _ end: Int) -> Range<Int> {
    let upper = min(max(0, end), bytes.count)
    return min(max(0, start), upper)..<upper
  }

  /// Reads the next element, whatever its tag.
  mutating func next() throws(ParseError) -> DERElement {
    let start = position
    guard start < end else { throw ParseError(.truncated(needed: 2, available: 0), at: start) }
    let tag = bytes[start]
    var cursor = start &+ 1
    if tag & 0x1f == 0x1f {
      // A tag number above 30 fills octets of seven bits; four hold more than anyone has assigned.
      var count = 0
      repeat {
        guard cursor < end, count < 4 else { throw ParseError(.invalid("tag number too large"), at: start) }
        cursor &+= 1
        count &+= 1
      } while bytes[cursor &- 1] & 0x80 != 0
    }
    guard cursor < end else { throw ParseError(.truncated(needed: 2, available: end &- start), at: start) }
    let first = bytes[cursor]
    cursor &+= 1
    var length = Int(first)
    var flaw: DERElement.Flaw?
    if first == 0x80 {
      return try indefinite(tag: tag, start: start, content: cursor)
    } else if first > 0x80 {
      let count = Int(first & 0x7f)
      guard count <= 8 else { throw ParseError(.invalid("length of \(count) octets"), at: start) }
      guard count <= end &- cursor else {
        throw ParseError(.truncated(needed: count, available: end &- cursor), at: start)
      }
      var value: UInt64 = 0
      for _ in 0..<count {
        value = value << 8 | UInt64(bytes[cursor])
        cursor &+= 1
      }
      // A length that no handshake message can hold is not a truncated element but nonsense.
      guard value < 1 << 32 else { throw ParseError(.invalid("length \(value)"), at: start) }
      length = Int(value)
      if value < 0x80 || value >> UInt64(8 &* (count &- 1)) == 0 { flaw = .nonMinimalLength }
    }
    if length > end &- cursor {
      length = end &- cursor
      flaw = .truncated
    }
    position = cursor &+ length
    return DERElement(tag: DERTag(octet: tag), start: start, content: cursor, contentEnd: position, flaw: flaw)
  }

  /// Finds the end-of-contents octets that close an element of indefinite length, in one pass (X.690 §8.1.3.6).
  private mutating func indefinite(tag: UInt8, start: Int, content: Int) throws(ParseError) -> DERElement {
    guard tag & 0x20 != 0 else { throw ParseError(.invalid("indefinite length of a primitive value"), at: start) }
    var depth = 1
    var cursor = content
    while depth > 0 {
      guard end &- cursor >= 2 else {
        position = end
        return DERElement(tag: DERTag(octet: tag), start: start, content: content, contentEnd: end, flaw: .truncated)
      }
      if bytes[cursor] == 0, bytes[cursor &+ 1] == 0 {
        cursor &+= 2
        depth &-= 1
      } else if bytes[cursor] & 0x3f != 0x3f, bytes[cursor] & 0x20 != 0, bytes[cursor &+ 1] == 0x80 {
        cursor &+= 2
        depth &+= 1
        guard depth <= 32 else { throw ParseError(.invalid("nested too deeply"), at: start) }
      } else {
        // A definite element is stepped over; it cannot be indefinite, so this does not recurse.
        var inner = DERReader(bytes, from: cursor, to: end)
        guard bytes[cursor &+ 1] != 0x80 else { throw ParseError(.invalid("length of unknown form"), at: cursor) }
        _ = try inner.next()
        cursor = inner.position
      }
    }
    position = cursor
    return DERElement(
      tag: DERTag(octet: tag), start: start, content: content, contentEnd: cursor &- 2, flaw: .indefiniteLength)
  }

  /// Reads the next element, which must have this tag.
  mutating func next(_ tag: DERTag, _ field: StaticString) throws(ParseError) -> DERElement {
    guard let found = nextTag else {
      throw ParseError(.truncated(needed: 2, available: 0), at: position, field: "\(field)")
    }
    guard found == tag else {
      throw ParseError(
        .invalid("tag 0x\(String(found.octet, radix: 16)) where 0x\(String(tag.octet, radix: 16)) belongs"),
        at: position,
        field: "\(field)")
    }
    do {
      return try next()
    } catch {
      throw ParseError(error.reason, at: error.offset, field: "\(field)")
    }
  }

  /// Reads the next element if it has this tag.
  mutating func nextIf(_ tag: DERTag) throws(ParseError) -> DERElement? {
    nextTag == tag ? try next() : nil
  }
}
