import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct RemedyTemplateTests {
  private static func command(_ template: String, _ context: RemedyContext = RemedyContext()) -> String? {
    RemedyTemplate("", template).step(context).command
  }

  @Test func aKnownValueIsFilledInAndAnUnknownOneNamed() {
    var context = RemedyContext()
    context.port = 443
    #expect(Self.command("a {port} {host} {host|H} {address|}.", context) == "a 443 HOST H .")
    #expect(Self.command("{nonsense}") == "NONSENSE")
  }

  @Test func bracesThatAreNoPlacesStay() {
    #expect(Self.command("f() { g") == "f() { g")
    #expect(Self.command("a } b") == "a } b")
    #expect(Self.command("") == "")
  }

  @Test func aTLS13SuiteGoesWhereTLS13SuitesGo() {
    var context = RemedyContext()
    context.acceptedSuite = CipherSuite(rawValue: 0x1303)
    let step = "-{suite-version|tls1_2} -{suite-option|cipher} {openssl-suite|SUITE}"
    #expect(Self.command(step, context) == "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256")
    #expect(Self.command("ssl_ciphers {tls12-suite|HIGH};", context) == "ssl_ciphers HIGH;")
    #expect(Self.command("--{curl-suite-option|ciphers}", context) == "--tls13-ciphers")
    context.acceptedSuite = CipherSuite(rawValue: 0xc02f)
    #expect(Self.command(step, context) == "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256")
    #expect(Self.command("ssl_ciphers {tls12-suite|HIGH};", context) == "ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;")
    #expect(Self.command(step) == "-tls1_2 -cipher SUITE")
  }

  @Test func familiesBecomeFlagsAndSettings() {
    var context = RemedyContext()
    context.workingFamily = .ipv6
    context.workingAddress = "::1"
    #expect(
      Self.command("curl {working-flag|-4}; java {java-stack|x}; {loopback|y}", context)
        == "curl -6; java -Djava.net.preferIPv6Addresses=true; '[::1]'")
    context.workingFamily = .ipv4
    #expect(Self.command("curl {working-flag|-6}", context) == "curl -4")
    #expect(AddressFamily.ipv4.other == .ipv6)
  }

  @Test func versionsGroupsAndSchemesAreSpelledAsProgramsSpellThem() {
    var context = RemedyContext()
    context.acceptedVersion = ProtocolVersion(rawValue: 0x0302)
    context.acceptedGroup = NamedGroup(rawValue: 23)
    context.acceptedSignatureScheme = SignatureScheme(rawValue: 0x0804)
    #expect(
      Self.command("{version} {java-version} {group} {openssl-group} {openssl-sigalg}", context)
        == "1.1 TLSv1.1 secp256r1 P-256 rsa_pss_rsae_sha256")
    context.acceptedVersion = ProtocolVersion(rawValue: 0x0300)
    #expect(Self.command("{version|old}", context) == "old")
  }

  @Test func everyProductHasAnAudience() {
    for family in StackFamily.allCases {
      for product in StackProduct.allCases {
        #expect(!Audience.of(Stack(family, product: product)).isEmpty)
      }
    }
  }

  @Test func everyOpenSSLNameOfTheTableIsUnique() {
    let names = OpenSSLCipherTable.names
    #expect(names.count > 150)
    #expect(Set(names.values).count == names.count)
    #expect(OpenSSLNames.cipher(CipherSuite(rawValue: 0x1304)) == .init(name: "TLS_AES_128_CCM_SHA256", isTLS13: true))
    #expect(OpenSSLNames.cipher(CipherSuite(rawValue: 0x0a0a)) == nil)
  }
}
