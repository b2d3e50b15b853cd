import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certSelfSigned = Mechanism(
    MechanismID(.certSelfSigned),
    CauseDescription(
      "Self-signed certificate",
      "The server's certificate is its own issuer, and the client has not been told to trust it.",
      evidence: "issuer equals subject in the leaf; alert unknown_ca (48), bad_certificate (42) or "
        + "certificate_unknown (46)"),
    stage: .certificate,
    binds: [.client, .server],
    state: { story in
      guard let view = story.certificates, view.trustGap == .selfSigned, let leaf = view.leaf else { return nil }
      return State(
        leaf.identity,
        [
          story.observed(
            .certificateChain, [view.frame], "issuer and subject are both \(Escaped.text(leaf.subject))")
        ])
    },
    reaction: { state, inquiry in
      guard let objection = Objection(inquiry), let view = inquiry.connection.flatMap(CertificateView.init) else {
        return nil
      }
      return objection.claim(
        TrustWeights(view, objection, inquiry).selfSigned,
        "The server's certificate is self-signed, and the client does not trust it", state.observations,
        about: .selfSignature)
    },
    advice: Advice(
      mends: .client,
      client: TrustAdvice.client([
        .chrome: [.init("Import the certificate under chrome://certificate-manager or into the system's store")],
        .firefox: [.init("Import the certificate in Settings, Certificates, or add an exception")],
        .any: [.init("Add this certificate to the client's trust store, after checking its fingerprint")],
      ]),
      server: [
        .any: [.init("Install a certificate from an authority that the clients trust")]
      ], steps: TrustAdvice.chainCheck,
      confirm: {
        CertificateConfirmation.trust(
          $0, passesWith: "With this very certificate trusted (save it as ca.pem): should pass")
      }))
}
