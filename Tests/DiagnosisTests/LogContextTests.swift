import Diagnosis
import TLSProtocol
import Testing

/// Lines that mean more in the light of the lines before them.
@Suite struct LogContextTests {
  private static func printed(issuer: String, subject: String, notBefore: String, notAfter: String) -> String {
    """
    javax.net.ssl|DEBUG|10|main|2026-11-23 20:55:28.198 UTC|CertificateMessage.java:366|Consuming server Certificate handshake message (
    "Certificates": [
      "certificate" : {
        "issuer"             : "\(issuer)",
        "not before"         : "\(notBefore) 20:27:01.000 UTC",
        "not  after"         : "\(notAfter) 20:27:01.000 UTC",
        "subject"            : "\(subject)",
      }
    ]
    )
    javax.net.ssl|ERROR|10|main|2026-11-23 20:55:28.249 UTC|TransportContext.java:375|Fatal (CERTIFICATE_UNKNOWN): PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target (
    """
  }

  @Test func aPathThatCannotBeBuiltIsExpiredWhereThePrintedCertificateIs() {
    let log = Self.printed(issuer: "CN=CA", subject: "CN=a", notBefore: "2026-05-07", notAfter: "2026-11-13")
    let finding = LogReader.read(log, side: .client).strongest
    #expect(finding?.cause == .certExpired)
    #expect(finding?.confidence == .likely)
  }

  @Test func itIsNotYetValidWhereThePrintedCertificateIsNot() {
    let log = Self.printed(issuer: "CN=CA", subject: "CN=a", notBefore: "2026-12-07", notAfter: "2027-11-13")
    #expect(LogReader.read(log, side: .client).strongest?.cause == .certNotYetValid)
  }

  @Test func itIsSelfSignedWhereIssuerAndSubjectAreTheSame() {
    let log = Self.printed(issuer: "CN=a", subject: "CN=a", notBefore: "2026-05-07", notAfter: "2027-11-13")
    #expect(LogReader.read(log, side: .client).strongest?.cause == .certSelfSigned)
  }

  @Test func itIsUntrustedWhereThePrintedCertificateIsSound() {
    let log = Self.printed(issuer: "CN=CA", subject: "CN=a", notBefore: "2026-05-07", notAfter: "2027-11-13")
    #expect(LogReader.read(log, side: .client).strongest?.cause == .certUntrusted)
  }

  @Test func certificatesOfTheTrustStoreAreNotTheServers() {
    let store = """
      javax.net.ssl|DEBUG|10|main|2026-11-23 20:55:20.000 UTC|X509TrustManagerImpl.java:81|adding as trusted certificates (
        "certificate" : {
          "issuer"             : "CN=old",
          "not  after"         : "2001-11-13 20:27:01.000 UTC",
          "subject"            : "CN=old",
        }
      )

      """
    let log = store + Self.printed(issuer: "CN=CA", subject: "CN=a", notBefore: "2026-05-07", notAfter: "2027-11-13")
    #expect(LogReader.read(log, side: .client).strongest?.cause == .certUntrusted)
  }

  @Test func aHandshakeFailureAfterAnEmptyClientCertificateAsksForOne() {
    let log = """
      javax.net.ssl|DEBUG|10|main|2026-11-23 20:57:20.266 UTC|CertificateMessage.java:299|No X.509 certificate for client authentication, use empty Certificate message instead
      javax.net.ssl|ERROR|10|main|2026-11-23 20:57:20.322 UTC|TransportContext.java:375|Fatal (HANDSHAKE_FAILURE): Received fatal alert: handshake_failure (
      """
    let finding = LogReader.read(log, side: .client).strongest
    #expect(finding?.cause == .certClientRequired)
    #expect(finding?.confidence == .likely)
    #expect(finding?.alert == .handshakeFailure)
  }

  @Test func aNewHandshakeForgetsTheOneBefore() {
    let log = """
      No X.509 certificate for client authentication, use empty Certificate message instead
      Produced ClientHello handshake message (
      Received fatal alert: handshake_failure
      """
    #expect(LogReader.read(log, side: .client).strongest?.cause == .tlsUnknown)
  }

  @Test func aCloseAfterTheServersHelloNamesNoCause() {
    let before = LogReader.read(
      "Produced ClientHello handshake message (\nSSL peer shut down incorrectly", side: .client)
    #expect(before.strongest?.cause == .tcpClosedOnAccept)
    let after = LogReader.read(
      "Produced ClientHello handshake message (\nConsuming ServerHello handshake message (\nSSL peer shut down incorrectly",
      side: .client)
    #expect(after.strongest?.cause == .tlsUnknown)
    #expect(
      LogReader.read("http: TLS handshake error from [::1]:9: EOF", side: .server).strongest?.cause == .tlsUnknown)
  }

  @Test func whatSClientOnlyRemarksIsNoFailure() {
    let log = """
      verify error:num=20:unable to get local issuer certificate
      verify return:1
      SSL handshake has read 1337 bytes and written 455 bytes
      New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
      Verify return code: 20 (unable to get local issuer certificate)
      error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:../ssl/record/rec_layer_s3.c:318:
      """
    #expect(LogReader.read(log, side: .client).findings.isEmpty)
  }

  @Test func aRemarkIsTheReasonOfTheFailureThatFollows() {
    let log = """
      verify error:num=23:certificate revoked
      403765C6DC7F0000:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:../ssl/statem/statem_clnt.c:1889:
      """
    let finding = LogReader.read(log, side: .client).strongest
    #expect(finding?.cause == .certRevoked)
    #expect(finding?.line == 2)
  }

  @Test func aRemarkCountsAtTheEndOfALogWithoutAHandshake() {
    #expect(
      LogReader.read("Verify return code: 10 (certificate has expired)", side: .client).strongest?.cause == .certExpired
    )
  }

  @Test func aServersTroubleWithItsUpstreamIsNotItsClients() {
    let line =
      "2026/11/23 20:56:05 [error] 1#1: *1 upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream, client: 127.0.0.1\n"
    #expect(LogReader.read(line, side: .server).findings.isEmpty)
    #expect(LogReader.read(line, side: .client).strongest?.cause == .certExpired)
  }

  @Test func anAddressThatWasRefusedIsForgottenOnceAnotherIsConnected() {
    let log = """
      *   Trying [::1]:7443...
      * connect to ::1 port 7443 failed: Connection refused
      *   Trying 127.0.0.1:7443...
      * Connected to back.test (127.0.0.1) port 7443 (#0)

      """
    #expect(LogReader.read(log, side: .client).findings.isEmpty)
    let failed = LogReader.read(log + "* SSL certificate problem: certificate has expired", side: .client)
    #expect(failed.findings.map(\.cause) == [.certExpired])
  }

  @Test func aServersOwnTroubleToConnectIsAboutWhatLiesBehindIt() {
    let finding = LogReader.read("connect(5, AF=2 127.0.0.1:9000, 16): Connection refused", side: .server).strongest
    #expect(finding?.cause == .tcpClosedOnAccept)
    #expect(finding?.confidence == .possible)
  }
}
