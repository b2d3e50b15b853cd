import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredIssuerNotNamed = Mechanism(
    MechanismID(.certClientRequired, "issuer-not-named"),
    CauseDescription(
      "Server does not name the client's issuer",
      "The server's CertificateRequest names authorities, and that of the client's certificate is none of them: a client that "
        + "obeys the list (Java, Go, browsers) sends an empty certificate, one that does not obey is accepted.",
      evidence: "a CertificateRequest whose names lack the issuer of the certificate that the working client sends"),
    stage: .keyExchange, binds: [.client, .server],
    state: { story in
      guard story.connection?.transcript.clientCertificates?.value.isEmpty == true,
        let request = story.connection?.transcript.certificateRequest, !request.value.authorities.isEmpty
      else { return nil }
      return State("", story.certificateRequest + story.acceptedAuthorities)
    },
    reaction: { state, inquiry in
      guard let refused = RefusedClientCertificate(inquiry), let issuer = inquiry.unnamedIssuer,
        let sent = inquiry.working?.transcript.clientCertificates
      else { return nil }
      return Claim(
        .proof,
        "The server does not name \(issuer), which issued the working client's certificate, so the failing client sends none",
        state.observations + [
          refused.ending,
          inquiry.observedWorking(
            .clientCertificate, [sent.frame],
            "the working client sends a certificate issued by \(issuer), and is accepted"),
        ])
    },
    advice: Advice(
      remedies: { inquiry in
        guard let issuer = inquiry.unnamedIssuer else { return nil }
        return [
          Remedy(
            for: "server",
            "Name \(issuer) among the accepted authorities of the CertificateRequest (HAProxy: ca-file, nginx: "
              + "ssl_client_certificate, Apache httpd: SSLCADNRequestFile, Java: the trust store), or send an empty list"
          ),
          Remedy(
            for: "client",
            "Or use a certificate from an authority that the server names; Java and Go choose none whose issuer is not listed"
          ),
        ]
      }))
}

extension Inquiry {
  /// The issuer of the working client's certificate, where the failing client's server names authorities and not this one.
  fileprivate var unnamedIssuer: String? {
    guard let request = connection?.transcript.certificateRequest, !request.value.authorities.isEmpty,
      let chain = working?.transcript.clientCertificates?.value, let top = chain.last?.facts,
      let leaf = chain.first?.facts,
      chain.allSatisfy({ !request.value.authorities.contains($0.facts.issuerDER) }), !top.issuerDER.isEmpty
    else { return nil }
    return Escaped.text(leaf.issuer)
  }
}
