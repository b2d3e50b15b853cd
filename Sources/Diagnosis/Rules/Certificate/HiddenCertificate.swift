import HandshakeModel
import TLSProtocol

extension Rule {
  /// The client gave up on the server's flight, and TLS 1.3 hides the certificate: its alert, where it can be read, says
  /// what kind of fault it found.
  static let hiddenCertificate = Rule(
    .certRejected, .certExpired, .certUntrusted, .certUsage, .certRevoked, .tlsSNIMissing
  ) { inquiry in
    guard inquiry.isEndedByClient, let connection = inquiry.connection, connection.transcript.serverCertificates == nil,
      let refusal = Refusal(inquiry),
      let answer = connection.serverHello, connection.isTLS13 || refusal.alert?.concernsCertificate == true
    else { return [] }
    let flight = inquiry.evidence(
      [answer.frame], "ServerHello, then the server's encrypted flight: the certificate is in there")
    var evidence = [refusal.evidence, flight]
    if let working = inquiry.working, working.outcome == .established {
      evidence.append(
        inquiry.workingEvidence(
          inquiry.workingServerHelloFrames, "the working client accepted the server's flight and finished"))
    }
    func finding(_ code: CauseCode, _ strength: Int, _ title: String) -> Finding {
      Finding(code, strength, title, evidence: evidence)
    }
    var found: [Finding] = []
    switch refusal.alert {
    case .certificateExpired:
      found.append(
        finding(.certExpired, 90, "The client says that the server's certificate has expired (or its clock is wrong)"))
    case .certificateRevoked:
      found.append(finding(.certRevoked, 95, "The client says that the server's certificate is revoked"))
    case .badCertificateStatusResponse:
      found.append(finding(.certRevoked, 88, "The client does not accept the certificate's OCSP status"))
    case .unsupportedCertificate:
      found.append(finding(.certUsage, 82, "The client says that the certificate's kind or usage does not fit"))
    case .unknownCA:
      found.append(
        finding(.certUntrusted, 86, "The client does not trust the authority behind the server's certificate"))
      found.append(finding(.certRejected, 50, "The client turned the server's certificate down"))
    case .some(let alert) where alert.concernsCertificate:
      found.append(
        finding(.certRejected, 88, "The client turned the server's certificate down; \(alert.name) does not say why"))
    case .some:
      found.append(
        finding(.certRejected, 58, "The client gave up on the server's flight, most likely on its certificate"))
    case nil:
      found.append(
        finding(
          .certRejected, connection.quic != nil ? 68 : refusal.isEncrypted ? 80 : inquiry.clientHesitated ? 50 : 74,
          "The client gave up right after the server's encrypted flight: most likely it does not accept the certificate"
        ))
    }
    if let name = inquiry.workingHello?.serverName, let hello = inquiry.hello, hello.serverName == nil,
      inquiry.reachesSameServer
    {
      found.append(
        Finding(
          .tlsSNIMissing, 66,
          "The client sends no server name, so that the server may have shown it another certificate",
          evidence: [
            inquiry.evidence(inquiry.helloFrames, "the ClientHello has no server_name"),
            inquiry.workingEvidence(inquiry.workingHelloFrames, "the working client names \(Escaped.text(name))"),
            refusal.evidence,
          ]))
    }
    return found
  }
}
