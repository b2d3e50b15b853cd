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
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: TrustAdvice.trustStore,
        .rustls: TrustAdvice.rootStore,
        .curl: TrustAdvice.authority,
        .opensslCommand: TrustAdvice.opensslTrust,
        .python: TrustAdvice.pythonTrust,
        .node: TrustAdvice.nodeTrust,
        .nginx: [.init("As a proxy: name the upstream's authority", "proxy_ssl_trusted_certificate ca.pem;")],
        .haproxy: [
          .init("Towards a backend: name its authority", "server s1 {bare-endpoint} ssl verify required ca-file ca.pem")
        ],
        .go: TrustAdvice.goTrust,
        .gnutls: TrustAdvice.gnutlsTrust,
        .dotNet: TrustAdvice.windowsTrust,
        .apple: TrustAdvice.appleTrust,
        .chrome: [.init("Import the authority under chrome://certificate-manager or into the system's store")],
        .firefox: [
          .init(
            "Import the authority in Settings, Certificates, or set security.enterprise_roots.enabled=true to use the system's"
          )
        ],
        .any: [.init("Add the authority's root to the client's trust store")],
      ],
      server: [
        .any: [.init("Use a certificate from an authority that the clients trust")]
      ], steps: TrustAdvice.chainCheck, asksForLogs: true))
}
