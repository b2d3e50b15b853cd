import TLSProtocol

extension Mechanism {
  static let certUntrustedSignature = Mechanism(
    MechanismID(.certUntrusted, "bad-signature"),
    CauseDescription(
      "Signature of the chain does not verify",
      "A certificate names an issuer that was sent along, but that issuer's key did not sign it: often an authority that "
        + "was made again under the same name with a new key.",
      evidence:
        "the signature of a certificate against the key of the next; alert unknown_ca (48), bad_certificate (42) "
        + "or decrypt_error (51)"),
    stage: .certificate,
    binds: [.client, .server],
    state: { story in
      guard let view = story.certificates, case .badSignature(let place) = view.trustGap else { return nil }
      return State(
        view.identity(place),
        [
          story.observed(
            .certificateChain, [view.frame],
            "\(Escaped.text(view.certificates[place].subject)) is not signed by the key of the issuer that was sent")
        ])
    },
    reaction: { state, inquiry in
      guard let objection = Objection(inquiry), let view = inquiry.connection.flatMap(CertificateView.init) else {
        return nil
      }
      return objection.claim(
        TrustWeights(view, objection, inquiry).badSignature,
        "A signature of the certificate chain does not verify", state.observations, about: .authority)
    })
}
