import Testing

@testable import TLSProtocol

/// What checking signatures costs at most, counted in checks: no clock has a say in it.
@Suite struct SignatureEffortTests {
  @Test func certificatesOfOneNameAreCheckedAFewTimesEach() {
    let certificates = (0..<16).map { number in
      var facts = CertificateFacts()
      facts.subjectDER = [1]
      facts.issuerDER = [1]
      facts.sha256 = [UInt8(number)]
      return facts
    }
    var checks = SignatureChecks(certificates)
    for subject in 0..<16 { for issuer in 0..<16 { _ = checks.check(subject, issuer: issuer) } }
    #expect(checks.count == 20)
    _ = checks.check(0, issuer: 0)
    #expect(checks.count == 20)
  }

  @Test func aCertificateThatIsNotToBeCheckedIsNot() {
    var root = CertificateFacts(der: CertificateFixtures.root)
    #expect(root.checkSignature(issuer: root) == .verified)
    root.signatureAllowance = .none
    #expect(root.checkSignature(issuer: root) == .unsupported)
  }

  @Test func aKeyExchangeThatIsNotToBeCheckedIsNot() {
    let root = CertificateFacts(der: CertificateFixtures.root)
    var exchange = ServerKeyExchange(
      group: nil, signatureScheme: SignatureScheme(rawValue: 0x0804), primeBits: nil, parameters: [1], signature: [1])
    func check() -> SignatureCheck { exchange.checkSignature(clientRandom: [1], serverRandom: [1], leaf: root) }
    #expect(check() == .failed)
    exchange.signatureAllowance = .none
    #expect(check() == .unsupported)
  }

  @Test func keysThatCostMillisecondsNeedMoreThanACheapAllowance() {
    for (der, expected) in [
      (CertificateFixtures.root, SignatureCheck.verified), (CertificateFixtures.p384, .verified),
      (CertificateFixtures.p521, .unsupported),
    ] {
      var facts = CertificateFacts(der: der)
      facts.signatureAllowance = .cheap
      #expect(facts.checkSignature(issuer: facts) == expected)
      facts.signatureAllowance = .any
      #expect(facts.checkSignature(issuer: facts) == .verified)
    }
  }

  private func key(exponent: [UInt8]) -> [UInt8] {
    let modulus: [UInt8] = [0x02, 33, 0] + [UInt8](repeating: 0xff, count: 32)
    let numbers = modulus + [0x02, UInt8(exponent.count)] + exponent
    return [0x30, UInt8(numbers.count)] + numbers
  }

  /// Each bit of an exponent is a multiplication or two of numbers of thousands of bits.
  @Test func anExponentThatNobodyUsesMakesNoKey() {
    #expect(RSAPublicKey(der: key(exponent: [1, 0, 1])) != nil)
    #expect(RSAPublicKey(der: key(exponent: [1, 0xff, 0xff, 0xff, 0xff])) != nil)
    #expect(RSAPublicKey(der: key(exponent: [2, 0, 0, 0, 1])) == nil)
    #expect(RSAPublicKey(der: key(exponent: [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])) == nil)
  }
}
