import HandshakeModel
import TLSProtocol

/// The failing client was shown another certificate than the working one.
struct ShownCertificates {
  let failing: CertificateView
  let working: CertificateView
  let leaf: CertificateFacts
  let workingLeaf: CertificateFacts

  init?(_ inquiry: Inquiry) {
    guard let failing = inquiry.connection.flatMap(CertificateView.init),
      let working = inquiry.working.flatMap(CertificateView.init), let leaf = failing.leaf,
      let workingLeaf = working.leaf, leaf.sha256 != workingLeaf.sha256
    else { return nil }
    (self.failing, self.working, self.leaf, self.workingLeaf) = (failing, working, leaf, workingLeaf)
  }

  /// One was renewed, most likely. What is wrong with the one that was refused is told elsewhere.
  var haveSameNames: Bool {
    leaf.subjectDER == workingLeaf.subjectDER && leaf.dnsNames == workingLeaf.dnsNames
      && leaf.ipAddresses == workingLeaf.ipAddresses
  }

  /// Both, by their subjects.
  func bySubject(_ inquiry: Inquiry) -> [Observation] {
    [
      inquiry.observed(
        .serverCertificate, [failing.frame], "the failing client was shown \(Escaped.text(leaf.subject))"),
      inquiry.observedWorking(
        .serverCertificate, [working.frame], "the working one was shown \(Escaped.text(workingLeaf.subject))"),
    ]
  }

  /// Both, with the names that they are for.
  func withNames(_ inquiry: Inquiry) -> [Observation] {
    var shown = bySubject(inquiry)
    shown[0].text += " for \(Escaped.list(leaf.dnsNames + leaf.ipAddresses))"
    shown[1].text += " for \(Escaped.list(workingLeaf.dnsNames + workingLeaf.ipAddresses))"
    return shown
  }
}
