import TLSProtocol

extension Mechanism {
  static let tlsSNIMissingOtherCertificate = Mechanism(
    MechanismID(.tlsSNIMissing, "other-certificate"),
    CauseDescription(
      "Nameless client was shown another certificate",
      "The client sends no server name, so the server shows it the certificate that it has for everybody, and the client "
        + "turns that down.",
      evidence: "two captures with different leaf certificates; no server_name in the failing ClientHello"),
    stage: .certificate,
    binds: [.client],
    state: { $0.namelessHello },
    reaction: { state, inquiry in
      guard let refusal = Refusal(inquiry), let shown = ShownCertificates(inquiry), !shown.haveSameNames,
        let name = inquiry.workingHello?.serverName
      else { return nil }
      return Claim(
        inquiry.reachesSameServer ? .proof : .strong,
        "The client sends no server name, so the server shows it another certificate than the one for "
          + Escaped.text(name),
        state.observations + [inquiry.workingName(name)] + shown.withNames(inquiry) + [refusal.ending])
    })
}
