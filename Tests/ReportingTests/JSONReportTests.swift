import Diagnosis
import Foundation
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Reporting

@Suite struct JSONReportTests {
  private func object(_ text: String) throws -> [String: Any] {
    #expect(text.hasSuffix("\n"))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func diff(_ comparison: Comparison) throws -> [String: Any] {
    var report = JSONReport()
    return try object(report.render(comparison, working: Samples.working, failing: Samples.failing))
  }

  private func connection(_ connection: Connection, causes: [Cause] = []) throws -> [String: Any] {
    var report = JSONReport()
    return try object(report.render(connection, causes: causes))
  }

  @Test func aRotationsFilesHoldAllFramesThatAreCited() throws {
    let files = [1, 2, 4, 9].enumerated().map { CaptureFilePlace(path: "a-\($0)", firstFrame: $1) }
    var connection = Samples.refusedVersion
    (connection.firstFrame, connection.lastFrame) = (5, 6)
    var cause = Samples.versionCause
    cause.evidence = [Evidence(.working, frames: [1], "it works"), Evidence(.failing, frames: [5], "it fails")]
    var report = JSONReport()
    var writer = JSONWriter()
    report.append(connection, causes: [cause], files: files, to: &writer)
    let places = try #require(try object(writer.text)["files"] as? [[String: Any]])
    #expect(places.compactMap { $0["path"] as? String } == ["a-0", "a-2"])
  }

  @Test func copiesAreCountedWhereThereAreAny() throws {
    var connection = Samples.established
    let none = try #require(try self.connection(connection)["network"] as? [String: Any])
    #expect(none["copies"] == nil)
    connection.network.copies = 3
    let some = try #require(try self.connection(connection)["network"] as? [String: Any])
    #expect(some["copies"] as? Int == 3)
  }

  /// What most connections have in common is copied from templates: nobody must see where.
  @Test func whatIsUsualIsWrittenLikeWhatIsNot() {
    func text(_ connection: Connection, capture: String? = nil) -> String {
      var report = JSONReport()
      return report.render(connection, causes: [], capture: capture)
    }
    var usual = Samples.connection(index: 12, from: 65_535, lastFrame: 987_654_321, duration: 5, outcome: .established)
    usual.server = Endpoint(address: IPAddress(ipv4: 0xFF09_0A00), port: 1)
    (usual.transcript.clientRecordCount, usual.transcript.serverRecordCount) = (3, 123)
    let named = text(usual, capture: "x")
    #expect(named.contains(#""capture":"x","#) && named.contains("255.9.10.0"))
    #expect(named.replacingOccurrences(of: #""capture":"x","#, with: "") == text(usual))

    var decrypted = usual
    decrypted.transcript.decryption = .succeeded
    #expect(text(decrypted).replacingOccurrences(of: #""succeeded""#, with: #""none""#) == text(usual))

    func alert(_ sender: Role, isEncrypted: Bool) -> String {
      var connection = usual
      connection.transcript.alerts = [
        AlertNote(
          frame: 7, time: usual.started, sender: sender, alert: nil, isEncrypted: isEncrypted, recordLength: 19)
      ]
      return text(connection)
    }
    for sender in Role.allCases {
      let hidden = alert(sender, isEncrypted: true)
      #expect(hidden.contains(#""alerts":[{"frame":7,"direction":"\#(sender.rawValue)","level":null,"#))
      #expect(
        alert(sender, isEncrypted: false).replacingOccurrences(
          of: #""encrypted":false,"record_length":19"#, with: #""encrypted":true,"record_length":19"#) == hidden)
    }

    var messages = usual
    messages.transcript.messages = [
      MessageNote(
        frame: 8, time: usual.started, sender: .server, type: .certificate, length: 900, isDecrypted: true)
    ]
    #expect(
      text(messages).contains(
        #""messages":[{"frame":8,"direction":"server","type":{"id":11,"name":"certificate"},"length":900,"decrypted":true}]"#
      ))
  }

  @Test func aComparisonHasTheDocumentedMembers() throws {
    let json = try diff(Samples.comparison)
    #expect(json["schema"] as? String == "tlswhy.diff/1")
    let expected: Set = [
      "schema", "working", "failing", "causes", "observations", "excluded", "divergence", "differences", "attempts",
      "captures", "notes",
    ]
    #expect(Set(json.keys) == expected)
    let cause = try #require((json["causes"] as? [[String: Any]])?.first)
    #expect(Set(cause.keys) == ["code", "mechanism", "title", "confidence", "evidence", "remedies", "next_steps"])
    #expect(cause["code"] as? String == "tls.version")
    #expect(cause["confidence"] as? String == "certain")
    let evidence = try #require((cause["evidence"] as? [[String: Any]])?.last)
    #expect(evidence["capture"] as? String == "working")
    #expect(evidence["frames"] as? [Int] == [4, 6])
    let remedies = try #require(cause["remedies"] as? [[String: Any]])
    #expect(remedies.first?["for"] as? String == "Java client")
    #expect(remedies.last?["command"] as? String == "granian --ssl-protocol-min tls1.2")
    let divergence = try #require(json["divergence"] as? [String: Any])
    #expect(divergence["stage"] as? String == "server_hello")
    #expect((divergence["frames"] as? [String: [Int]]) == ["working": [6], "failing": [6]])
    let difference = try #require((json["differences"] as? [[String: Any]])?.first)
    #expect(Set(difference.keys) == ["field", "stage", "working", "failing", "relevance", "note"])
    let attempts = try #require(json["attempts"] as? [String: [String: Any]])
    let tried = try #require(attempts["failing"]?["connections"] as? [[String: Any]])
    #expect(tried.first?["outcome"] as? String == "failed")
  }

