import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certUsageAuthorityAsLeaf = Mechanism(
    MechanismID(.certUsage, "ca-as-leaf"),
    CauseDescription(
      "An authority's certificate serves as the server's",
      "The server's certificate is marked as a certification authority (CA:TRUE), as `openssl req -x509` makes them. "
        + "rustls-webpki takes none such for a server's (CaUsedAsEndEntity), though it be among the roots.",
      evidence: "basicConstraints CA:TRUE in the leaf, then alert certificate_unknown (46) from rustls"),
    stage: .certificate, binds: [.client, .server],
    state: { story in
      guard let view = story.certificates, let leaf = view.leaf, leaf.isCertificateAuthority == true else { return nil }
      return State(
        leaf.identity,
        [
          story.observed(
            .certificateUsage, [view.frame],
            "the server's certificate \(Escaped.text(leaf.subject)) has basicConstraints CA:TRUE")
        ])
    },
    reaction: { state, inquiry in
      guard let refusal = Refusal(inquiry), let alert = refusal.alert,
        alert == .certificateUnknown || alert == .badCertificate || alert == .unsupportedCertificate,
        let family = inquiry.clientFamily, family == .rustls
      else { return nil }
      return Claim(
        .proof, "The server's certificate is a CA certificate (CA:TRUE), which rustls does not take for a server's own",
        state.observations + [refusal.ending])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Nothing: among the roots the certificate is no server's certificate for rustls either way")]
      ],
      server: [
        .any: [
          .init(
            "Reissue the server's certificate with basicConstraints CA:FALSE, or make an own CA and sign a leaf with it; "
              + "clients then trust the CA",
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -subj /CN=NAME "
              + "-addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:NAME")
        ]
      ],
      steps: [
        .init(
          "Read basicConstraints of the served certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -ext basicConstraints"
        )
      ],
      asksForLogs: true,
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "OpenSSL takes the same certificate once it is trusted (save it as ca.pem): should pass",
            command: CertificateConfirmation.command(it, CertificateConfirmation.authority)), nil)
      }))
}
