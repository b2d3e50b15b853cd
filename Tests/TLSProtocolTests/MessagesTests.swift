import Bytes
import Testing

@testable import TLSProtocol

@Suite struct MessagesTests {
  private let tls13 = HandshakeContext(version: .tls13, cipherSuite: CipherSuite(rawValue: 0x1301))
  private let tls12 = HandshakeContext(version: .tls12, cipherSuite: CipherSuite(rawValue: 0xc02f))

  private func read(
    _ type: HandshakeType, _ hex: String, from sender: Role = .server, in context: HandshakeContext,
    decompressor: (any CertificateDecompressor)? = nil
  ) -> HandshakeBody {
    Flight.bytes(hex: hex).withCursor { cursor in
      HandshakeBody(type: type, parsing: &cursor, from: sender, context: context, decompressor: decompressor)
    }
  }

  private func certificate(_ body: HandshakeBody) -> CertificateMessage? {
    if case .certificate(let message) = body { message } else { nil }
  }

  private func isMalformed(_ body: HandshakeBody) -> Bool {
    if case .malformed = body { true } else { false }
  }

  // MARK: Certificate

  @Test func aCertificateIsReadInTheFormOfTheVersion() {
    let old = certificate(read(.certificate, "000009 000002 aabb 000001 cc", in: tls12))
    #expect(old?.certificates == [[0xaa, 0xbb], [0xcc]])
    let new = certificate(
      read(.certificate, "00 000017 000002 aabb 000a 0005 0006 01 000002 3000 000001 cc 0000", in: tls13))
    #expect(new?.certificates == [[0xaa, 0xbb], [0xcc]])
    #expect(new?.ocspResponse == [0x30, 0])
    #expect(new?.leafExtensions.map(\.type) == [.statusRequest])
  }

  @Test func aCertificateInTheOtherFormIsReadAllTheSame() {
    let unknown = HandshakeContext()
    #expect(certificate(read(.certificate, "00 000007 000002 aabb 0000", in: unknown))?.certificates == [[0xaa, 0xbb]])
    #expect(certificate(read(.certificate, "000005 000002 aabb", in: tls13))?.certificates == [[0xaa, 0xbb]])
    #expect(certificate(read(.certificate, "000000", in: tls12))?.certificates == [])
    #expect(certificate(read(.certificate, "00 000000", from: .client, in: tls13))?.certificates == [])
  }

  @Test func aRawPublicKeyIsNoCertificate() {
    var context = tls12
    context.noteCertificateTypes([HelloExtension(type: .serverCertificateType, body: [2])])
    let old = certificate(read(.certificate, "000004 30020500", in: context))
    #expect(old?.rawPublicKey == [0x30, 2, 5, 0])
    #expect(old?.certificates == [])
    // The client's certificate is still X.509.
    #expect(certificate(read(.certificate, "000000", from: .client, in: context))?.rawPublicKey == nil)
    context.version = .tls13
    let new = certificate(read(.certificate, "00 000009 000004 30020500 0000", in: context))
    #expect(new?.rawPublicKey == [0x30, 2, 5, 0])
    #expect(new?.certificates == [])
  }

  @Test func aBrokenCertificateIsMalformed() {
    #expect(isMalformed(read(.certificate, "000009 000002 aabb 000009 cc", in: tls12)))
    #expect(isMalformed(read(.certificate, "", in: tls13)))
    #expect(isMalformed(read(.certificate, "000005 000002 aabb ff", in: tls12)))
  }

  private struct Doubling: CertificateDecompressor {
    func decompress(_ data: [UInt8], algorithm: CertificateCompressionAlgorithm, length: Int) -> [UInt8]? {
      algorithm.rawValue == 1 ? Array((data + data).prefix(length)) : nil
    }
  }

