import TLSProtocol

extension Mechanism {
  static let certUsageHidden = Mechanism(
    MechanismID(.certUsage, "hidden"),
    CauseDescription(
      "Hidden certificate of the wrong kind",
      "The client says that the server's certificate, which TLS 1.3 hides, is of a kind or for a use that does not fit.",
      evidence: "alert unsupported_certificate (43) in answer to the server's encrypted flight"),
    stage: .certificate,
    event: { inquiry in
      guard let hidden = HiddenCertificate(inquiry), hidden.refusal.alert == .unsupportedCertificate else { return nil }
      return Claim(.strong, "The client says that the certificate's kind or usage does not fit", hidden.observations)
    })
}
