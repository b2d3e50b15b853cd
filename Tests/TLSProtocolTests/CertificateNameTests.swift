import Testing

@testable import TLSProtocol

struct CertificateNameTests {
  @Test func hostileBytesOfASubjectAreEscaped() {
    let facts = CertificateFacts(der: CertificateFixtures.hostileSubject)
    #expect(
      facts.subject == #"CN=Zürich \E2\80\AE evil,O=\ Lab\, \"Inc\" \1B[31m\00\ ,C=DE"#)
    #expect(facts.commonName == "Zürich \u{202e} evil")
  }

  @Test func wideStringTypesAreDecoded() {
    let facts = CertificateFacts(der: CertificateFixtures.wideStrings)
    #expect(facts.subject == "OU=IA5,O=Uni 東,CN=München 東京")
  }

  @Test func multiValuedAndUnknownAttributesAreKept() {
    let facts = CertificateFacts(der: CertificateFixtures.multiValued)
    #expect(facts.subject == "1.2.3.4.55=x,CN=a+serialNumber=7,DC=lab")
  }

  @Test func teletexIsReadAsLatin1AndOtherTypesAsHex() {
    let teletex = DER.sequence(DER.set(DER.sequence(DER.commonName, DER.element(0x14, [0x4d, 0xfc]))))
    #expect(CertificateFacts(der: DER.certificate(subject: teletex)).subject == "CN=Mü")
    let octets = DER.sequence(DER.set(DER.sequence(DER.commonName, DER.element(0x04, [1, 2]))))
    #expect(CertificateFacts(der: DER.certificate(subject: octets)).subject == "CN=#04020102")
  }

  @Test func undecodableUTF8IsRepaired() {
    let broken = DER.sequence(DER.set(DER.sequence(DER.commonName, DER.element(0x0c, [0x61, 0xff, 0x62]))))
    #expect(CertificateFacts(der: DER.certificate(subject: broken)).subject == "CN=a\u{fffd}b")
  }

  @Test func anEmptySubjectIsEmpty() {
    let facts = CertificateFacts(der: DER.certificate(subject: DER.sequence()))
    #expect(facts.subject.isEmpty)
    #expect(facts.commonName == nil)
    #expect(facts.subjectDER == [0x30, 0x00])
  }

  /// A control character takes four letters where it is shown: names of 60 KB would fill the output.
  @Test func aNameIsCutWhereNoHonestOneReaches() {
    let long = DER.element(0x0c, [UInt8](repeating: 1, count: 60_000))
    let part = DER.set(DER.sequence(DER.element(6, [0x55, 4, 10]), long))
    let facts = CertificateFacts(der: DER.certificate(subject: DER.sequence(part, part)))
    #expect(facts.subject.hasSuffix("…") && facts.subject.utf8.count <= 2051)
    let umlauts = DER.element(0x0c, Array(String(repeating: "ü", count: 5000).utf8))
    let other = DER.set(DER.sequence(DER.element(6, [0x55, 4, 10]), umlauts))
    let text = CertificateFacts(der: DER.certificate(subject: DER.sequence(other))).subject
    #expect(text.hasSuffix("ü…") && !text.unicodeScalars.contains("\u{fffd}"))
  }

  @Test func aNULInADNSNameCannotHide() {
    let name = DER.sequence(DER.element(0x82, Array("good.lab\0.evil.lab".utf8)))
    let facts = CertificateFacts(der: DER.certificate(extensions: [DER.extensionEntry("551d11", name)]))
    #expect(facts.dnsNames == [#"good.lab\00.evil.lab"#])
  }

  @Test(
    arguments: [
      ("250101000000Z", 1_735_689_600), ("2501010000Z", 1_735_689_600), ("250101010000+0100", 1_735_689_600),
      ("241231230000-0100", 1_735_689_600), ("500101000000Z", -631_152_000), ("491231235959Z", 2_524_607_999),
      ("240229000000Z", 1_709_164_800), ("250101000060Z", 1_735_689_660),
    ] as [(String, Int64)])
  func everyFormOfUTCTimeIsRead(_ text: String, seconds: Int64) {
    let facts = CertificateFacts(der: DER.certificate(notBefore: DER.utcTime(text)))
    #expect(facts.notBefore == seconds)
    let isProfiled = text.utf8.count == 13
    #expect(facts.problems.contains { $0.hasPrefix("notBefore: a form") } == !isProfiled)
  }

  @Test(
    arguments: [
      ("20250101000000Z", 1_735_689_600), ("2025010100Z", 1_735_689_600), ("20250101000000.5Z", 1_735_689_600),
      ("20250101000000", 1_735_689_600), ("20250101013000+0130", 1_735_689_600), ("00010101000000Z", -62_135_596_800),
      ("99991231235959Z", 253_402_300_799), ("20000229120000,25Z", 951_825_600),
    ] as [(String, Int64)])
  func everyFormOfGeneralizedTimeIsRead(_ text: String, seconds: Int64) {
    let facts = CertificateFacts(der: DER.certificate(notAfter: DER.generalizedTime(text)))
    #expect(facts.notAfter == seconds)
  }

  @Test(arguments: [
    "", "25", "250230000000Z", "251301000000Z", "250100000000Z", "250101240000Z", "250101006000Z", "250101000000X",
    "2501010000000Z", "25010100000\u{1b}Z", "250101000000Z ", "250101000000+9900",
  ])
  func whatIsNoTimeIsAProblem(_ text: String) {
    let facts = CertificateFacts(der: DER.certificate(notBefore: DER.utcTime(text)))
    #expect(facts.notBefore == nil)
    #expect(facts.notAfter == 2_051_222_400)
    #expect(facts.problems.count == 1)
    #expect(!facts.problems.joined().contains("\u{1b}"))
  }
}
