import TLSProtocol

extension Mechanism {
  static let certRevokedStaple = Mechanism(
    MechanismID(.certRevoked, "staple"),
    CauseDescription(
      "Revoked by the server's own staple",
      "The OCSP response that the server staples says that its certificate was revoked.",
      evidence: "a CertificateStatus message whose response says revoked for the certificate"),
    fault: { fault, view in
      guard case .revoked = fault else { return nil }
      return ShownFault(
        kind: .certificateStatus, subject: view.identity(0), fact: "stapled OCSP response: revoked",
        frame: view.stapleFrame,
        headline: "The server's own OCSP staple says that its certificate is revoked")
    },
    grade: { _, _, alert in alert == .certificateRevoked ? nil : .proof })
}
