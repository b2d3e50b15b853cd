import TLSProtocol

extension Mechanism {
  static let certUntrustedHidden = Mechanism(
    MechanismID(.certUntrusted, "hidden"),
    CauseDescription(
      "Hidden certificate's authority not trusted",
      "The client finds no authority that it trusts behind the server's certificate, which TLS 1.3 hides.",
      evidence: "alert unknown_ca (48) in answer to the server's encrypted flight"),
    stage: .certificate,
    event: { inquiry in
      guard let hidden = HiddenCertificate(inquiry), hidden.refusal.alert == .unknownCA else { return nil }
      return Claim(
        .strong, "The client does not trust the authority behind the server's certificate", hidden.observations)
    })
}
