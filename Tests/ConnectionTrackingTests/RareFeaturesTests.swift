import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// What few handshakes use is noted where it is used, and nowhere else.
@Suite struct RareFeaturesTests {
  @Test func anOrdinaryHandshakeHasNone() {
    var dialogue = Dialogue.finished12
    dialogue.send(.client, TLSBytes.encrypted(23, 80))
    #expect(dialogue.connection.transcript.rareFeatures == nil)
  }

  @Test func heartbeatsAreNotedWithTheirFrames() throws {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    dialogue.send(.server, TLSBytes.serverFlight12)
    dialogue.send(.client, TLSBytes.record(24, [1, 0x40, 0]))
    let frame = dialogue.script.frame - 1
    for _ in 0..<20 { dialogue.send(.server, TLSBytes.record(24, [2, 0x40, 0] + [UInt8](repeating: 7, count: 60))) }
    let features = try #require(dialogue.connection.transcript.rareFeatures)
    #expect(features.heartbeatCount == 21)
    #expect(features.heartbeats.count == RareFeatures.heartbeatLimit)
    #expect(features.heartbeats.first == HeartbeatNote(frame: frame, sender: .client, length: 3, isEncrypted: false))
  }

  @Test func aHandshakeUnderAFinishedHandshakesKeysIsARenegotiation() throws {
    var dialogue = Dialogue.finished12
    dialogue.send(.server, TLSBytes.encrypted(22, 40))
    let frame = dialogue.script.frame - 1
    dialogue.send(.client, TLSBytes.encrypted(22, 300))
    #expect(dialogue.connection.transcript.rareFeatures?.renegotiation?.frame == frame)
  }

  /// A certificate entry of TLS 1.3, or a raw key in its place.
  private func certificate(_ data: [UInt8], _ extensions: [UInt8] = []) -> CertificateMessage {
    var message = CertificateMessage(certificates: [data])
    if !extensions.isEmpty {
      message.leafExtensions = [HelloExtension(type: .delegatedCredential, body: extensions)]
    }
    return message
  }

  private func transcript(_ message: CertificateMessage, from sender: Role) -> Transcript {
    var writer = TranscriptBuilder(certificates: CertificateInterner())
    writer.note(
      TLSEvent(
        sender: sender, frame: 4,
        kind: .handshake(HandshakeMessage(type: .certificate, length: 100, body: .certificate(message)))))
    return writer.transcript
  }

  @Test func aRawKeyIsNoCertificateAndNoEmptyChain() throws {
    var message = CertificateMessage(certificates: [])
    // An Ed25519 key: RFC 8410 §4.
    message.rawPublicKey =
      [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0] + [UInt8](repeating: 9, count: 32)
    for role in Role.allCases {
      let transcript = transcript(message, from: role)
      #expect(transcript.serverCertificates == nil && transcript.clientCertificates == nil)
      let features = try #require(transcript.rareFeatures)
      let key = try #require(role == .client ? features.clientRawPublicKey : features.serverRawPublicKey)
      #expect(key.keyAlgorithm == "Ed25519")
      #expect(key.problems.isEmpty)
    }
  }

  @Test func aBrokenRawKeyIsNotedWithItsProblem() {
    var message = CertificateMessage(certificates: [])
    message.rawPublicKey = [1, 2, 3]
    #expect(transcript(message, from: .server).rareFeatures?.serverRawPublicKey?.problems.isEmpty == false)
  }

  @Test func compressionAndADelegatedCredentialAreNoted() throws {
    let credential: [UInt8] =
      [0, 1, 0x51, 0x80, 0x04, 0x03] + [0, 0, 2, 0x30, 0] + [0x08, 0x04] + [0, 2, 1, 2]
    var message = certificate([0x30, 0], credential)
    message.compression = .brotli
    let features = try #require(transcript(message, from: .server).rareFeatures)
    #expect(features.serverCertificateCompression == .brotli)
    #expect(features.delegatedCredential?.validTime == 86_400)
    #expect(features.delegatedCredential?.certificateVerifyScheme == SignatureScheme(rawValue: 0x0403))
    #expect(features.delegatedCredential?.signatureScheme == SignatureScheme(rawValue: 0x0804))
  }

  @Test func recordsBeforeTheServerHelloAreEarlyData() throws {
    let offer = TLSBytes.field(42, [])
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(extra: offer) + TLSBytes.encrypted(90) + TLSBytes.encrypted(91))
    dialogue.send(.server, TLSBytes.serverFlight13())
    dialogue.send(.client, TLSBytes.encrypted(22) + TLSBytes.clientFinished13())
    #expect(dialogue.connection.transcript.rareFeatures?.earlyDataRecords == 2)
  }
}
