import TLSProtocol

extension Mechanism {
  static let certUsageKeyUsage = Mechanism(
    MechanismID(.certUsage, "key-usage"),
    CauseDescription(
      "Key usage does not fit the key exchange",
      "The certificate's key usage lacks what the chosen key exchange does with the key: digitalSignature to sign an "
        + "ephemeral key, keyEncipherment for RSA key exchange (RFC 5246 section 7.4.2).",
      evidence: "a keyUsage without digitalSignature or keyEncipherment; alert unsupported_certificate (43), "
        + "bad_certificate (42) or illegal_parameter (47)"),
    fault: { fault, view in
      guard case .keyUsage(let usages, let needed) = fault else { return nil }
      return ShownFault(
        kind: .certificateUsage, subject: "\(view.identity(0)) \(needed)", fact: "keyUsage: \(Escaped.list(usages))",
        headline: "The certificate's key usage does not allow \(needed), which this key exchange needs")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .strong : .hint })
}
