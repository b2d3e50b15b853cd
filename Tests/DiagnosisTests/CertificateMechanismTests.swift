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

  private func strengths(_ inquiry: Inquiry) -> [String: Int] {
    Dictionary(
      [Mechanism].serverCertificate.claims(inquiry).map { ($0.id.description, $0.claim.strength) },
      uniquingKeysWith: { first, _ in first })
  }

  private let byNoAuthority = [FaultyCertificates.byNoAuthority, FaultyCertificates.noAuthority]
  private let tooLong = [FaultyCertificates.leaf, FaultyCertificates.intermediate, FaultyCertificates.root]
  private let forged = [FaultyCertificates.intermediate, FaultyCertificates.otherRoot]

  @Test func eachFaultOfACertificateIsClaimedByItself() {
    #expect(
      strengths(refused([FaultyCertificates.commonNameOnly], by: .certificateUnknown)) == [
        "cert.name-mismatch/common-name": 74, "cert.usage/key-usage": 84, "cert.revoked/must-staple": 62,
        "cert.self-signed": 60,
      ])
    #expect(
      strengths(refused([FaultyCertificates.commonNameOnly], by: .unknownCA)) == [
        "cert.name-mismatch/common-name": 40, "cert.usage/key-usage": 45, "cert.revoked/must-staple": 62,
        "cert.self-signed": 94,
      ])
  }

  @Test(
    arguments: [(AlertDescription.unknownCA, 86), (.certificateExpired, 60), (.handshakeFailure, 68), (nil, 86)]
      as [(AlertDescription?, Int)])
  func anIssuerThatIsNoAuthorityIsWeighedByTheAlert(alert: AlertDescription?, strength: Int) {
    #expect(strengths(refused(byNoAuthority, by: alert))["cert.usage/no-authority"] == strength)
    #expect(strengths(refused(tooLong, by: alert))["cert.usage/path-length"] == strength)
  }

  @Test(arguments: [(AlertDescription.unknownCA, 82), (.decryptError, 64), (nil, 82)] as [(AlertDescription?, Int)])
  func aSignatureThatDoesNotVerifyIsWeighedByTheAlert(alert: AlertDescription?, strength: Int) {
    var said = strengths(refused(forged, by: alert))
    said["cert.name-mismatch"] = nil
    // The certificate is for no host, which leaves trust little to explain.
    #expect(said["cert.untrusted/bad-signature"] == (alert == .unknownCA ? strength : strength - 34))
    #expect(said["cert.untrusted"] == nil)
  }

  @Test func aStapleThatSaysRevokedIsTheServersOwnWord() {
    let staple = FaultyCertificates.staple
    #expect(strengths(refused(tooLong, by: .certificateUnknown, staple: staple))["cert.revoked/staple"] == 96)
    #expect(strengths(refused(tooLong, by: .certificateUnknown))["cert.revoked/staple"] == nil)
    // The client says so itself.
    let said = strengths(refused(tooLong, by: .certificateRevoked, staple: staple))
    #expect(said["cert.revoked"] == 97 && said["cert.revoked/staple"] == nil)
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
