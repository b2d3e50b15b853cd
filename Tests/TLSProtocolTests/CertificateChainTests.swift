import TLSProtocol
import Testing

struct CertificateChainTests {
  typealias Fixtures = CertificateFixtures

  private func chain(_ certificates: [UInt8]..., at time: Int64? = nil) -> CertificateChain {
    CertificateChain(certificates.map { CertificateFacts(der: $0) }, at: time)
  }

  @Test func aCompleteChainEndsAtItsRoot() {
    let chain = chain(Fixtures.leaf, Fixtures.intermediate, Fixtures.root)
    #expect(chain.path == [0, 1, 2])
    #expect(chain.ending == .selfSigned)
    #expect(chain.links.map(\.signature) == [.verified, .verified])
    #expect(chain.links.map(\.keyIdentifiersAgree) == [true, true])
    #expect(chain.problems.isEmpty)
    #expect(chain.isInOrder)
    #expect(chain.unused.isEmpty)
    #expect(!chain.isLeafSelfSigned)
  }

  @Test func aChainWithoutItsRootNamesIt() {
    let chain = chain(Fixtures.leaf, Fixtures.intermediate)
    #expect(chain.ending == .issuerNotSent("CN=Root,O=Lab"))
    #expect(chain.top?.commonName == "Intermediate")
    #expect(chain.problems.isEmpty)
  }

  @Test func aMissingIntermediateIsNamed() {
    let chain = chain(Fixtures.leaf)
    #expect(chain.path == [0])
    #expect(chain.ending == .issuerNotSent("CN=Intermediate,O=Lab"))
  }

  @Test func disorderDuplicatesAndStrangersAreSeen() {
    let chain = chain(Fixtures.leaf, Fixtures.root, Fixtures.leaf, Fixtures.p384, Fixtures.intermediate)
    #expect(chain.path == [0, 4, 1])
    #expect(!chain.isInOrder)
    #expect(chain.duplicates == [2])
    #expect(chain.unused == [2, 3])
    #expect(chain.ending == .selfSigned)
  }

  @Test(arguments: [
    Fixtures.rsa1024, Fixtures.rsa2048SHA1, Fixtures.rsaPSSKey, Fixtures.rsaSignedPSS, Fixtures.p384, Fixtures.p521,
    Fixtures.ed25519, Fixtures.rsa512, CertificateSignatureFixtures.rsaMD5,
  ])
  func aSelfSignedLeafVerifiesItself(_ der: [UInt8]) {
    let facts = CertificateFacts(der: der)
    #expect(facts.checkSignature(issuer: facts) == .verified)
    #expect(chain(der).isLeafSelfSigned)
  }

  @Test(arguments: [Fixtures.ed448, Fixtures.secp256k1, Fixtures.dsa, Fixtures.brainpool])
  func aSelfSignedLeafOfAnUnsupportedKindIsTakenAtItsWord(_ der: [UInt8]) {
    let facts = CertificateFacts(der: der)
    #expect(facts.checkSignature(issuer: facts) == .unsupported)
    #expect(chain(der).isLeafSelfSigned)
  }

  @Test func aDamagedSelfSignatureIsNoRoot() {
    var der = Fixtures.ed25519
    der[der.count - 1] ^= 1
    let chain = chain(der)
    #expect(!chain.isLeafSelfSigned)
    #expect(chain.problems == [.selfSignatureFailed(0)])
  }

  @Test func aDamagedLeafFailsAgainstItsIssuer() {
    var der = Fixtures.leaf
    der[der.count - 1] ^= 1
    let chain = chain(der, Fixtures.intermediate)
    #expect(chain.links.map(\.signature) == [.failed])
    #expect(chain.problems == [.signatureFailed(subject: 0)])
  }

  @Test func anIssuerOfTheSameNameWithAnotherKeyIsPassedOver() {
    let chain = chain(Fixtures.leaf, Fixtures.intermediate, Fixtures.rootSameNameOtherKey, Fixtures.root)
    #expect(chain.path == [0, 1, 3])
    #expect(chain.unused == [2])
    #expect(chain.problems.isEmpty)
  }

  @Test func anIssuerOfTheSameNameAloneIsAProblem() {
    let chain = chain(Fixtures.intermediate, Fixtures.rootSameNameOtherKey)
    #expect(chain.problems.contains(.keyIdentifiersDiffer(subject: 0)))
    #expect(chain.links.map(\.signature) == [.failed])
  }

  @Test func anIssuerChangedOutsideItsKeyVerifiesButDisagrees() throws {
    let identifier = try #require(CertificateFacts(der: Fixtures.intermediate).subjectKeyIdentifier)
    var der = Fixtures.intermediate
    let place = try #require(der.indices.first { der[$0...].starts(with: identifier) })
    der[place] ^= 1
    let chain = chain(Fixtures.leaf, der, Fixtures.root)
    #expect(chain.links.map(\.signature) == [.verified, .failed])
    #expect(chain.problems == [.keyIdentifiersDiffer(subject: 0), .signatureFailed(subject: 1)])
  }

  @Test func anExpiredIntermediateIsNamed() {
    let chain = chain(Fixtures.leaf, Fixtures.intermediateExpired, Fixtures.root, at: 1_790_000_000)
    #expect(chain.problems == [.expired(1)])
    let early = CertificateChain(chain.certificates, at: 1_500_000_000)
    #expect(early.problems == [.notYetValid(0), .notYetValid(2)])
  }

  @Test func aPathLongerThanAllowedIsNamed() {
    let chain = chain(Fixtures.leafTooDeep, Fixtures.subordinate, Fixtures.intermediate)
    #expect(chain.problems == [.pathTooLong(2, limit: 0, intermediates: 1)])
  }

  @Test func anIssuerThatIsNoAuthorityIsNamed() {
    let chain = chain(Fixtures.leafOfLeaf, Fixtures.leaf, Fixtures.intermediate)
    #expect(
      chain.problems == [
        .issuerIsNoAuthority(1), .certificateSigningNotAllowed(1), .pathTooLong(2, limit: 0, intermediates: 1),
      ])
  }

  @Test func anAuthorityWithoutTheRightToSignIsNamed() {
    let chain = chain(Fixtures.leafOfNoSign, Fixtures.authorityWithoutCertSign)
    #expect(chain.problems == [.certificateSigningNotAllowed(1)])
  }

  @Test func certificatesThatIssueEachOtherEnd() {
    let first = DER.certificate(subject: DER.name("a"), issuer: DER.name("b"))
    let second = DER.certificate(subject: DER.name("b"), issuer: DER.name("a"))
    let chain = chain(first, second)
    #expect(chain.path == [0, 1])
    #expect(chain.ending == .endless)
  }

  @Test func anEmptyMessageHasNoChain() {
    let chain = CertificateChain([])
    #expect(chain.ending == .empty)
    #expect(chain.leaf == nil)
    #expect(chain.top == nil)
  }

  @Test func thousandsOfNamesakesCostLittle() {
    let namesakes = (0..<2000).map { _ in CertificateFacts(der: Fixtures.rootSameNameOtherKey) }
    let chain = CertificateChain([CertificateFacts(der: Fixtures.intermediate)] + namesakes)
    #expect(chain.duplicates.count == 1999)
    #expect(chain.links.count == 1)
  }
}
