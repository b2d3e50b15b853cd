import Bytes
import Testing

@testable import TLSProtocol

/// RFC 9001, appendix A.
struct QUICKeysTests {
  private let destinationID = bytes("8394c8f03e515708")

  private func header(_ packet: [UInt8]) throws -> QUICPacketHeader {
    try packet.withCursor { (cursor) throws(ParseError) in
      try QUICPacketHeader(parsing: &cursor, shortIDLength: 0)
    }
  }

  @Test func theServersInitialOpens() throws {
    let packet = bytes(
      """
      cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede
      4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06ed
      bb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee
      """)
    let header = try header(packet)
    #expect(header.kind == .initial)
    #expect(header.version == .version1)
    #expect(header.destinationID.isEmpty)
    #expect(header.sourceID == bytes("f067a5502a4262b5"))
    let keys = try #require(QUICKeys(initialOf: .server, destinationID: destinationID, version: .version1))
    let opened = try #require(keys.open(packet, header, largest: nil))
    #expect(opened.number == 1)
    #expect(
      opened.payload
        == bytes(
          """
          02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100002e
          00330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304
          """))
    let client = try #require(QUICKeys(initialOf: .client, destinationID: destinationID, version: .version1))
    #expect(client.open(packet, header, largest: nil) == nil)
  }

  @Test func aRetryIsGenuineOnlyForItsConnection() throws {
    let packet = bytes("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba")
    let header = try header(packet)
    #expect(header.kind == .retry)
    #expect(Array(header.token.dropLast(16)) == Array("token".utf8))
    let isGenuine = QUICKeys.isGenuineRetry(packet[...], originalDestinationID: destinationID, version: .version1)
    #expect(isGenuine == true)
    #expect(QUICKeys.isGenuineRetry(packet[...], originalDestinationID: [1], version: .version1) == false)
    #expect(QUICKeys.isGenuineRetry(packet[...], originalDestinationID: [1], version: .draft(23)) == nil)
  }

  @Test func aShortHeaderUnderChaCha20Opens() throws {
    let secret = bytes("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b")
    let keys = try #require(
      QUICKeys(secret: secret, suite: CipherSuite(rawValue: 0x1303), version: .version1))
    let packet = bytes("4cfe4189655e5cd55c41f69080575d7999c25a5bfb")
    let opened = try #require(keys.open(packet, try header(packet), largest: 654_360_563))
    #expect(opened.number == 654_360_564)
    #expect(opened.payload == [1])
    #expect(keys.open(packet, try header(packet), largest: 2) == nil)
  }

  @Test func packetNumbersAreCompletedAsRFC9000Shows() {
    #expect(QUICKeys.decode(0x9b32, bits: 16, expected: 0xa82f_30eb) == 0xa82f_9b32)
    #expect(QUICKeys.decode(0, bits: 8, expected: 0) == 0)
    #expect(QUICKeys.decode(0, bits: 8, expected: 0xff) == 0x100)
    #expect(QUICKeys.decode(0xff, bits: 8, expected: 0x100) == 0xff)
    #expect(QUICKeys.decode(0xffff_ffff, bits: 32, expected: .max) > 0)
  }

  @Test(arguments: [
    (QUICVersion.version1, "QUIC v1", true), (.version2, "QUIC v2", true), (.draft(29), "QUIC draft-29", true),
    (.draft(24), "QUIC draft-24", true), (.draft(22), "QUIC draft-22", false),
    (QUICVersion(rawValue: 0x1a2a_3a4a), "reserved(0x1a2a3a4a)", false),
    (QUICVersion(rawValue: 0x5130_3530), "0x51303530", false),
  ])
  func versionsAreNamed(_ version: QUICVersion, name: String, isSupported: Bool) {
    #expect(version.description == name)
    #expect(version.isSupported == isSupported)
    #expect((QUICKeys(initialOf: .client, destinationID: [], version: version) != nil) == isSupported)
  }

  @Test(arguments: [
    "", "c0", "c000000001", "c00000000115", "c00000000100", "c000000001000000", "c00000000100004001",
    "c0000000010000ffffffffffffffffff", "c0000000010000004100",
  ])
  func whatIsNoHeaderIsRefused(_ hex: String) {
    #expect(throws: ParseError.self) { try header(bytes(hex)) }
  }
}
