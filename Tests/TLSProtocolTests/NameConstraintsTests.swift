import TLSProtocol
import Testing

struct NameConstraintsTests {
  private func name(_ text: String) -> [UInt8] { DER.element(0x82, Array(text.utf8)) }

  private func subtrees(_ tag: UInt8, _ bases: [[UInt8]]) -> [UInt8] {
    bases.isEmpty ? [] : DER.element(tag, bases.flatMap { DER.sequence($0) })
  }

  private func constraints(permitted: [[UInt8]] = [], excluded: [[UInt8]] = []) -> [UInt8] {
    DER.extensionEntry(
      "551d1e", critical: true, DER.sequence(subtrees(0xa0, permitted), subtrees(0xa1, excluded)))
  }

  private func leaf(_ names: [[UInt8]]) -> CertificateFacts {
    CertificateFacts(
      der: DER.certificate(
        subject: DER.name("leaf"), issuer: DER.name("ca"),
        extensions: [DER.extensionEntry("551d11", DER.element(0x30, names.flatMap { $0 }))]))
  }

  private func authority(_ extensionEntry: [UInt8]) -> CertificateFacts {
    let basic = DER.extensionEntry("551d13", critical: true, DER.sequence([0x01, 0x01, 0xff]))
    return CertificateFacts(
      der: DER.certificate(subject: DER.name("ca"), issuer: DER.name("root"), extensions: [basic, extensionEntry]))
  }

  @Test(arguments: [
    ("lab", "a.lab", true), ("lab", "lab", true), ("lab", "LAB", true), ("lab", "collab", false),
    ("lab", "lab.com", false), (".lab", "a.lab", true), (".lab", "lab", false), ("", "any.where", true),
    ("lab", "*.lab", true), ("a.lab", "*.lab", false), ("Example.COM", "www.example.com", true),
  ])
  func aPermittedDomainCoversItselfAndWhatIsBelow(_ domain: String, host: String, isInside: Bool) throws {
    let authority = authority(constraints(permitted: [name(domain)]))
    let permitted = try #require(authority.nameConstraints)
    #expect(authority.problems.isEmpty)
    #expect(permitted.firstViolation(in: leaf([name(host)])) == (isInside ? nil : host))
    let excluded = try #require(self.authority(constraints(excluded: [name(domain)])).nameConstraints)
    #expect(excluded.firstViolation(in: leaf([name(host)])) == (isInside ? host : nil))
  }

  @Test func networksCoverTheirAddresses() throws {
    let network = DER.element(0x87, [10, 1, 0, 0, 255, 255, 0, 0])
    let constraints = try #require(authority(constraints(permitted: [network])).nameConstraints)
    #expect(constraints.permittedNetworks == ["10.1.0.0/255.255.0.0"])
    #expect(constraints.firstViolation(in: leaf([DER.element(0x87, [10, 1, 2, 3])])) == nil)
    #expect(constraints.firstViolation(in: leaf([DER.element(0x87, [10, 2, 2, 3])])) == "10.2.2.3")
    #expect(constraints.firstViolation(in: leaf([DER.element(0x87, [UInt8](repeating: 0, count: 16))])) == "::")
    let excluded = try #require(authority(self.constraints(excluded: [network])).nameConstraints)
    #expect(excluded.excludedNetworks == ["10.1.0.0/255.255.0.0"])
    #expect(excluded.firstViolation(in: leaf([DER.element(0x87, [10, 1, 2, 3])])) == "10.1.2.3")
    #expect(excluded.firstViolation(in: leaf([name("a.lab")])) == nil)
  }

  @Test func aChainTellsWhichNameAndWhichAuthority() {
    let leaf = leaf([name("a.lab"), name("a.example.com")])
    let authority = authority(constraints(permitted: [name("lab")]))
    let chain = CertificateChain([leaf, authority])
    #expect(chain.problems.contains(.nameNotPermitted(subject: 0, by: 1, name: "a.example.com")))
  }

  @Test func brokenConstraintsAreAProblemOfTheCertificate() {
    let facts = authority(DER.extensionEntry("551d1e", critical: true, [0x05, 0x00]))
    #expect(facts.nameConstraints == nil)
    #expect(facts.problems.count == 1)
  }
}
