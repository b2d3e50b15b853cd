import TLSProtocol
import Testing

struct CertificateFactsTests {
  typealias Fixtures = CertificateFixtures

  @Test func aServerCertificateTellsEverything() {
    let facts = CertificateFacts(der: Fixtures.leaf)
    #expect(facts.problems.isEmpty)
    #expect(facts.subject == "CN=localhost,O=Lab")
    #expect(facts.issuer == "CN=Intermediate,O=Lab")
    #expect(facts.commonName == "localhost")
    #expect(facts.version == 3)
    #expect(facts.serialNumber == "f00d")
    #expect(facts.notBefore == 1_735_689_600)
    #expect(facts.notAfter == 2_051_222_400)
    #expect(facts.dnsNames == ["localhost", "*.example.com"])
    #expect(facts.ipAddresses == ["127.0.0.1", "::1"])
    #expect(facts.keyAlgorithm == "EC")
    #expect(facts.keyBits == 256)
    #expect(facts.keyCurve == "prime256v1")
    #expect(facts.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(facts.signatureHash == "SHA256")
    #expect(facts.isCertificateAuthority == false)
    #expect(facts.keyUsage == ["digitalSignature"])
    #expect(facts.extendedKeyUsage == ["serverAuth", "clientAuth"])
    #expect(facts.subjectKeyIdentifier?.count == 20)
    #expect(facts.authorityKeyIdentifier == CertificateFacts(der: Fixtures.intermediate).subjectKeyIdentifier)
    #expect(facts.requiresStaple)
    #expect(facts.ocspResponders == ["http://ocsp.lab/"])
    #expect(facts.caIssuers == ["http://ca.lab/i.crt"])
    #expect(facts.criticalExtensionsNotUnderstood.isEmpty)
    #expect(facts.sha256.count == 32)
    #expect(!facts.isSelfIssued)
    #expect(Array(facts.der[facts.signedRange]).starts(with: [0x30, 0x82]))
    #expect(facts.signatureRange.upperBound == facts.der.count)
    #expect(facts.subjectPublicKeyInfo.count == 91)
  }

  @Test func anAuthorityTellsItsConstraints() {
    let facts = CertificateFacts(der: Fixtures.intermediate)
    #expect(facts.isCertificateAuthority == true)
    #expect(facts.pathLengthConstraint == 0)
    #expect(facts.keyUsage == ["keyCertSign", "cRLSign"])
    #expect(facts.extendedKeyUsage == nil)
    #expect(facts.signatureAlgorithm == "sha256WithRSAEncryption")
    #expect(CertificateFacts(der: Fixtures.root).isSelfIssued)
  }

  @Test(
    arguments: [
      (Fixtures.rsa512, "RSA", 512, nil, "sha256WithRSAEncryption", "SHA256"),
      (Fixtures.rsa1024, "RSA", 1024, nil, "sha256WithRSAEncryption", "SHA256"),
      (Fixtures.rsa2048SHA1, "RSA", 2048, nil, "sha1WithRSAEncryption", "SHA1"),
      (Fixtures.rsaPSSKey, "RSA-PSS", 2048, nil, "rsassaPss", "SHA256"),
      (Fixtures.rsaSignedPSS, "RSA", 2048, nil, "rsassaPss", "SHA384"),
      (Fixtures.p384, "EC", 384, "secp384r1", "ecdsa-with-SHA384", "SHA384"),
      (Fixtures.p521, "EC", 521, "secp521r1", "ecdsa-with-SHA512", "SHA512"),
      (Fixtures.secp256k1, "EC", 256, "secp256k1", "ecdsa-with-SHA256", "SHA256"),
      (Fixtures.brainpool, "EC", 384, "brainpoolP384r1", "ecdsa-with-SHA384", "SHA384"),
      (Fixtures.ed25519, "Ed25519", 256, nil, "ED25519", nil),
      (Fixtures.ed448, "Ed448", 456, nil, "ED448", nil),
      (Fixtures.dsa, "DSA", 2048, nil, "dsa_with_SHA256", "SHA256"),
    ] as [([UInt8], String, Int, String?, String, String?)])
  func keysAndSignaturesAreNamed(
    _ der: [UInt8], algorithm: String, bits: Int, curve: String?, signature: String, hash: String?
  ) {
    let facts = CertificateFacts(der: der)
    #expect(facts.problems.isEmpty)
    #expect(facts.keyAlgorithm == algorithm)
    #expect(facts.keyBits == bits)
    #expect(facts.keyCurve == curve)
    #expect(facts.signatureAlgorithm == signature)
    #expect(facts.signatureHash == hash)
  }

  @Test func explicitCurveParametersAreAProblemButTellTheirSize() {
    let facts = CertificateFacts(der: Fixtures.explicitCurve)
    #expect(facts.keyCurve == "explicit")
    #expect(facts.keyBits == 256)
    #expect(facts.problems.count == 1)
  }

