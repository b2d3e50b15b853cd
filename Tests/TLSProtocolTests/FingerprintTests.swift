import Testing

@testable import TLSProtocol

@Suite struct FingerprintTests {
  /// The bytes of an `application_layer_protocol_negotiation` body that offers one protocol.
  static func alpn(_ name: [UInt8]) -> HelloExtension {
    let length = UInt8(name.count)
    return HelloExtension(type: .applicationLayerProtocolNegotiation, body: [0, length + 1, length] + name)
  }

  static func hello(
    version: ProtocolVersion = .tls12, suites: [UInt16], extensions: [UInt16] = [], groups: [UInt16] = [],
    formats: [UInt8] = [], schemes: [UInt16] = [], versions: [UInt16] = [], alpn: [UInt8]? = nil
  ) -> ClientHello {
    var hello = ClientHello(
      legacyVersion: version, random: [UInt8](repeating: 0, count: 32), legacySessionID: [],
      cipherSuites: suites.map(CipherSuite.init), compressionMethods: [0],
      extensions: extensions.map { type in
        type == 16 ? Self.alpn(alpn ?? []) : HelloExtension(type: ExtensionType(rawValue: type), body: [])
      })
    hello.supportedGroups = groups.map(NamedGroup.init)
    hello.ecPointFormats = formats
    hello.signatureSchemes = schemes.map(SignatureScheme.init)
    hello.supportedVersions = versions.map(ProtocolVersion.init)
    return hello
  }

  /// The hello that JA4's specification works through, GREASE added where Chrome puts it.
  static let chrome = hello(
    suites: [
      0x2a2a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
      0x002f, 0x0035,
    ],
    extensions: [
      0x7a7a, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b, 0xff01,
      0x000b, 0x000a, 0x8a8a, 0x0015,
    ],
    groups: [0x4a4a, 29, 23, 24], formats: [0],
    schemes: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
    versions: [0xdada, 0x0304, 0x0303], alpn: Array("h2".utf8))

