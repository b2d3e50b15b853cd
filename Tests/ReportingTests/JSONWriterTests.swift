import Foundation
import HandshakeModel
import NetworkValues
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

  @Test func aTemplateIsFilledWithNumbers() {
    let template = JSONTemplate<3>(#""a":#,"a name of more bytes than are copied at once, as it were":#,"c":[#]"#)
    let text = written { writer in
      writer.object { writer in
        writer.fill(template, [5, nil, 123_456])
        writer.fill(JSONTemplate<4>(##""d":"#","e":#,"f":{"g":#,"h":#}"##), [.min, .max, 99_999_999, 100_000_000])
        writer.member("i", "x")
      }
    }
    #expect(
      text
        == #"{"a":5,"a name of more bytes than are copied at once, as it were":null,"c":[123456],"d":"\#(Int.min)","#
        + #""e":\#(Int.max),"f":{"g":99999999,"h":100000000},"i":"x"}"#)
  }

  @Test func templatesHoldNumbersOfEveryLength() {
    let template = JSONTemplate<2>("[#,#]")
    for digits in 1...18 {
      let power = (1..<digits).reduce(1) { number, _ in number * 10 }
      for number in [power - 1, power, power * 5 + 7] {
        #expect(written { $0.fill(template, [number, -number]) } == "[\(number),\(-number)]")
      }
    }
  }

  @Test func bytesOfEveryLengthAreHexadecimal() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      #expect(written { $0.hexadecimal(bytes) } == "\"\(digits)\"")
    }
  }

  /// What most connections' networks are is written in another way than the rest: nobody must see that.
  @Test func anUneventfulNetworkIsWrittenAsAnyOther() {
    let note = { FrameNote(frame: $0, time: Timestamp(nanoseconds: 0)) }
    var facts = NetworkFacts()
    facts.syns = [note(1)]
    (facts.synAck, facts.established, facts.clientFin, facts.serverFin) = (note(2), note(3), note(4), note(5))
    (facts.client.segments, facts.client.dataSegments, facts.client.payloadBytes) = (6, 7, 8)
    (facts.client.firstData, facts.client.lastData, facts.client.zeroWindow) = (note(9), note(10), note(11))
    (facts.client.retransmissionCount, facts.client.outOfOrderSegments) = (12, 13)
    (facts.client.unacknowledgedBytes, facts.client.missingBytes, facts.client.waitingBytes) = (14, 15, 16)
    (facts.client.refusedBytes, facts.client.largestSegment, facts.client.largestAcknowledgedSegment) = (17, 18, 19)
    (facts.client.maximumSegmentSize, facts.client.hopLimit) = (20, 21)
    (facts.server.segments, facts.server.dataSegments, facts.server.payloadBytes) = (22, 23, 24)
    (facts.server.firstData, facts.server.lastData, facts.server.zeroWindow) = (note(25), note(26), nil)
    (facts.server.retransmissionCount, facts.server.outOfOrderSegments) = (27, 28)
    (facts.server.unacknowledgedBytes, facts.server.missingBytes, facts.server.waitingBytes) = (29, 30, 31)
    (facts.server.refusedBytes, facts.server.largestSegment, facts.server.largestAcknowledgedSegment) = (32, 33, 34)
    (facts.server.maximumSegmentSize, facts.server.hopLimit, facts.truncatedFrames) = (35, 36, 37)
    for frame in 39...40 { facts.unbelieved.add(note(frame)) }
    let text = written { $0.network(facts) }
    #expect(
      text == #"""
        "network":{"syns":[1],"syn_ack":2,"established":3,"resets":[],"fins":{"client":4,"server":5},"icmp_errors":[],\#
        "client":{"segments":6,"data_segments":7,"payload_bytes":8,"first_data":9,"last_data":10,\#
        "retransmission_count":12,"retransmissions":[],"out_of_order_segments":13,"unacknowledged_bytes":14,\#
        "missing_bytes":15,"waiting_bytes":16,"refused_bytes":17,"largest_segment":18,\#
        "largest_acknowledged_segment":19,"maximum_segment_size":20,"hop_limit":21,"zero_window":11},\#
        "server":{"segments":22,"data_segments":23,"payload_bytes":24,"first_data":25,"last_data":26,\#
        "retransmission_count":27,"retransmissions":[],"out_of_order_segments":28,"unacknowledged_bytes":29,\#
        "missing_bytes":30,"waiting_bytes":31,"refused_bytes":32,"largest_segment":33,\#
        "largest_acknowledged_segment":34,"maximum_segment_size":35,"hop_limit":36,"zero_window":null},\#
        "start_missing":false,"one_sided":false,"truncated_frames":37,\#
        "unbelieved_segments":2,"unbelieved_frames":[39,40]}
        """#)
    var bare = NetworkFacts()
    bare.syns = [note(1)]
    (bare.client.segments, bare.server.segments) = (1, 1)
    // A second SYN makes either of them eventful.
    for uneventful in [facts, bare] {
      var eventful = uneventful
      eventful.syns.append(note(40))
      #expect(
        written { $0.network(eventful) }.replacingOccurrences(of: "[1,40]", with: "[1]")
          == written { $0.network(uneventful) })
    }
    let changes: [((inout NetworkFacts) -> Void, String)] = [
      ({ $0.isStartMissing = true }, #""start_missing":true"#), ({ $0.server.segments = 0 }, #""one_sided":true"#),
      (
        { $0.client.retransmissions = [Retransmission(frame: 41, time: Timestamp(nanoseconds: 0), length: 1)] },
        #""retransmissions":[{"frame":41,"length":1}]"#
      ),
    ]
    for (change, expected) in changes {
      var changed = facts
      change(&changed)
      #expect(written { $0.network(changed) }.contains(expected))
      #expect(written { $0.network(changed) } != text)
    }
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
    let text = written { $0.network(facts) }
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
    // Between what is escaped everything stands as it was, whatever its length in UTF-8.
    #expect(
      written { $0.string("é\"日本\u{2028}🔒\\ô\u{e0041}plain\nend🔒") }
        == #""é\"日本\u2028🔒\\ô\udb40\udc41plain\nend🔒""#)
    #expect(written { $0.string("\"") } == #""\"""#)
    #expect(written { $0.string("日本") } == #""日本""#)
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
