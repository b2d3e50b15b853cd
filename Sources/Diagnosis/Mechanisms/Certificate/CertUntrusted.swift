import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certUntrusted = Mechanism(
    MechanismID(.certUntrusted),
    CauseDescription(
      "Certificate authority not trusted",
      "The chain is complete, but the authority at its end is not in the client's trust store.",
      evidence: "a whole chain answered with alert unknown_ca (48), bad_certificate (42) or certificate_unknown (46)"),
    stage: .certificate,
    binds: [.client],
    state: { story in
      guard let view = story.certificates else { return nil }
      switch view.trustGap {
      case .root:
        let root = view.chain.top.map { Escaped.text($0.subject) } ?? "its root"
        return State(
          view.chain.top?.identity ?? "",
          [story.observed(.certificateChain, [view.frame], "the chain is complete up to \(root)")])
      case .issuerNotSent(let issuer): return State(Escaped.text(issuer), [story.missingIssuer(issuer, view)])
      case .selfSigned, .badSignature: return nil
      }
    },
    reaction: { state, inquiry in
      guard let objection = Objection(inquiry), let view = inquiry.connection.flatMap(CertificateView.init) else {
        return nil
      }
      let weights = TrustWeights(view, objection, inquiry)
      guard case .issuerNotSent(let issuer) = view.trustGap else {
        let root = view.chain.top.map { Escaped.text($0.subject) } ?? "its root"
        return objection.claim(
          weights.root, "The client does not trust \(root), the root of the server's chain", state.observations,
          about: .authority)
      }
      return objection.claim(
        weights.issuer, "The client does not trust \(Escaped.text(issuer)), which issued the server's certificate",
        state.observations, about: .authority)
    },
    advice: Advice(
      mends: .client,
      client: TrustAdvice.client([
        .nginx: [.init("As a proxy: name the upstream's authority", "proxy_ssl_trusted_certificate ca.pem;")],
        .haproxy: [
          .init("Towards a backend: name its authority", "server s1 {bare-endpoint} ssl verify required ca-file ca.pem")
        ],
        .chrome: [.init("Import the authority under chrome://certificate-manager or into the system's store")],
        .firefox: [
          .init(
            "Import the authority in Settings, Certificates, or set security.enterprise_roots.enabled=true to use the system's"
          )
        ],
        .any: [.init("Add the authority's root to the client's trust store")],
      ]),
      server: [
        .any: [.init("Use a certificate from an authority that the clients trust")]
      ], steps: TrustAdvice.chainCheck, asksForLogs: true,
      confirm: { CertificateConfirmation.trust($0, passesWith: CertificateConfirmation.root) }))
}
