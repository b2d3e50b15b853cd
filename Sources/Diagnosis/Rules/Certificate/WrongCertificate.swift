import HandshakeModel
import TLSProtocol

extension Rule {
  /// The two clients were shown different certificates: by the name they asked for, or by which server they reached.
  static let wrongCertificate = Rule(.certWrongCertificate, .tlsSNIMissing) { inquiry in
    guard inquiry.isEndedByClient, let hello = inquiry.hello, let connection = inquiry.connection,
      let working = inquiry.working,
      let refusal = Refusal(inquiry),
      let view = CertificateView(connection), let other = CertificateView(working), let leaf = view.leaf,
      let otherLeaf = other.leaf,
      leaf.sha256 != otherLeaf.sha256
    else { return [] }
    // The same names and issuer: one was renewed. What is wrong with the one that was refused is told elsewhere.
    let sameNames =
      leaf.subjectDER == otherLeaf.subjectDER && leaf.dnsNames == otherLeaf.dnsNames
      && leaf.ipAddresses == otherLeaf.ipAddresses
    let name = hello.serverName
    let workingName = inquiry.workingHello?.serverName
    let shown = [
      inquiry.evidence(
        [view.frame],
        "the failing client was shown \(Escaped.text(leaf.subject)) for \(Escaped.list(leaf.dnsNames + leaf.ipAddresses))"
      ),
      inquiry.workingEvidence(
        [other.frame],
        "the working one was shown \(Escaped.text(otherLeaf.subject)) for \(Escaped.list(otherLeaf.dnsNames + otherLeaf.ipAddresses))"
      ),
    ]
    if name == nil, let workingName, !sameNames {
      return [
        Finding(
          .tlsSNIMissing, inquiry.reachesSameServer ? 96 : 80,
          "The client sends no server name, so the server shows it another certificate than the one for \(Escaped.text(workingName))",
          evidence: [
            inquiry.evidence(inquiry.helloFrames, "the ClientHello has no server_name"),
            inquiry.workingEvidence(
              inquiry.workingHelloFrames, "the working client names \(Escaped.text(workingName))"),
          ] + shown + [refusal.evidence])
      ]
    }
    guard name == workingName || name == nil && workingName == nil else { return [] }
    let faulty = CertificateFaults(view: view, refusal: refusal, inquiry: inquiry, connection: connection).findings()
      .contains {
        ($0.code == .certExpired || $0.code == .certNotYetValid || $0.code == .certWeak || $0.code == .certUsage)
          && $0.strength >= 80
      }
    var strength = sameNames ? (faulty ? 60 : 72) : faulty ? 78 : inquiry.reachesSameServer ? 91 : 95
    // A client that closes without a word leaves as much in doubt here as it does of the certificate's own faults. One
    // server shows what it was told to; another one is where the client should not have come.
    if refusal.alert == nil {
      strength = min(strength, inquiry.clientHesitated ? 70 : inquiry.reachesSameServer ? 86 : 90)
    }
    if refusal.mayHaveLostWords { strength = min(strength, 55) }
    return [
      Finding(
        .certWrongCertificate, strength,
        "The two clients asked for the same name and were shown different certificates",
        evidence: shown + [refusal.evidence])
    ]
  }
}