  @Test func aFailedLookupLeavesNoFailingConnection() throws {
    let json = try diff(Samples.unresolved)
    #expect(json["failing"] is NSNull)
    #expect(json["working"] is [String: Any])
    let attempts = try #require(json["attempts"] as? [String: [String: Any]])
    let lookup = try #require((attempts["failing"]?["lookups"] as? [[String: Any]])?.first)
    #expect(lookup["name"] as? String == "bad.lab")
    #expect(lookup["queries"] as? [Int] == [1, 3])
    #expect(lookup["response_code"] as? Int == 3)
  }

  @Test func aConnectionHasTheDocumentedMembers() throws {
    let json = try connection(Samples.established, causes: [Samples.versionCause])
    #expect(json["schema"] as? String == "tlswhy.connection/1")
    for key in [
      "index", "client", "server", "frames", "outcome", "network", "client_hellos", "server_hellos", "messages",
      "alerts",
      "certificates", "causes",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    #expect((json["client"] as? [String: Any])?["address"] as? String == "127.0.0.1")
    #expect((json["server"] as? [String: Any])?["port"] as? Int == 8443)
    #expect(json["frames"] as? [String: Int] == ["first": 1, "last": 14])
    #expect(json["started"] as? String == "2026-11-24T03:37:00.000000000Z")
    #expect(json["duration_seconds"] as? Double == 0.00912)
    let hello = try #require((json["client_hellos"] as? [[String: Any]])?.first)
    for key in [
      "frame", "legacy_version", "supported_versions", "cipher_suites", "extensions", "server_name", "alpn",
      "supported_groups", "signature_schemes", "key_share_groups", "ja3", "ja3_hash", "ja4",
    ] {
      #expect(hello[key] != nil, "\(key)")
    }
    #expect((hello["cipher_suites"] as? [[String: Any]])?.map { $0["id"] as? Int } == [0x1302, 0x1301, 0xc02c, 0xc030])
    let answer = try #require((json["server_hellos"] as? [[String: Any]])?.first)
    #expect((answer["version"] as? [String: Any])?["name"] as? String == "TLS 1.3")
    #expect((answer["selected_group"] as? [String: Any])?["name"] as? String == "x25519")
    #expect(answer["hello_retry_request"] as? Bool == false)
  }

  @Test func alertsThatNoKeyOpenedHaveNoMeaning() throws {
    var story = Samples.refusedVersion
    story.transcript.alerts.append(
      AlertNote(frame: 9, time: Samples.time(2000), sender: .client, alert: nil, isEncrypted: true, recordLength: 19))
    let alerts = try #require(try connection(story)["alerts"] as? [[String: Any]])
    #expect((alerts[0]["description"] as? [String: Any])?["id"] as? Int == 70)
    #expect((alerts[0]["level"] as? [String: Any])?["name"] as? String == "fatal")
    #expect(alerts[0]["encrypted"] as? Bool == false)
    #expect(alerts[1]["description"] is NSNull)
    #expect(alerts[1]["encrypted"] as? Bool == true)
    #expect(alerts[1]["record_length"] as? Int == 19)
  }

  @Test func networkFactsCarryFrames() throws {
    var story = Samples.refusedOverIPv6
    story.network.icmpErrors = [
      ICMPNote(
        frame: 3, time: Samples.time(30), reporter: Samples.loopback6, isICMPv6: true, type: 2, code: 0,
        nextHopMTU: 1280,
        quotedSender: .client, quotedLength: 1500)
    ]
    story.network.client.retransmissions = [Retransmission(frame: 5, time: Samples.time(40), length: 1400)]
    story.network.client.retransmissionCount = 1
    let network = try #require(try connection(story)["network"] as? [String: Any])
    #expect(network["syns"] as? [Int] == [1])
    let reset = try #require((network["resets"] as? [[String: Any]])?.first)
    #expect(reset["direction"] as? String == "server")
    #expect(reset["hop_limit"] as? Int == 64)
    let error = try #require((network["icmp_errors"] as? [[String: Any]])?.first)
    #expect(error["next_hop_mtu"] as? Int == 1280)
    let client = try #require(network["client"] as? [String: Any])
    #expect((client["retransmissions"] as? [[String: Int]]) == [["frame": 5, "length": 1400]])
  }

  @Test func certificatesAreAListAndAnEmptyClientChainIsNotNull() throws {
    var story = Samples.established
    #expect(try connection(story)["certificates"] as? [Int] == [])
    #expect(try connection(story)["client_certificates"] is NSNull)
    story.transcript.serverCertificates = Observed([Samples.certificate()], frame: 6, time: Samples.time(0))
    story.transcript.clientCertificates = Observed([], frame: 8, time: Samples.time(0))
    let json = try connection(story)
    let certificate = try #require((json["certificates"] as? [[String: Any]])?.first)
    for key in [
      "frame", "subject", "issuer", "serial_number", "not_before", "not_after", "dns_names", "ip_addresses", "key",
      "signature_algorithm", "is_ca", "key_usage", "extended_key_usage", "authority_key_identifier",
      "subject_key_identifier", "sha256", "problems",
    ] {
      #expect(certificate[key] != nil, "\(key)")
    }
    #expect(Set(try #require(certificate["key"] as? [String: Any]).keys) == ["algorithm", "bits", "curve"])
    #expect((certificate["sha256"] as? String)?.count == 64)
    #expect((json["client_certificates"] as? [Any])?.isEmpty == true)
  }

  @Test func everyMemberIsDocumented() throws {
    func names(in value: Any) -> Set<String> {
      if let object = value as? [String: Any] {
        return object.reduce(into: Set(object.keys)) { $0.formUnion(names(in: $1.value)) }
      }
      if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(names(in: $1)) } }
      return []
    }
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/json.md")
    let page = try String(decoding: Data(contentsOf: url.standardized), as: UTF8.self)
    var written = names(in: try connection(Samples.everything, causes: [Samples.versionCause]))
    written.formUnion(names(in: try diff(Samples.comparison)))
    written.formUnion(names(in: try diff(Samples.unresolved)))
    let missing = written.filter { !page.contains("`\($0)`") && !page.contains(".\($0)`") }
    #expect(missing.sorted() == [])
  }

  @Test func everyFactOfAConnectionIsWritten() throws {
    let json = try connection(Samples.everything)
    #expect((json["key_exchange"] as? [String: Any])?["frame"] as? Int == 6)
    #expect((json["certificate_request"] as? [String: Any])?["authority_count"] as? Int == 1)
    let verify = try #require(json["certificate_verify"] as? [String: [String: Any]])
    #expect((verify["client"]?["signature_scheme"] as? [String: Any])?["name"] as? String == "ecdsa_secp256r1_sha256")
    #expect(verify["server"]?["signature_scheme"] is NSNull)
    #expect((json["encrypted_extensions"] as? [String: Any])?["alpn"] as? String == "h2")
    #expect((json["plaintext"] as? [[String: Any]])?.first?["kind"] as? String == "PROXY protocol")
    #expect((json["malformed"] as? [[String: Any]])?.first?["frame"] as? Int == 9)
    #expect(json["decryption"] as? String == "succeeded")
    #expect((json["negotiated"] as? [String: Any])?["alpn"] as? String == "h2")
  }

  @Test func helloSeenBeforeIsWrittenTheSameWay() {
    var report = JSONReport()
    let first = report.render(Samples.established, causes: [])
    let second = report.render(Samples.established, causes: [])
    #expect(first == second)
    var other = Samples.established
    other.transcript.clientHellos[0].value.signatureSchemes = [SignatureScheme(rawValue: 0x0807)]
    var fresh = JSONReport()
    #expect(report.render(other, causes: []) == fresh.render(other, causes: []))
    #expect(report.render(other, causes: []) != first)
  }

  @Test func aSuccessWrittenFromMemoryReadsAsOneWrittenAnew() throws {
    var memory = Advisor()
    var report = JSONReport()
    for frame in [8, 17, 4_000_000] {
      var connection = Samples.established
      connection.transcript.serverHellos[0].frame = frame
      let causes = memory.diagnose(connection, logs: LogEvidence())
      #expect(causes == Diagnosis.diagnose(connection))
      #expect(causes.first?.evidence.first?.frames == [frame])
      var fresh = JSONReport()
      #expect(report.render(connection, causes: causes) == fresh.render(connection, causes: causes))
      // Two causes never take the short way.
      let causesInFull = causes + [Samples.versionCause]
      let both = try object(report.render(connection, causes: causesInFull))
      let one = try object(report.render(connection, causes: causes))
      #expect((both["causes"] as? [Any])?.count == 2)
      #expect(
        try JSONSerialization.data(withJSONObject: (both["causes"] as? [Any])?.first ?? 0, options: .sortedKeys)
          == JSONSerialization.data(withJSONObject: (one["causes"] as? [Any])?.first ?? 0, options: .sortedKeys))
    }
  }

  @Test func memoryOfSuccessesTellsServersVersionsAndFailuresApart() {
    var memory = Advisor()
    let first = Samples.established
    var other = first
    other.server.port &+= 1
    var failed = first
    failed.outcome = .failed
    for connection in [first, other, failed, first, other, failed] {
      #expect(memory.diagnose(connection, logs: LogEvidence()) == Diagnosis.diagnose(connection))
    }
  }

  @Test func theWholeFormIsKept() throws {
    var report = JSONReport()
    try GoldenFile.expect(
      report.render(Samples.wrongFamily, working: Samples.working, failing: Samples.story("bad.pcap", [])),
      matches: "family.json")
  }
}
