import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRejectedNoIntermediate = Mechanism(
    MechanismID(.certClientRejected, "no-intermediate"),
    CauseDescription(
      "Client certificate sent without its intermediate",
      "The client sends its certificate alone, and the server cannot build a chain from it to an authority that it accepts: the "
        + "intermediate certificate is missing.",
      evidence: "one certificate from the failing client, more from the working one; alert unknown_ca (48)"),
    stage: .keyExchange, binds: [.client],
    state: { story in
      guard let sent = story.connection?.transcript.clientCertificates, sent.value.count == 1,
        let leaf = sent.value.first?.facts, !leaf.isSelfIssued
      else { return nil }
      return State(
        leaf.identity,
        [
          story.observed(
            .clientCertificate, [sent.frame],
            "the client sends 1 certificate, \(Escaped.text(leaf.subject)); the intermediate that issued it, "
              + "\(Escaped.text(leaf.issuer)), is not sent")
        ])
    },
    reaction: { state, inquiry in
      guard let refused = RefusedClientCertificate(inquiry), refused.alert?.mayConcernCertificate != false,
        let leaf = refused.sent?.value.first?.facts, let request = inquiry.connection?.transcript.certificateRequest
      else { return nil }
      let other = inquiry.working?.transcript.clientCertificates
      let isSentElsewhere =
        (other?.value.count ?? 0) > 1 && other?.value.dropFirst().first?.facts.subjectDER == leaf.issuerDER
      let isNamed = request.value.authorities.contains(leaf.issuerDER)
      guard isSentElsewhere || refused.alert == .unknownCA && !request.value.authorities.isEmpty && !isNamed else {
        return nil
      }
      var observations = state.observations + [refused.ending] + inquiry.failingStory.acceptedAuthorities
      if isSentElsewhere, let other {
        observations.append(
          inquiry.observedWorking(
            .clientCertificate, [other.frame],
            "the working client sends \(other.value.count) certificates, with the intermediate"))
      }
      return Claim(
        isSentElsewhere ? .proof : .strong,
        "The client sends its certificate without the intermediate \(Escaped.text(leaf.issuer)) that issued it",
        observations)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Put the certificate with its intermediate into the key store, as one chain under the key's alias",
            "openssl pkcs12 -export -in client-chain.pem -inkey client.key -out client.p12")
        ],
        .node: [.init("Put certificate and intermediate into `cert`, leaf first")],
        .any: [.init("Send the intermediate with the certificate: both in one file, leaf first (client-chain.pem)")],
      ],
      server: [
        .any: [.init("As a stopgap add the intermediate to the certificates that the server verifies clients with")]
      ],
      steps: [
        .init(
          "Check the chain as the server does",
          "openssl verify -purpose sslclient -CAfile server-client-ca.pem -untrusted intermediate.pem client.pem")
      ],
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "The certificate alone: should fail as the client did",
            command: CertificateConfirmation.command(it, ["-cert", "client.pem", "-key", "client.key"])),
          NextStep(
            "With the intermediate: should pass",
            command: CertificateConfirmation.command(
              it, ["-cert", "client.pem", "-key", "client.key", "-cert_chain", "intermediate.pem"])))
      }))
}
