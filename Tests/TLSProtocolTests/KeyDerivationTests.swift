import Testing

@testable import TLSProtocol

/// RFC 8448 §3 and other published vectors.
struct KeyDerivationTests {
  @Test func earlySecretsFollowRFC8448() throws {
    let zeros = [UInt8](repeating: 0, count: 32)
    let early = try #require(KeyDerivation.extract(.sha256, salt: [], zeros))
    #expect(early == bytes("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a"))
    let emptyHash = bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      KeyDerivation.expandLabel(.sha256, secret: early, "derived", context: emptyHash, length: 32)
        == bytes("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba"))
  }

  @Test func trafficKeysFollowRFC8448() {
    let server = bytes("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38")
    #expect(
      KeyDerivation.expandLabel(.sha256, secret: server, "key", length: 16) == bytes("3fce516009c21727d0f2e4e86ee403bc")
    )
    #expect(KeyDerivation.expandLabel(.sha256, secret: server, "iv", length: 12) == bytes("5d313eb2671276ee13000b30"))
    let client = bytes("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21")
    #expect(
      KeyDerivation.expandLabel(.sha256, secret: client, "finished", length: 32)
        == bytes("b80ad01015fb2f0bd65ff7d4da5d6bf83f84821d1f87fdc7d3c75b5a7b42d9c4"))
  }

  @Test func theAlertsOfRFC8448Open() throws {
    let random = [UInt8](repeating: 1, count: 32)
    var log = KeyLog()
    log.insert(
      bytes("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5"), label: "CLIENT_TRAFFIC_SECRET_0",
      clientRandom: random)
    log.insert(
      bytes("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643"), label: "SERVER_TRAFFIC_SECRET_0",
      clientRandom: random)
    var decryptor = try #require(
      RecordDecryptor(
        keyLog: log, clientRandom: random, serverRandom: random, version: .tls13,
        cipherSuite: CipherSuite(rawValue: 0x1301), encryptThenMAC: false))
    // The client's is its second record under these keys, the server's its third: the ones before were not kept.
    for (sender, record) in [
      (Role.client, "c9872760655666b74d7ff1153efd6db6d0b0e3"), (.server, "b58fd67166ebf599d24720cfbe7efa7a8864a9"),
    ] {
      let fragment = bytes(record)
      let opened = unsafe decryptor.open(
        contentType: .applicationData, version: .tls12, fragment: fragment.span.bytes, from: sender)
      #expect(opened?.contentType == .alert)
      #expect(opened?.plaintext == [1, 0])
    }
  }

  @Test func thePseudorandomFunctionOfTLS12FollowsItsVector() {
    // Published with RFC 5246's review on the TLS working group's list.
    let output = KeyDerivation.prf(
      .tls12, .sha256, secret: bytes("9bbe436ba940f017b17652849a71db35"), label: "test label",
      seed: bytes("a0ba9f936cda311827a6f796ffd5198c"), length: 100)
    #expect(
      output
        == bytes(
          """
          e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa0
          22f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66
          """))
  }

  @Test func unsupportedHashesDeriveNothing() {
    #expect(KeyDerivation.hmac(.sm3, key: [1], [2]) == nil)
    #expect(KeyDerivation.expandLabel(.gostR3411, secret: [1], "key", length: 16) == nil)
    #expect(KeyDerivation.prf(.tls12, .sm3, secret: [1], label: "x", seed: [], length: 12) == nil)
    #expect(KeyDerivation.expandLabel(.sha256, secret: [1], "key", length: 100_000) == nil)
  }
}