  @Test func ja3IsWhatItsAuthorsPublished() {
    let hello = Self.hello(
      version: .tls10, suites: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4], extensions: [0, 10, 11],
      groups: [23, 24, 25], formats: [0])
    #expect(hello.ja3 == "769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0")
    #expect(hello.ja3Hash == "ada70206e40642a3e4461f35503241d5")
  }

  @Test func ja3LeavesTheFieldsOfAbsentExtensionsEmpty() {
    let hello = Self.hello(version: .tls10, suites: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99])
    #expect(hello.ja3 == "769,4-5-10-9-100-98-3-6-19-18-99,,,")
    #expect(hello.ja3Hash == "de350869b8c85de67a350c8d186f11e6")
  }

  @Test func ja3LeavesGREASEOut() {
    #expect(
      Self.chrome.ja3 == "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,"
        + "27-0-51-16-17513-23-45-13-5-35-18-43-65281-11-10-21,29-23-24,0")
  }

  /// The hashes that Wireshark shows for the commonest TLS 1.3 answers.
  @Test(
    arguments: [
      (0x1301, [43, 51], "771,4865,43-51", "f4febc55ea12b31ae17cfb7e614afda8"),
      (0x1302, [43, 51], "771,4866,43-51", "15af977ce25de452b96affa2addb1036"),
      (0x1301, [51, 43], "771,4865,51-43", "eb1d94daa7e0344597e756a1fb6e7054"),
    ] as [(UInt16, [UInt16], String, String)])
  func ja3sKeepsTheServersOrder(suite: UInt16, extensions: [UInt16], text: String, hash: String) {
    let hello = ServerHello(
      legacyVersion: .tls12, random: [], legacySessionID: [], cipherSuite: CipherSuite(rawValue: suite),
      compressionMethod: 0, extensions: extensions.map { HelloExtension(type: ExtensionType(rawValue: $0), body: []) })
    #expect(hello.ja3s == text)
    #expect(hello.ja3sHash == hash)
  }

  @Test func ja3sOfAServerWithoutExtensionsEndsInAComma() {
    let hello = ServerHello(
      legacyVersion: .tls12, random: [], legacySessionID: [], cipherSuite: CipherSuite(rawValue: 9),
      compressionMethod: 0, extensions: [HelloExtension(type: ExtensionType(rawValue: 0x1a1a), body: [])])
    #expect(hello.ja3s == "771,9,")
  }

  @Test func ja4IsWhatItsSpecificationWorksOut() {
    #expect(Self.chrome.ja4(transport: .tcp) == "t13d1516h2_8daaf6152771_e5627efa2ab1")
    #expect(
      Self.chrome.ja4Raw(transport: .tcp)
        == "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_"
        + "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_"
        + "0403,0804,0401,0503,0805,0501,0806,0601")
  }

  @Test func ja4NamesItsTransport() {
    #expect(Self.chrome.ja4(transport: .quic).hasPrefix("q13d"))
    #expect(Self.chrome.ja4(transport: .dtls).hasPrefix("d13d"))
  }

  @Test func ja4OfAHelloWithNothingInItIsZeros() {
    let hello = Self.hello(suites: [])
    #expect(hello.ja4(transport: .tcp) == "t12i000000_000000000000_000000000000")
    #expect(hello.ja4Raw(transport: .tcp) == "t12i000000__")
  }

  @Test func ja4WithoutSignatureAlgorithmsHasNoTrailingUnderscore() {
    #expect(
      Self.hello(suites: [0x2f], extensions: [0x17, 0x0b]).ja4Raw(transport: .tcp) == "t12i010200_002f_000b,0017")
  }

  @Test func ja4LeavesGREASEOutOfTheSignatureAlgorithms() {
    let hello = Self.hello(suites: [0x2f], extensions: [0x0d], schemes: [0x3a3a, 0x0403])
    #expect(hello.ja4Raw(transport: .tcp) == "t12i010100_002f_000d_0403")
  }

  @Test func ja4CountsUpTo99() {
    let hello = Self.hello(suites: (1...150).map { $0 }, extensions: (100...250).map { $0 })
    #expect(hello.ja4(transport: .tcp).hasPrefix("t12i999900_"))
  }

  @Test(
    arguments: [
      (0x0304, "13"), (0x0303, "12"), (0x0302, "11"), (0x0301, "10"), (0x0300, "s3"), (0x0002, "s2"), (0xfeff, "d1"),
      (0xfefd, "d2"), (0xfefc, "d3"), (0x7f17, "00"),
    ] as [(UInt16, String)])
  func ja4WritesTheVersionInTwoCharacters(version: UInt16, text: String) {
    let hello = Self.hello(version: ProtocolVersion(rawValue: version), suites: [])
    #expect(hello.ja4(transport: .tcp).hasPrefix("t\(text)i"))
  }

  @Test func ja4TakesTheHighestVersionOffered() {
    #expect(Self.hello(suites: [], versions: [0x0302, 0x0304, 0x0303]).ja4(transport: .tcp).hasPrefix("t13"))
    #expect(
      Self.hello(version: .dtls12, suites: [], versions: [0xfefd, 0xfefc]).ja4(transport: .dtls).hasPrefix("dd3"))
  }

  /// The examples of JA4's specification.
  @Test(
    arguments: [
      ("h2", "h2"), ("http/1.1", "h1"), ("h", "hh"), ("\u{a}\u{a}", "0a"), ("0\u{2b}", "3b"), ("-x", "28"), ("", "00"),
    ])
  func ja4WritesTheEndsOfTheFirstProtocol(name: String, text: String) {
    let hello = Self.hello(suites: [], extensions: [16], alpn: Array(name.utf8))
    #expect(hello.ja4(transport: .tcp).hasPrefix("t12i0001\(text)_"))
  }

  @Test(
    arguments: [
      ([0xab], "ab"), ([0xab, 0xcd], "ad"), ([0x30, 0xab], "3b"), ([0x30, 0x31, 0xab, 0xcd], "3d"),
      ([0x30, 0xab, 0xcd, 0x31], "01"),
    ] as [([UInt8], String)])
  func ja4WritesAProtocolThatIsNotTextInHex(name: [UInt8], text: String) {
    let hello = Self.hello(suites: [], extensions: [16], alpn: name)
    #expect(hello.ja4(transport: .tcp).hasPrefix("t12i0001\(text)_"))
  }

  @Test(arguments: [[], [0], [0, 0], [0, 5, 9], [0, 1, 0]] as [[UInt8]])
  func ja4ReadsATruncatedProtocolListAsNone(body: [UInt8]) {
    var hello = Self.hello(suites: [])
    hello.extensions = [HelloExtension(type: .applicationLayerProtocolNegotiation, body: body)]
    #expect(hello.ja4(transport: .tcp).hasPrefix("t12i000100_"))
  }
}
