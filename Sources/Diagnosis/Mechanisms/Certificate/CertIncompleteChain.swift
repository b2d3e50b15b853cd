import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certIncompleteChain = Mechanism(
    MechanismID(.certIncompleteChain),
    CauseDescription(
      "Intermediate certificate missing",
      "The server does not send the certificates between its own and the root, and the client cannot find them by "
        + "itself.",
      evidence: "the last certificate sent was issued by one that is neither sent nor a root"),
    stage: .certificate,
    binds: [.client, .server],
    state: { story in
      guard let view = story.certificates, case .issuerNotSent(let issuer) = view.trustGap else { return nil }
      return State(Escaped.text(issuer), [story.missingIssuer(issuer, view)])
    },
    reaction: { state, inquiry in
      guard let objection = Objection(inquiry), let view = inquiry.connection.flatMap(CertificateView.init),
        case .issuerNotSent(let issuer) = view.trustGap
      else { return nil }
      let weights = TrustWeights(view, objection, inquiry)
      let claim = objection.claim(
        weights.incomplete,
        "The server does not send the certificate of \(Escaped.text(issuer)); a client that does not hold it cannot "
          + "build the chain", state.observations, about: .authority)
      // Where nothing shows whether the issuer is an intermediate, an authority that the client lacks is commoner.
      return weights.incomplete == weights.issuer ? claim?.yielding(to: .certUntrusted) : claim
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "As a stopgap let Java fetch the missing certificate where the leaf names its source",
            "java -Dcom.sun.security.enableAIAcaIssuers=true …")
        ],
        .curl: TrustAdvice.authority,
        .python: TrustAdvice.pythonTrust,
        .node: TrustAdvice.nodeTrust,
        .go: TrustAdvice.goTrust,
        .dotNet: [
          .init("Windows fetches missing intermediates itself (AIA), .NET on Linux too: the server should send them")
        ],
        .any: [
          .init("Add the intermediate to the client's store only as a stopgap: the server should send it")
        ],
      ],
      server: [
        .java: [
          .init(
            "Import the whole chain under the key's alias, or make a PKCS#12 file from fullchain.pem",
            "openssl pkcs12 -export -in fullchain.pem -inkey privkey.pem -out server.p12")
        ],
        .rustls: [
          .init("Hand rustls the whole chain, leaf first", ".with_single_cert(vec![leaf, intermediate], key)?")
        ],
        .granian: [
          .init("Put leaf and intermediates into one file", "granian --ssl-certificate fullchain.pem …")
        ],
        .python: [
          .init("Load the whole chain", "context.load_cert_chain(\"fullchain.pem\", \"privkey.pem\")")
        ],
        .node: [.init("Option `cert`: leaf and intermediates in one PEM text")],
        .nginx: [.init("Leaf and intermediates in one file", "ssl_certificate fullchain.pem;")],
        .haproxy: [.init("Put leaf, intermediates and key into the crt file, in this order")],
        .apache: [.init("Leaf and intermediates in one file", "SSLCertificateFile fullchain.pem")],
        .go: [
          .init("Give tls.LoadX509KeyPair the whole chain", "tls.LoadX509KeyPair(\"fullchain.pem\", \"privkey.pem\")")
        ],
        .dotNet: [
          .init("Import the intermediates into the machine's \"Intermediate Certification Authorities\"")
        ],
        .any: [.init("Serve leaf and intermediates in one file, leaf first (fullchain.pem)")],
      ],
      steps: [
        .init(
          "See which certificates the server sends",
          "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts </dev/null")
      ],
      confirm: {
        ConfirmationPlan(
          NextStep(
            "Verify with the root only: should fail as the client did",
            command: CertificateConfirmation.command($0, CertificateConfirmation.authority)),
          NextStep(
            "With the missing intermediate given to the client: should pass",
            command: CertificateConfirmation.command(
              $0, ["-verify_return_error", "-CAfile", "intermediate.pem", "-partial_chain"])))
      }))
}
