import Foundation
import HandshakeModel
import PacketCapture
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

  @Test func integersOfEveryLengthAreExact() {
    var values: [UInt64] = []
    var power: UInt64 = 1
    for _ in 0..<19 {
      power *= 10
      values += [power - 1, power, power + 1, power / 7 * 3, power / 9 * 5]
    }
    values += (0..<30_000).map { $0 &* 7919 }
    #expect(
      written { writer in
        writer.beginArray()
        for value in values { writer.integer(value) }
        writer.endArray()
      } == "[" + values.map(\.description).joined(separator: ",") + "]")
  }

  @Test func numbersInOneGoAreLikeNumbersOneByOne() {
    let together = written { writer in
      writer.object { writer in
        writer.members([JSONWriter.Number("a", 5), JSONWriter.Number("b", Int?.none)])
        writer.members([
          JSONWriter.Number("c", Int.min), JSONWriter.Number("d", Int.max), JSONWriter.Number("e", 123_456),
        ])
        writer.member("f", "x")
      }
    }
    #expect(
      together
        == #"{"a":5,"b":null,"c":-9223372036854775808,"d":9223372036854775807,"e":123456,"f":"x"}"#)
  }

  @Test func directionsTellEveryNumberByItsName() {
    let note = { FrameNote(frame: $0, time: Timestamp(nanoseconds: 0)) }
    var facts = NetworkFacts()
    facts.syns = [note(1), note(23)]
    (facts.synAck, facts.established, facts.clientFin, facts.serverFin) = (note(2), note(3), note(4), nil)
    facts.client.segments = 5
    facts.client.dataSegments = 6
    facts.client.payloadBytes = 7
    (facts.client.firstData, facts.client.lastData, facts.client.zeroWindow) = (note(8), nil, note(10))
    facts.client.retransmissionCount = 11
    facts.client.retransmissions = [Retransmission(frame: 21, time: Timestamp(nanoseconds: 0), length: 22)]
    facts.client.outOfOrderSegments = 12
    facts.client.unacknowledgedBytes = 13
    facts.client.missingBytes = 14
    facts.client.waitingBytes = 15
    facts.client.refusedBytes = 16
    (facts.client.largestSegment, facts.client.largestAcknowledgedSegment) = (17, 18)
    (facts.client.maximumSegmentSize, facts.client.hopLimit) = (19, 20)
    let text = written { $0.member("network", facts) }
    let expected = #"""
      "network":{"syns":[1,23],"syn_ack":2,"established":3,"resets":[],"fins":{"client":4,"server":null},\#
      "icmp_errors":[],"client":{"segments":5,"data_segments":6,"payload_bytes":7,"first_data":8,\#
      "last_data":null,"retransmission_count":11,"retransmissions":[{"frame":21,"length":22}],\#
      "out_of_order_segments":12,"unacknowledged_bytes":13,"missing_bytes":14,"waiting_bytes":15,\#
      "refused_bytes":16,"largest_segment":17,"largest_acknowledged_segment":18,\#
      "maximum_segment_size":19,"hop_limit":20,"zero_window":10},"server":{"segments":0
      """#
    #expect(text.hasPrefix(expected))
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
