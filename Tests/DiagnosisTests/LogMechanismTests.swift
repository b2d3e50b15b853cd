import HandshakeModel
import TLSProtocol
import Testing

@testable import Diagnosis

/// Lines of logs that name how a cause came about.
@Suite struct LogMechanismTests {
  /// A word that is no mechanism's would be dropped without notice.
  @Test func everyMechanismThatAPatternNamesExists() {
    for pattern in LogPattern.all {
      guard let word = pattern.mechanism, case .cause(let code, _) = pattern.reading else {
        #expect(pattern.mechanism == nil, "\(pattern.text)")
        continue
      }
      #expect(Mechanism.of(MechanismID(code, word)) != nil, "\(pattern.text): \(code.rawValue)/\(word)")
    }
    for mechanism in Mechanism.allLogged {
      let isNamed =
        LogPattern.all.contains { $0.mechanism == mechanism.id.detail } || mechanism.id.code == .certClientRejected
      #expect(isNamed, "\(mechanism.id)")
    }
  }

  /// What a line says beyond the cause, of each kind of writer.
  @Test(
    arguments: [
      (.client, "ERR OSError invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))", "cert.usage/ca-as-leaf"),
      (.client, "invalid peer certificate: BadSignature", "cert.rejected/bad-signature"),
      (
        .client, "The certificate requires the server to include an OCSP status in its response, but it is missing.",
        "cert.revoked/must-staple"
      ),
      (
        .server, "[ssl:error] AH10158: cannot perform post-handshake authentication",
        "tls.extension/post-handshake-auth"
      ),
      (
        .server, "PKIX path validation failed: Extended key usage does not permit use for TLS client authentication",
        "cert.client-rejected/usage"
      ),
      (
        .server, "140:error:0A000115:SSL routines::session id context uninitialized",
        "tls.resumption/session-id-context"
      ),
      (
        .server, "tls: failed to verify certificate: x509: certificate has expired Z is after 2025",
        "cert.client-rejected/expired"
      ),
      (.client, "error:0A00018A:SSL routines::dh key too small", "tls.group/dh-too-small"),
      (
        .client,
        "SSLHandshakeException: The size of the handshake message (33000) exceeds the maximum allowed size (32768)",
        "tls.intolerance/large-message"
      ),
      (
        .client, "certificate verify failed: Missing Authority Key Identifier (_ssl.c:1032)",
        "cert.rejected/other-check"
      ),
      (.server, "FATAL:  invalid length of startup packet", "app.starttls/postgresql"),
      (.client, "java.io.IOException: keystore password was incorrect", "capture.incomplete/client-setup"),
      (.client, "SSLHandshakeException: No appropriate protocol (protocol is disabled)", "tls.version/nothing-enabled"),
      (.server, "SSLHandshakeException: No appropriate protocol (protocol is disabled)", "tls.version"),
      (.server, "TLS server: In state certify received CLIENT ALERT: Fatal - Unknown CA", "cert.untrusted"),
    ] as [(Role, String, String)])
  func aLineMayNameTheMechanism(side: Role, text: String, name: String) throws {
    let finding = try #require(LogReader.read(text, side: side).strongest)
    #expect(MechanismID(finding.cause, finding.mechanism).description == name)
  }

  @Test func whoseLogWasReadIsNotAskedForItOnceMore() {
    let advice = CauseCode.certRejected.mechanism.advice
    let (client, server) = (Stack(.jsse, product: .java), Stack(.rustls))
    var logs = LogEvidence()
    let all = NextSteps.steps(advice, client: client, server: server, RemedyContext(), read: logs)
    #expect(all.contains { $0.command?.contains("javax.net.debug") == true })
    logs.client = LogFindings(side: .client)
    let left = NextSteps.steps(advice, client: client, server: server, RemedyContext(), read: logs)
    #expect(!left.contains { $0.command?.contains("javax.net.debug") == true })
    #expect(left.contains { $0.command?.contains("RUST_LOG") == true })
  }
}
