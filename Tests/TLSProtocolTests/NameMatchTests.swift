import TLSProtocol
import Testing

struct NameMatchTests {
  private func facts(names: [String] = [], addresses: [String] = [], commonName: String? = nil) -> CertificateFacts {
    var facts = CertificateFacts()
    facts.dnsNames = names
    facts.ipAddresses = addresses
    facts.commonName = commonName
    return facts
  }

  @Test func namesMatchWithoutRegardToCaseAndFinalDot() {
    let facts = facts(names: ["other.lab", "Www.Example.COM"])
    #expect(facts.matches(name: "www.example.com") == .matches("Www.Example.COM"))
    #expect(facts.matches(name: "WWW.EXAMPLE.COM.") == .matches("Www.Example.COM"))
    #expect(facts.matches(name: "example.com") == .mismatch)
    #expect(facts.matches(name: "") == .mismatch)
  }

  @Test func aWildcardStandsForOneLabel() {
    let facts = facts(names: ["*.example.com"])
    #expect(facts.matches(name: "a.example.com") == .matches("*.example.com"))
    #expect(facts.matches(name: "xn--bcher-kva.example.com") == .matches("*.example.com"))
    #expect(facts.matches(name: "a.b.example.com") == .mismatch)
    #expect(facts.matches(name: "example.com") == .mismatch)
    #expect(facts.matches(name: ".example.com") == .mismatch)
  }

  @Test(arguments: ["*", "*.com", "a.*.com", "*.*.com", "w*.example.com", "*a.example.com", "**.example.com"])
  func wildcardsElsewhereCoverNothing(_ pattern: String) {
    #expect(facts(names: [pattern]).matches(name: "www.example.com") == .mismatch)
    #expect(facts(names: [pattern]).matches(name: "example.com") == .mismatch)
  }

  @Test func addressesMatchAddressEntriesOnly() {
    let facts = facts(names: ["127.0.0.1"], addresses: ["10.0.0.1", "::1"])
    #expect(facts.matches(name: "10.0.0.1") == .matches("10.0.0.1"))
    #expect(facts.matches(name: "[0:0::1]") == .matches("::1"))
    #expect(facts.matches(name: "127.0.0.1") == .mismatch)
  }

  @Test func theCommonNameCountsOnlyWithoutAlternatives() {
    #expect(facts(commonName: "cn.lab").matches(name: "CN.lab") == .commonNameOnly("cn.lab"))
    #expect(facts(commonName: "cn.lab").matches(name: "other.lab") == .mismatch)
    #expect(facts(names: ["a.lab"], commonName: "cn.lab").matches(name: "cn.lab") == .mismatch)
    #expect(facts(addresses: ["::1"], commonName: "cn.lab").matches(name: "cn.lab") == .commonNameOnly("cn.lab"))
    #expect(facts(commonName: "10.0.0.1").matches(name: "10.0.0.1") == .commonNameOnly("10.0.0.1"))
    #expect(facts(names: ["a.lab"], commonName: "10.0.0.1").matches(name: "10.0.0.1") == .mismatch)
  }

  @Test func aNameWithAnEscapedByteMatchesNothing() {
    let name = DER.sequence(DER.element(0x82, Array("good.lab\0.evil.lab".utf8)))
    let facts = CertificateFacts(der: DER.certificate(extensions: [DER.extensionEntry("551d11", name)]))
    #expect(facts.matches(name: "good.lab") == .mismatch)
  }
}
