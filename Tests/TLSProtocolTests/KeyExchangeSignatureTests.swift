import TLSProtocol
import Testing

struct KeyExchangeSignatureTests {
  typealias Fixtures = KeyExchangeFixtures

  private func exchange(
    _ parameters: [UInt8], _ signature: [UInt8], _ scheme: UInt16? = 0x0804
  ) -> ServerKeyExchange {
    ServerKeyExchange(
      group: nil, signatureScheme: scheme.map(SignatureScheme.init(rawValue:)), primeBits: nil, parameters: parameters,
      signature: signature)
  }

  private let leaf = CertificateFacts(der: Fixtures.leaf)

  @Test func anUntouchedKeyExchangeVerifies() {
    let check = exchange(Fixtures.parameters, Fixtures.signature).checkSignature(
      clientRandom: Fixtures.clientRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
    #expect(check == .verified)
  }

  @Test func oneByteChangedOnTheWayIsProven() {
    for index in Fixtures.parameters.indices {
      var parameters = Fixtures.parameters
      parameters[index] ^= 0x40
      let check = exchange(parameters, Fixtures.signature).checkSignature(
        clientRandom: Fixtures.clientRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
      #expect(check == .failed)
    }
  }

  @Test func anotherRandomFails() {
    let check = exchange(Fixtures.parameters, Fixtures.signature).checkSignature(
      clientRandom: Fixtures.otherRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
    #expect(check == .failed)
  }

  @Test func aSchemeForAnotherKindOfKeyFails() {
    let check = exchange(Fixtures.parameters, Fixtures.signature, 0x0403).checkSignature(
      clientRandom: Fixtures.clientRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
    #expect(check == .failed)
  }

  @Test func aSignatureBeforeTLS12CoversTwoDigests() {
    typealias Old = OldKeyExchangeFixtures
    let leaf = CertificateFacts(der: Old.leaf)
    func check(_ parameters: [UInt8], _ signature: [UInt8]) -> SignatureCheck {
      exchange(parameters, signature, nil).checkSignature(
        clientRandom: Old.clientRandom, serverRandom: Old.serverRandom, leaf: leaf)
    }
    #expect(check(Old.parameters, Old.signature) == .verified)
    var changed = Old.parameters
    changed[9] ^= 1
    #expect(check(changed, Old.signature) == .failed)
    #expect(check(Old.parameters, Array(Old.signature.dropLast())) == .failed)
    #expect(check(Old.parameters, [UInt8](repeating: 0xff, count: 256)) == .failed)
  }

  @Test(arguments: [0x0808, 0x0202, 0x9999] as [UInt16])
  func whatCannotBeCheckedIsNotCalledWrong(_ scheme: UInt16) {
    let check = exchange(Fixtures.parameters, Fixtures.signature, scheme).checkSignature(
      clientRandom: Fixtures.clientRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
    #expect(check == .unsupported)
  }

  @Test func anUnsignedExchangeIsUnsupported() {
    let check = exchange(Fixtures.parameters, []).checkSignature(
      clientRandom: Fixtures.clientRandom, serverRandom: Fixtures.serverRandom, leaf: leaf)
    #expect(check == .unsupported)
  }
}
