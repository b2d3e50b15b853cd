import Bytes
import NetworkValues
import Testing

@testable import NetworkProtocols

@Suite struct DNSMessageTests {
  static func header(flags: UInt16 = 0x8180, questions: UInt16 = 1, answers: UInt16 = 0) -> [UInt8] {
    [0x12, 0x34] + FrameBuilder.big(flags) + FrameBuilder.big(questions) + FrameBuilder.big(answers) + [0, 0, 0, 0]
  }

  static func name(_ labels: String...) -> [UInt8] {
    labels.flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [0]
  }

  static func record(_ name: [UInt8], type: UInt8, _ data: [UInt8]) -> [UInt8] {
    name + [0, type, 0, 1, 0, 0, 0, 60] + FrameBuilder.big(UInt16(data.count)) + data
  }

  /// What a message tells whoever asks for everything.
  struct Told: Equatable {
    var identifier: UInt16
    var isResponse: Bool
    var responseCode: UInt8
    var isTruncated: Bool
    var name: String
    var type: UInt16?
    var addresses: [IPAddress]
  }

  static func parse(_ bytes: [UInt8]) throws(ParseError) -> Told {
    let span = bytes.span
    let message = unsafe try DNSMessage(span.bytes)
    return Told(
      identifier: message.identifier, isResponse: message.isResponse, responseCode: message.responseCode,
      isTruncated: message.isTruncated, name: message.questionName, type: message.questionType,
      addresses: message.addresses)
  }