  @Test func aCompressedCertificateIsReadWhereSomethingUnpacksIt() {
    let packed = "0001 00000a 00000a 00 000006 000001 aa 0000"
    guard case .other = read(.compressedCertificate, packed, in: tls13) else {
      Issue.record("read without a decompressor")
      return
    }
    let message = certificate(read(.compressedCertificate, packed, in: tls13, decompressor: Doubling()))
    #expect(message?.certificates == [[0xaa]])
    #expect(message?.compression?.rawValue == 1)
    #expect(
      isMalformed(read(.compressedCertificate, "0002" + packed.dropFirst(4), in: tls13, decompressor: Doubling())))
    #expect(isMalformed(read(.compressedCertificate, "0001 0fffff 000001 00", in: tls13, decompressor: Doubling())))
  }

  // MARK: CertificateRequest

  @Test func aCertificateRequestIsReadInEachForm() throws {
    guard case .certificateRequest(let old) = read(.certificateRequest, "01 40 0002 0403 0004 0002 3000", in: tls12),
      case .certificateRequest(let older) = read(
        .certificateRequest, "02 01 40 0004 0002 3000", in: HandshakeContext(version: .tls11)),
      case .certificateRequest(let new) = read(
        .certificateRequest, "00 001a 000d 0004 0002 0403 0032 0004 0002 0804 002f 0006 0004 0002 3000", in: tls13)
    else {
      Issue.record("not read")
      return
    }
    #expect(old.certificateTypes == [64] && old.authorities == [[0x30, 0]])
    #expect(old.signatureSchemes.map(\.rawValue) == [0x0403])
    #expect(older.certificateTypes == [1, 64] && older.signatureSchemes.isEmpty && older.authorities.count == 1)
    #expect(new.signatureSchemes.map(\.rawValue) == [0x0403] && new.authorities == [[0x30, 0]])
    #expect(new.certificateSignatureSchemes.map(\.rawValue) == [0x0804])
    #expect(new.extensions.count == 3)
  }

  // MARK: ServerKeyExchange

  private func exchange(_ hex: String, suite: UInt16, version: ProtocolVersion = .tls12) -> ServerKeyExchange? {
    let context = HandshakeContext(version: version, cipherSuite: CipherSuite(rawValue: suite))
    if case .serverKeyExchange(let value) = read(.serverKeyExchange, hex, in: context) { return value }
    return nil
  }

  @Test func anEllipticCurveExchangeNamesItsCurveAndScheme() {
    let value = exchange("03 001d 02 aabb 0804 0001 99", suite: 0xc02f)
    #expect(value?.group == .x25519)
    #expect(value?.signatureScheme?.rawValue == 0x0804)
    #expect(value?.parameters == [3, 0, 0x1d, 2, 0xaa, 0xbb])
    #expect(value?.signature == [0x99])
  }

  @Test func beforeTLS12TheSchemeIsNotNamed() {
    let value = exchange("03 0017 01 aa 0002 9999", suite: 0xc014, version: .tls10)
    #expect(value?.group?.rawValue == 23)
    #expect(value?.signatureScheme == nil)
    #expect(value?.signature == [0x99, 0x99])
  }

  @Test func aFiniteFieldExchangeTellsItsPrimesBits() {
    let value = exchange("0003 00 ffff 0001 02 0001 05 0401 0001 99", suite: 0x0033)
    #expect(value?.primeBits == 16)
    #expect(value?.signatureScheme?.rawValue == 0x0401)
    #expect(exchange("0002 7fff 0001 02 0001 05 0401 0001 99", suite: 0x0033)?.primeBits == 15)
    // TLS_DH_anon_WITH_AES_128_CBC_SHA signs nothing.
    let anonymous = exchange("0002 7fff 0001 02 0001 05", suite: 0x0034)
    #expect(anonymous?.signature == [] && anonymous?.signatureScheme == nil && anonymous?.primeBits == 15)
  }

  @Test func preSharedKeyExchangesBringAHint() {
    #expect(exchange("0003 616263", suite: 0x008c)?.pskIdentityHint == [0x61, 0x62, 0x63])
    let value = exchange("0000 03 0017 01 aa", suite: 0xc037)
    #expect(value?.group?.rawValue == 23)
    #expect(value?.pskIdentityHint == [])
    #expect(exchange("0000 0001 07 0001 02 0001 05", suite: 0x00b2)?.primeBits == 3)
  }

  @Test func rarerExchangesAreWalked() {
    // An export suite's ephemeral RSA key, and SRP with an RSA signature.
    #expect(exchange("0001 07 0001 03 0001 99", suite: 0x0003, version: .tls10)?.signature == [0x99])
    #expect(exchange("0001 07 0001 02 01 05 0001 06 0401 0001 99", suite: 0xc01e)?.signature == [0x99])
    #expect(exchange("0001 07 0001 02 01 05 0001 06", suite: 0xc01d)?.signature == [])
    // Explicit curves, over a prime and a binary field.
    let curve = "01 0a 01 0b 01 0c 01 0d 01 0e"
    #expect(exchange("01 01 07 \(curve) 01 aa 0401 0001 99", suite: 0xc013)?.signature == [0x99])
    #expect(exchange("02 0010 01 01 05 \(curve) 01 aa 0401 0001 99", suite: 0xc013)?.signature == [0x99])
    #expect(exchange("02 0010 02 01 05 01 06 01 07 \(curve) 01 aa 0401 0001 99", suite: 0xc013)?.signature == [0x99])
    #expect(exchange("09 00", suite: 0xc013) == nil)
    #expect(exchange("abcd", suite: 0xc100)?.parameters == [0xab, 0xcd])
  }

  // MARK: The rest

  @Test func smallMessagesAreReadInTheFormOfTheVersion() {
    guard case .certificateVerify(let new) = read(.certificateVerify, "0804 0001 99", in: tls12),
      case .certificateVerify(let old) = read(.certificateVerify, "0001 99", in: HandshakeContext(version: .tls11)),
      case .certificateStatus(let one) = read(.certificateStatus, "01 000002 3000", in: tls12),
      case .certificateStatus(let many) = read(.certificateStatus, "02 000008 000002 3000 000000", in: tls12),
      case .newSessionTicket(let ticket) = read(.newSessionTicket, "00000e10 0002 abcd", in: tls12),
      case .newSessionTicket(let later) = read(
        .newSessionTicket, "00000e10 00000001 01 00 0002 abcd 0000", in: tls13)
    else {
      Issue.record("not read")
      return
    }
    #expect(new.signatureScheme?.rawValue == 0x0804 && old.signatureScheme == nil)
    #expect(one.ocspResponse == [0x30, 0] && many.ocspResponse == [0x30, 0])
    #expect(ticket == NewSessionTicket(lifetime: 3600, ticket: [0xab, 0xcd]) && later == ticket)
    #expect(isMalformed(read(.certificateStatus, "07 00", in: tls12)))
    #expect(isMalformed(read(.certificateVerify, "0804 0002 99", in: tls13)))
  }

  @Test func encryptedExtensionsNameTheProtocol() {
    guard
      case .encryptedExtensions(let value) = read(
        .encryptedExtensions, "000d 0010 0005 0003 02 6832 0000 0000", in: tls13)
    else {
      Issue.record("not read")
      return
    }
    #expect(value.applicationProtocol == "h2")
    #expect(value.extensions.count == 2 && value.structureError == nil && value.malformedExtensions.isEmpty)
  }

  @Test func messagesWithoutABodyOfInterestAreOther() {
    for type in [.finished, .keyUpdate, .helloRequest, .serverHelloDone, .endOfEarlyData] as [HandshakeType] {
      guard case .other = read(type, "00", in: tls13) else {
        Issue.record("\(type)")
        return
      }
    }
    guard case .clientKeyExchange = read(.clientKeyExchange, "00", from: .client, in: tls12) else {
      Issue.record("clientKeyExchange")
      return
    }
  }

  @Test func everyTruncationIsMalformedOrShorter() {
    let messages: [(HandshakeType, String, HandshakeContext)] = [
      (.certificate, "000009 000002 aabb 000001 cc", tls12),
      (.certificate, "00 000017 000002 aabb 000a 0005 0006 01 000002 3000 000001 cc 0000", tls13),
      (.certificateRequest, "01 40 0002 0403 0004 0002 3000", tls12),
      (.serverKeyExchange, "03 001d 02 aabb 0804 0001 99", tls12),
      (.certificateVerify, "0804 0001 99", tls12),
      (.certificateStatus, "01 000002 3000", tls12),
      (.newSessionTicket, "00000e10 00000001 01 00 0002 abcd 0000", tls13),
    ]
    for (type, hex, context) in messages {
      let bytes = Flight.bytes(hex: hex)
      for length in 0..<bytes.count {
        let part = bytes.prefix(length).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(isMalformed(read(type, part, in: context)), "\(type) cut to \(length)")
      }
    }
  }
}
