import TLSProtocol
import Testing

struct OCSPResponseTests {
  typealias Fixtures = CertificateFixtures

  private let leaf = CertificateFacts(der: Fixtures.leaf)

  @Test func aGoodAnswerTellsItsPeriod() throws {
    let response = OCSPResponse(der: Fixtures.ocspGood)
    #expect(response.status == .successful)
    #expect(response.problems.isEmpty)
    #expect(response.responder == "CN=Intermediate,O=Lab")
    #expect(response.signatureAlgorithm == "ecdsa-with-SHA256")
    let answer = try #require(response.answer(for: leaf))
    #expect(answer.status == .good)
    #expect(answer.thisUpdate == 1_790_812_800)
    #expect(answer.nextUpdate == 1_791_417_600)
    #expect(response.answer(for: CertificateFacts(der: Fixtures.root)) == nil)
  }

  @Test func aRevocationTellsWhenAndWhy() throws {
    let answer = try #require(OCSPResponse(der: Fixtures.ocspRevoked).answer(for: leaf))
    #expect(answer.status == .revoked(at: 1_772_582_400, reason: 1))
  }

  @Test func aResponderMayNotKnow() throws {
    let answer = try #require(OCSPResponse(der: Fixtures.ocspUnknown).answer(for: leaf))
    #expect(answer.status == .unknown)
  }

  @Test func aResponderMayRefuse() {
    let response = OCSPResponse(der: Fixtures.ocspTryLater)
    #expect(response.status == .tryLater)
    #expect(response.answers.isEmpty)
    #expect(response.problems.isEmpty)
    #expect(OCSPResponse(der: [0x30, 0x03, 0x0a, 0x01, 0x09]).status == .unknown(9))
    #expect(OCSPResponse(der: [0x30, 0x03, 0x0a, 0x01, 0x00]).problems.count == 1)
  }

  @Test func theIssuersOwnSignatureVerifies() {
    let issuer = CertificateFacts(der: Fixtures.intermediate)
    #expect(OCSPResponse(der: Fixtures.ocspGood).checkSignature(issuer: issuer) == .verified)
    let stranger = CertificateFacts(der: Fixtures.rootSameNameOtherKey)
    #expect(OCSPResponse(der: Fixtures.ocspGood).checkSignature(issuer: stranger) == .failed)
    #expect(OCSPResponse(der: Fixtures.ocspTryLater).checkSignature(issuer: issuer) == .unsupported)
  }

  @Test func onlyACertifiedDelegateMaySign() {
    typealias Delegation = CertificateSignatureFixtures
    let issuer = CertificateFacts(der: Delegation.issuer)
    let response = OCSPResponse(der: Delegation.byDelegate)
    #expect(response.certificates.map(\.subject) == ["CN=Responder,O=Lab"])
    #expect(response.responder.utf8.count == 40)
    #expect(response.checkSignature(issuer: issuer) == .verified)
    #expect(response.answer(for: CertificateFacts(der: Delegation.leaf))?.nextUpdate == nil)
    #expect(OCSPResponse(der: Delegation.byStranger).checkSignature(issuer: issuer) == .failed)
  }

  @Test func everyTruncationIsAProblem() {
    for count in 0..<Fixtures.ocspRevoked.count {
      let response = OCSPResponse(der: Array(Fixtures.ocspRevoked.prefix(count)))
      #expect(!response.problems.isEmpty)
    }
  }

  @Test func mutationsNeverTrap() {
    var generator = SeededGenerator(state: 99)
    var understood = 0
    for _ in 0..<5000 {
      var der = Fixtures.ocspRevoked
      der[Int.random(in: 0..<der.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      if OCSPResponse(der: der).status == .successful { understood += 1 }
    }
    #expect(understood > 4000)
  }

  @Test func aListOfTimestampsIsCounted() {
    let entry = [0] + [UInt8](repeating: 7, count: 32) + bytes("0000018f00000000") + [0, 0] + [4, 3, 0, 0]
    let list = bytes("0062") + bytes("002f") + entry + bytes("002f") + entry
    let timestamps = SignedCertificateTimestamp.list(list)
    #expect(timestamps.count == 2)
    #expect(timestamps.first?.timestamp == 0x18f_0000_0000)
    #expect(SignedCertificateTimestamp.list(Array(list.dropLast())).count <= 2)
    #expect(SignedCertificateTimestamp.list([]).isEmpty)
  }
}
