import Foundation
import TLSProtocol
import Testing

@testable import Reporting

@Suite struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return writer.text
  }

  @Test func commasStandBetweenMembersAndElementsOnly() {
    let text = written { writer in
      writer.object { writer in
        writer.member("a", 1)
        writer.array("b") { writer in
          writer.integer(2)
          writer.object { _ in }
          writer.null()
        }
        writer.object("c") { writer in writer.member("d", true) }
        writer.array("e") { _ in }
      }
    }
    #expect(text == #"{"a":1,"b":[2,{},null],"c":{"d":true},"e":[]}"#)
  }

  @Test func integersReachTheirExtremes() {
    let text = written { writer in
      writer.beginArray()
      writer.integer(Int64.min)
      writer.integer(UInt64.max)
      writer.integer(0)
      writer.integer(-7)
      writer.endArray()
    }
    #expect(text == "[-9223372036854775808,18446744073709551615,0,-7]")
  }

  @Test func stringsAreEscaped() {
    #expect(written { $0.string("a\"b\\c\n\r\t\u{1}\u{7f}") } == #""a\"b\\c\n\r\t\u0001\u007f""#)
    #expect(written { $0.string("\u{2028}\u{202e}\u{9b}") } == #""\u2028\u202e\u009b""#)
    #expect(written { $0.string("\u{e0041}") } == #""\udb40\udc41""#)
    #expect(written { $0.string("naïve 日本 😀") } == #""naïve 日本 😀""#)
  }

  @Test func loneBytesFromTheWireAreReplaced() {
    #expect(written { $0.string(bytes: [0x61, 0xff, 0xc3, 0x62]) } == "\"a\u{fffd}\u{fffd}b\"")
  }

  @Test func everyScalarSurvivesAnIndependentParser() throws {
    var scalars = (0..<0x3100 as Range<UInt32>).compactMap(Unicode.Scalar.init)
    scalars += (0xfe00...0x10fff as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    for start in stride(from: 0, to: scalars.count, by: 512) {
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars[start..<min(start + 512, scalars.count)])
      let json = written { writer in writer.object { writer in writer.member("text", text) } }
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
      #expect(object?["text"].map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test func timesAndSecondsAreExact() {
    #expect(written { $0.seconds(nanoseconds: 1_000_000_001) } == "1.000000001")
    #expect(written { $0.seconds(nanoseconds: -20_000) } == "-0.000020000")
    #expect(written { $0.time(nanoseconds: 0) } == #""1970-01-01T00:00:00.000000000Z""#)
    #expect(written { $0.time(nanoseconds: 1_709_164_800_123_456_789) } == #""2024-02-29T00:00:00.123456789Z""#)
    #expect(written { $0.time(nanoseconds: -1) } == #""1969-12-31T23:59:59.999999999Z""#)
  }

  @Test func bytesAreHex() {
    #expect(written { $0.hexadecimal([0x00, 0x9f, 0xff]) } == #""009fff""#)
    #expect(written { $0.hexadecimal([]) } == #""""#)
  }

  @Test func codePointsCarryNumberAndName() {
    #expect(written { $0.codePoint(CipherSuite(rawValue: 0x1301)) } == #"{"id":4865,"name":"TLS_AES_128_GCM_SHA256"}"#)
    #expect(written { $0.codePoint(CipherSuite(rawValue: 0x0a0a)) } == #"{"id":2570,"name":"GREASE(0x0a0a)"}"#)
    #expect(written { $0.codePoint(CipherSuite(rawValue: 0xfff0)) } == #"{"id":65520,"name":"0xfff0"}"#)
  }

  @Test func linesStandForThemselves() {
    var writer = JSONWriter()
    writer.object { _ in }
    writer.newline()
    writer.object { _ in }
    writer.newline()
    #expect(writer.text == "{}\n{}\n")
    writer.removeAll()
    writer.integer(1)
    #expect(writer.text == "1")
  }
}
