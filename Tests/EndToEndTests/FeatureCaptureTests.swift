import Foundation
import Testing

/// Captures of what few handshakes use, recorded between real stacks: Tests/Fixtures/features.
@Suite struct FeatureCaptureTests {
  private func connections(_ name: String, withKeys: Bool = true) throws -> [[String: Any]] {
    let path = "Tests/Fixtures/features/\(name)"
    let keys = withKeys ? ["--keylog", "\(path).keylog"] : []
    let run = try Program.run(["analyze", "\(path).pcap", "--format", "json"] + keys)
    #expect(run.status == 0, "\(run.errors)")
    return try run.objects()
  }

  private func features(_ connection: [String: Any]) throws -> [String: Any] {
    try #require(connection["features"] as? [String: Any])
  }

  @Test(arguments: ["brotli", "zlib", "zstd"])
  func aCompressedCertificateIsReadWithKeys(_ algorithm: String) throws {
    let connection = try #require(try connections("certificate-\(algorithm)").first)
    let compression = try #require(try features(connection)["certificate_compression"] as? [String: Any])
    #expect((compression["server"] as? [String: Any])?["name"] as? String == algorithm)
    let leaf = try #require((connection["certificates"] as? [[String: Any]])?.first)
    #expect(leaf["subject"] as? String == "CN=localhost")
    #expect(leaf["dns_names"] as? [String] == ["localhost"])
    #expect((connection["malformed"] as? [Any])?.isEmpty == true)
  }

  @Test func aRawPublicKeyIsShownInPlaceOfACertificate() throws {
    let connection = try #require(try connections("raw-public-key").first)
    let keys = try #require(try features(connection)["raw_public_keys"] as? [String: Any])
    let key = try #require(keys["server"] as? [String: Any])
    #expect(key["algorithm"] as? String == "RSA")
    #expect(key["bits"] as? Int == 2048)
    #expect((connection["certificates"] as? [Any])?.isEmpty == true)
    #expect(connection["outcome"] as? String == "established")
  }

  @Test func earlyDataIsToldWithItsFate() throws {
    let connection = try #require(try connections("early-data").last)
    let early = try #require(try features(connection)["early_data"] as? [String: Any])
    #expect(early["accepted"] as? Bool == true)
    #expect(early["records"] as? Int == 1)
    let hidden = try #require(try connections("early-data", withKeys: false).last)
    #expect((try features(hidden)["early_data"] as? [String: Any])?["accepted"] is NSNull)
  }

  @Test func aRenegotiationIsNotedWithItsFrame() throws {
    let connection = try #require(try connections("renegotiation", withKeys: false).first)
    #expect(try features(connection)["renegotiation"] as? Int == 11)
    #expect(connection["outcome"] as? String == "established")
  }

  @Test(arguments: [("quic-retry", "QUIC v1"), ("quic-v2", "QUIC v2")])
  func aQUICHandshakeIsReadToItsEnd(_ name: String, _ version: String) throws {
    let connection = try #require(try connections(name).first)
    #expect(connection["transport"] as? String == "quic")
    let quic = try #require(connection["quic"] as? [String: Any])
    #expect((quic["server_version"] as? [String: Any])?["name"] as? String == version)
    #expect((quic["retry"] as? [String: Any])?["genuine"] as? Bool == (name == "quic-retry" ? true : nil))
    #expect(quic["handshake_done"] is Int)
    #expect((connection["certificates"] as? [[String: Any]])?.first?["subject"] as? String == "CN=localhost")
    let types = (connection["messages"] as? [[String: Any]])?.compactMap {
      ($0["type"] as? [String: Any])?["name"] as? String
    }
    #expect(types?.filter { $0 == "finished" }.count == 2)
    let shown = try Program.run(["show", "Tests/Fixtures/features/\(name).pcap"])
    #expect(shown.output.contains("client's version  \(version)"))
  }

  @Test func aPcapngIsReadPastItsDamage() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("damaged.pcapng", Self.damagedPcapng()).path
    let run = try Program.run(["analyze", path, "--all", "--summary", "--format", "json"])
    #expect(run.status == 3)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("was skipped, every frame around it was read"), "\(run.errors)")
    let summary = try #require(try run.objects().last)
    #expect(summary["schema"] as? String == "tlswhy.capture/1")
    #expect(summary["frames"] as? Int == 2)
    let undecoded = try #require(summary["undecoded"] as? [[String: Any]])
    #expect(undecoded.map { $0["what"] as? String } == ["ARP"])
    #expect(undecoded.map { $0["frames"] as? Int } == [2])
    #expect((summary["damage"] as? String)?.contains("skipped") == true)
  }

  /// Three ARP frames, the length of the second one's block wrong.
  private static func damagedPcapng() -> Data {
    func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xff) } }
    func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
      little(type) + little(body.count + 12) + body + little(body.count + 12)
    }
    let frame = [UInt8](repeating: 2, count: 12) + [0x08, 0x06] + [UInt8](repeating: 0, count: 30)
    let packet = block(6, little(0) + little(0) + little(0) + little(44) + little(44) + frame)
    var damaged = packet
    damaged[4] ^= 0x18
    return Data(
      block(0x0a0d_0d0a, little(0x1a2b_3c4d) + [1, 0, 0, 0] + [UInt8](repeating: 0xff, count: 8))
        + block(1, [1, 0, 0, 0] + little(0)) + packet + damaged + packet)
  }
}
