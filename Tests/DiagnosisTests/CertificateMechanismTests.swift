import HandshakeModel
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// Each mechanism of a certificate that can be read, on certificates that have its fault.
@Suite struct CertificateMechanismTests {
  /// A TLS 1.2 handshake that the client ends behind these certificates.
  private func refused(
    _ chain: [[UInt8]], by alert: AlertDescription?, staple: [UInt8]? = nil
  ) -> Inquiry {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    // January 2027, when the certificates are valid.
    builder.now = Timestamp(nanoseconds: 1_800_000_000_000_000_000)
    builder.answer(.answer(version: 0x0303, suite: 0xc02b))
    let (frame, time) = (builder.frame, builder.now)
    builder.transcript {
      $0.serverCertificates = Observed(chain.map { Certificate(der: $0) }, frame: frame, time: time)
      $0.stapledOCSPResponse = staple.map { Observed($0, frame: frame, time: time) }
    }
    builder.message(.server, .serverHelloDone)
    if let alert { builder.alert(.client, alert) }
    builder.fin(.client)
    return builder.inquiry()
  }

  private func grades(_ inquiry: Inquiry) -> [String: Grade] {
    Dictionary(
      [Mechanism].serverCertificate.claims(inquiry).map { ($0.id.description, $0.claim.grade) },
      uniquingKeysWith: { first, _ in first })
  }

  private let byNoAuthority = [FaultyCertificates.byNoAuthority, FaultyCertificates.noAuthority]
  private let tooLong = [FaultyCertificates.leaf, FaultyCertificates.intermediate, FaultyCertificates.root]
  private let forged = [FaultyCertificates.intermediate, FaultyCertificates.otherRoot]

  @Test func eachFaultOfACertificateIsClaimedByItself() {
    #expect(
      grades(refused([FaultyCertificates.commonNameOnly], by: .certificateUnknown)) == [
        "cert.name-mismatch/common-name": .usual, "cert.usage/key-usage": .strong, "cert.revoked/must-staple": .usual,
        "cert.self-signed": .usual,
      ])
    #expect(
      grades(refused([FaultyCertificates.commonNameOnly], by: .unknownCA)) == [
        "cert.name-mismatch/common-name": .hint, "cert.usage/key-usage": .hint, "cert.revoked/must-staple": .usual,
        "cert.self-signed": .proof,
      ])
  }

  @Test(
    arguments: [
      (AlertDescription.unknownCA, Grade.strong), (.certificateExpired, Grade.usual), (.handshakeFailure, Grade.usual),
      (nil, Grade.strong),
    ]
      as [(AlertDescription?, Grade)])
  func anIssuerThatIsNoAuthorityIsWeighedByTheAlert(alert: AlertDescription?, grade: Grade) {
    #expect(grades(refused(byNoAuthority, by: alert))["cert.usage/no-authority"] == grade)
    #expect(grades(refused(tooLong, by: alert))["cert.usage/path-length"] == grade)
  }

  @Test(
    arguments: [(AlertDescription.unknownCA, Grade.strong), (.decryptError, Grade.usual), (nil, Grade.strong)]
      as [(AlertDescription?, Grade)])
  func aSignatureThatDoesNotVerifyIsWeighedByTheAlert(alert: AlertDescription?, grade: Grade) {
    var said = grades(refused(forged, by: alert))
    said["cert.name-mismatch"] = nil
    // The certificate is for no host, which leaves trust little to explain.
    #expect(said["cert.untrusted/bad-signature"] == (alert == .unknownCA ? grade : grade.lowered?.lowered))
    #expect(said["cert.untrusted"] == nil)
  }

  @Test func aStapleThatSaysRevokedIsTheServersOwnWord() {
    let staple = FaultyCertificates.staple
    #expect(grades(refused(tooLong, by: .certificateUnknown, staple: staple))["cert.revoked/staple"] == .proof)
    #expect(grades(refused(tooLong, by: .certificateUnknown))["cert.revoked/staple"] == nil)
    // The client says so itself.
    let said = grades(refused(tooLong, by: .certificateRevoked, staple: staple))
    #expect(said["cert.revoked"] == .proof && said["cert.revoked/staple"] == nil)
  }

  @Test func everyClaimOfACertificateHoldsTheClientsLastWord() {
    for chain in [[FaultyCertificates.commonNameOnly], byNoAuthority, tooLong, forged] {
      for alert in [AlertDescription.certificateUnknown, .unknownCA, .certificateRevoked, nil] {
        for (id, claim) in [Mechanism].serverCertificate.claims(refused(chain, by: alert)) {
          #expect(claim.observations.contains { $0.kind == .ending }, "\(id)")
        }
      }
    }
  }

  /// The state of a certificate is the same in two stories that show the same certificate, and in no others.
  @Test func aStateIsKnownAgainByItsSubject() {
    func subject(_ chain: [[UInt8]], _ mechanism: Mechanism) -> String? {
      mechanism.state?(refused(chain, by: nil).failingStory)?.subject
    }
    #expect(subject(tooLong, .certUntrusted) == subject(tooLong, .certUntrusted))
    #expect(subject(tooLong, .certUntrusted) != nil)
    #expect(subject(tooLong, .certUntrusted) != subject(byNoAuthority, .certUntrusted))
    #expect(subject(tooLong, .certSelfSigned) == nil)
    #expect(subject([FaultyCertificates.leaf], .certIncompleteChain) == "CN=intermediate")
    #expect(subject(byNoAuthority, .certIncompleteChain) == nil)
  }
}