  @Test func postQuantumAndUnknownKeysAreNamed() {
    let mlDSA = DER.sequence(DER.sequence(DER.element(0x06, bytes("608648016503040312"))), [0x03, 0x02, 0x00, 0x01])
    #expect(CertificateFacts(der: DER.certificate(key: mlDSA)).keyAlgorithm == "ML-DSA-65")
    let slhDSA = DER.sequence(DER.element(0x06, bytes("608648016503040314")))
    #expect(CertificateFacts(der: DER.certificate(algorithm: slhDSA)).signatureAlgorithm == "SLH-DSA-SHA2-128s")
    let unknown = DER.sequence(DER.sequence(DER.element(0x06, bytes("2a03040506"))), [0x03, 0x02, 0x00, 0x01])
    #expect(CertificateFacts(der: DER.certificate(key: unknown)).keyAlgorithm == "1.2.3.4.5.6")
  }

  @Test func theDaysOfExpiryAreExact() {
    let expired = CertificateFacts(der: Fixtures.expired)
    #expect(expired.notBefore == 1_559_347_200)
    #expect(expired.notAfter == 1_582_934_400)
    let future = CertificateFacts(der: Fixtures.farFuture)
    #expect(future.notBefore == 2_524_607_999)
    #expect(future.notAfter == 253_402_300_799)
  }

  @Test func otherKindsOfNamesAreKept() {
    let facts = CertificateFacts(der: Fixtures.oddNames)
    #expect(
      facts.otherNames == [
        "email:a@b.lab", "uri:spiffe://lab/x", "dirName:CN=dir,O=Lab", "rid:1.2.840.113549", "upn:user@corp",
      ])
    #expect(facts.criticalExtensionsNotUnderstood == ["1.2.3.4", "CT precertificate poison"])
    #expect(facts.nameConstraints != nil)
    #expect(facts.dnsNames.isEmpty)
  }

  @Test func purposesWithoutANameAreOIDs() {
    #expect(CertificateFacts(der: Fixtures.codeSigning).extendedKeyUsage == ["codeSigning", "1.2.3.4.5"])
  }

  @Test func whatIsNoCertificateIsAProblemNotAFailure() {
    for der in [[], [0x30], [0x30, 0x80], [0x16, 0x03, 0x01], [UInt8](repeating: 0xff, count: 300)] as [[UInt8]] {
      let facts = CertificateFacts(der: der)
      #expect(!facts.problems.isEmpty)
      #expect(facts.subject.isEmpty)
      #expect(facts.sha256.count == 32)
    }
  }

  @Test func aCertificateCutShortStillTellsWhatPrecedesTheCut() {
    let facts = CertificateFacts(der: Array(Fixtures.leaf.prefix(200)))
    #expect(facts.subject == "CN=localhost,O=Lab")
    #expect(facts.notAfter == 2_051_222_400)
    #expect(!facts.problems.isEmpty)
  }

  @Test func lengthsThatDERForbidsAreReadAndNamed() {
    let der = DER.certificate()
    // The outer length in one octet more than needed, as some encoders write it.
    let content = der.dropFirst(der[1] < 0x80 ? 2 : 2 + Int(der[1] & 0x7f))
    let long = [0x30, 0x84, 0, 0, UInt8(content.count >> 8), UInt8(truncatingIfNeeded: content.count)] + content
    let facts = CertificateFacts(der: long)
    #expect(facts.subject == "CN=subject")
    #expect(facts.problems == ["Certificate at byte 0: length not in its shortest form"])
    #expect(facts.strictEncodingProblem != nil)
    let indefinite = CertificateFacts(der: [0x30, 0x80] + content + [0, 0])
    #expect(indefinite.subject == "CN=subject")
    #expect(indefinite.problems == ["Certificate at byte 0: indefinite length"])
    #expect(indefinite.strictEncodingProblem != nil)
    #expect(CertificateFacts(der: der).strictEncodingProblem == nil)
    #expect(CertificateFacts(der: Array(der.dropLast())).strictEncodingProblem == "ends within a field")
    #expect(CertificateFacts(der: [0x02, 0x01, 0x01]).strictEncodingProblem == "no SEQUENCE")
  }

  @Test func tenThousandNestedElementsAreRefused() {
    let der = [UInt8](repeating: 0, count: 10_000).enumerated().map { $0.offset % 2 == 0 ? 0x30 : 0x80 } as [UInt8]
    #expect(!CertificateFacts(der: der).problems.isEmpty)
  }

  @Test func duplicateExtensionsAndOddBooleansAreNamed() {
    let usage = DER.extensionEntry("551d0f", [0x03, 0x02, 0x07, 0x80])
    let odd = DER.sequence(
      DER.element(0x06, bytes("551d13")), [0x01, 0x01, 0x01], DER.element(0x04, DER.sequence([0x01, 0x01, 0xff])))
    let facts = CertificateFacts(der: DER.certificate(extensions: [usage, usage, odd]))
    #expect(facts.keyUsage == ["digitalSignature"])
    #expect(facts.isCertificateAuthority == true)
    #expect(
      facts.problems == [
        "extension 2.5.29.15 stands twice", "extension 2.5.29.19: critical is not encoded as DER wants",
      ])
  }

  @Test func aForestOfProblemsStaysBounded() {
    let entries = (0..<2000).map { _ in DER.extensionEntry("551d0f", [0x05, 0x00]) }
    let facts = CertificateFacts(der: DER.certificate(extensions: entries))
    #expect(facts.problems.count == 32)
  }
}
