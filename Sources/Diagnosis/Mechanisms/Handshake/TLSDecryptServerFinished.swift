import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecryptServerFinished = Mechanism(
    MechanismID(.tlsDecrypt, "server-finished"),
    CauseDescription(
      "Client refused the server's Finished",
      "The client answered the server's Finished with a fatal alert and left, and its certificate shows no fault: the "
        + "Finished may not have verified.",
      evidence: "an encrypted alert from the client right behind the server's Finished, which the server answers by "
        + "closing (before TLS 1.3)"),
    stage: .finished,
    event: { inquiry in
      // Faults of the certificate cannot be told without the hello.
      guard let departure = Departure(inquiry), let contrast = departure.contrast, departure.wasFatal,
        inquiry.hello != nil, let view = inquiry.connection.flatMap(CertificateView.init),
        !certificateExplains(departure, view, inquiry)
      else { return nil }
      return Claim(
        .usual, "The client answered the server's Finished with an alert and left: it may not have verified",
        [departure.ending, contrast],
        told: "The client could not verify the server's Finished, and left")
    })

  /// What the client was shown makes it likely that it left for that.
  private static func certificateExplains(
    _ departure: Departure, _ view: CertificateView, _ inquiry: Inquiry
  ) -> Bool {
    if view.faults.contains(where: { $0 != .noStaple }) { return true }
    if let shown = ShownCertificates(inquiry), shown.leaf.subjectDER != shown.workingLeaf.subjectDER,
      inquiry.hello?.serverName == inquiry.workingHello?.serverName
    {
      return true
    }
    let weights = TrustWeights(
      view, behind: nil, mayHaveLostWords: false, other: inquiry.working.flatMap(CertificateView.init))
    let grade =
      switch view.trustGap {
      case .selfSigned: weights.selfSigned.flatMap { departure.weigh($0, about: .selfSignature) }
      case .badSignature: weights.badSignature.flatMap { departure.weigh($0, about: .authority) }
      case .root: weights.root.flatMap { departure.weigh($0, about: .authority) }
      case .issuerNotSent:
        [weights.issuer, weights.incomplete].compactMap(\.self).max().flatMap { departure.weigh($0, about: .authority) }
      }
    return grade.map { $0 >= .usual } ?? false
  }
}
