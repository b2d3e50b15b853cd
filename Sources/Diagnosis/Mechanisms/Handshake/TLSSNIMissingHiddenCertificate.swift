import TLSProtocol

extension Mechanism {
  static let tlsSNIMissingHiddenCertificate = Mechanism(
    MechanismID(.tlsSNIMissing, "hidden-certificate"),
    CauseDescription(
      "Nameless client turned a hidden certificate down",
      "The client sends no server name where the working one does, and turns down a certificate that TLS 1.3 hides: it may "
        + "have been shown another one.",
      evidence: "no server_name in the failing ClientHello; the client leaves behind the server's encrypted flight"),
    stage: .certificate,
    binds: [.client],
    state: { $0.namelessHello },
    reaction: { state, inquiry in
      guard let hidden = HiddenCertificate(inquiry), let name = inquiry.workingHello?.serverName,
        inquiry.reachesSameServer
      else { return nil }
      return Claim(
        .usual, "The client sends no server name, so that the server may have shown it another certificate",
        state.observations + [inquiry.workingName(name), hidden.refusal.ending],
        told: "The client sends no server name, and is shown a certificate that it does not accept")
    })
}