  @Test func aQuestionIsRead() throws {
    let message = try Self.parse(Self.header(flags: 0x0100) + Self.name("www", "example", "org") + [0, 28, 0, 1])
    #expect(
      message
        == Told(
          identifier: 0x1234, isResponse: false, responseCode: 0, isTruncated: false, name: "www.example.org", type: 28,
          addresses: []))
  }

  @Test func answersAreReadBehindPointers() throws {
    let question = Self.name("www", "example", "org") + [0, 1, 0, 1]
    let back: [UInt8] = [0xC0, 12]
    let alias: [UInt8] = [3] + "cdn".utf8 + [0xC0, 16]
    let message = try Self.parse(
      Self.header(answers: 4) + question + Self.record(back, type: 5, alias)
        + Self.record(alias, type: 1, [192, 0, 2, 1]) + Self.record(back, type: 28, FrameBuilder.server6)
        + Self.record(back, type: 65, [0, 1, 0]))
    #expect(message.isResponse)
    #expect(message.addresses == [IPAddress("192.0.2.1"), IPAddress("2001:db8::2")].compactMap(\.self))
  }

  @Test func answersStandBehindAllQuestions() throws {
    let message = try Self.parse(
      Self.header(questions: 2, answers: 1) + Self.name("a") + [0, 1, 0, 1] + [0xC0, 12] + [0, 28, 0, 1]
        + Self.record([0xC0, 12], type: 1, [192, 0, 2, 1]))
    #expect(message.name == "a")
    #expect(message.addresses == [IPAddress("192.0.2.1")].compactMap(\.self))
  }

  /// Hundreds of records may point at one name of a kilobyte: whoever spelled it for each would take seconds for megabytes.
  @Test func whereARecordsNamePointsMakesNoDifference() throws {
    let question = Self.name("a") + [0, 1, 0, 1]
    for pointer: [UInt8] in [[0xC0, 12], [0xC0, 0], [0xFF, 0xFF], [1, 98, 0xFF, 0xFF]] {
      let message = try Self.parse(
        Self.header(answers: 2) + question + Self.record(pointer, type: 1, [1, 2, 3, 4])
          + Self.record(pointer, type: 1, [5, 6, 7, 8]))
      #expect(message.addresses.count == 2)
    }
  }

  @Test func codesAndFlagsAreRead() throws {
    let message = try Self.parse(Self.header(flags: 0x8383) + Self.name("x") + [0, 1, 0, 1])
    #expect(message.responseCode == 3)
    #expect(message.isTruncated)
  }

  @Test func hostileBytesInNamesAreEscaped() throws {
    let label: [UInt8] = [8, 0x1B, UInt8(ascii: "."), UInt8(ascii: "\\"), 0xFF, 0, 0x20, UInt8(ascii: "~"), 0x7F, 0]
    let message = try Self.parse(Self.header() + label + [0, 1, 0, 1])
    #expect(message.name == #"\027\.\\\255\000\032~\127"#)
  }

  @Test func theRootIsAnEmptyName() throws {
    #expect(try Self.parse(Self.header() + [0, 0, 2, 0, 1]).type == 2)
  }

  @Test(
    arguments: [
      [0xC0, 12],  // to itself
      [0xC0, 14, 0xC0, 12],  // forward, then back
      [1, 97, 0xC0, 12],  // to its own start
      [0xC0, 200],  // beyond the end
      [0x40, 97, 0],  // a reserved label type
      [0x80, 97, 0],
      [5, 97],  // cut
      [],
    ] as [[UInt8]])
  func namesThatLeadNowhereAreRefused(name: [UInt8]) {
    #expect(throws: ParseError.self) { try Self.parse(Self.header() + name + [0, 1, 0, 1]) }
  }

  @Test func aNameLongerThanTheLimitIsRefused() throws {
    let label: [UInt8] = [63] + [UInt8](repeating: 97, count: 63)
    let fits = label + label + label + [61] + [UInt8](repeating: 97, count: 61) + [0]
    #expect(try Self.parse(Self.header() + fits + [0, 1, 0, 1]).name.utf8.count == 253)
    #expect(throws: ParseError.self) {
      try Self.parse(Self.header() + label + label + label + label + [0, 0, 1, 0, 1])
    }
  }

  @Test func aLadderOfPointersEnds() throws {
    // Each name is one letter and a pointer to the name before: too long at the 128th, however it is read.
    var names: [UInt8] = Self.name("a")
    var last: UInt16 = 12
    for _ in 0..<200 {
      let here = UInt16(12 + names.count)
      names += [1, 98] + FrameBuilder.big(0xC000 | last)
      last = here
    }
    let bytes = Self.header(questions: 1) + names
    #expect(try Self.parse(bytes + [0, 1, 0, 1]).name == "a")
    let span = bytes.span
    #expect(throws: ParseError.self) { unsafe try DNSName.text(at: Int(last), in: span.bytes) }
    #expect(throws: ParseError.self) { unsafe try DNSName.check(at: Int(last), in: span.bytes) }
  }

  @Test func answersBeforeACutAreKept() throws {
    let whole =
      Self.header(answers: 2) + Self.name("a") + [0, 1, 0, 1] + Self.record([0xC0, 12], type: 1, [1, 2, 3, 4])
      + Self.record([0xC0, 12], type: 1, [5, 6, 7, 8])
    #expect(try Self.parse(whole).addresses.count == 2)
    #expect(try Self.parse([UInt8](whole.dropLast(1))).addresses == [IPAddress("1.2.3.4")].compactMap(\.self))
    #expect(throws: ParseError.self) { try Self.parse([UInt8](whole.prefix(18))) }
    #expect(throws: ParseError.self) { try Self.parse([UInt8](whole.prefix(11))) }
  }

  @Test func addressesOfTheWrongLengthAreNone() throws {
    let message = try Self.parse(
      Self.header(questions: 0, answers: 2) + Self.record([0], type: 1, [1, 2, 3]) + Self.record([0], type: 28, []))
    #expect(message.addresses.isEmpty)
  }

  @Test func moreRecordsThanAnyoneNeedsAreLeftUnread() throws {
    let records = [[UInt8]](repeating: Self.record([0], type: 1, [1, 2, 3, 4]), count: 1000).flatMap { $0 }
    let message = try Self.parse(Self.header(questions: 0, answers: 1000) + records)
    #expect(message.type == nil)
    #expect(message.addresses.count == DNSMessage.recordLimit)
  }
}
