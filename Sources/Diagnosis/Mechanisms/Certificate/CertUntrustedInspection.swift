import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certUntrustedInspection = Mechanism(
    MechanismID(.certUntrusted, "inspection"),
    CauseDescription(
      "Certificate comes from another authority",
      "For the same name at the same address the failing client is shown a certificate from another authority than the working "
        + "one: TLS inspection on the way signs certificates anew, with an authority that only clients set up for it trust.",
      evidence: "two leaf certificates for one name with different issuers; alert unknown_ca (48) or its like"),
    stage: .certificate, binds: [.client, .path],
    state: { story in
      guard let view = story.certificates, let leaf = view.leaf, !leaf.isSelfIssued else { return nil }
      return State(
        Escaped.text(leaf.issuer),
        [
          story.observed(
            .serverCertificate, [view.frame],
            "the failing client was shown \(Escaped.text(leaf.subject)), issued by \(Escaped.text(leaf.issuer))")
        ])
    },
    reaction: { state, inquiry in
      guard let refusal = Refusal(inquiry), inquiry.maySpeakOfTrust(refusal.alert),
        refusal.alert != .certificateExpired, refusal.alert != .certificateRevoked, let shown = inquiry.otherAuthority
      else { return nil }
      return Claim(
        .proof,
        "For the same name the failing client is shown a certificate from another issuer, "
          + "\(Escaped.text(shown.failing.chain.top?.issuer ?? shown.leaf.issuer)), than the working one, as TLS inspection "
          + "on the way or another backend would show it",
        state.observations + [
          inquiry.observedWorking(
            .serverCertificate, [shown.working.frame],
            "the working one was shown \(Escaped.text(shown.workingLeaf.subject)), issued by "
              + Escaped.text(shown.workingLeaf.issuer)), refusal.ending,
        ])
    },
    advice: Advice(
      mends: .client,
      remedies: { inquiry in
        guard let shown = inquiry.otherAuthority else { return nil }
        let issuer = Escaped.text(shown.failing.chain.top?.issuer ?? shown.leaf.issuer)
        return [
          Remedy(
            for: "client",
            "Add \(issuer), the inspection's authority, to the client's own trust store (Java: cacerts, Python: SSL_CERT_FILE or "
              + "REQUESTS_CA_BUNDLE, Node.js: NODE_EXTRA_CA_CERTS), after checking that it is your organisation's"),
          Remedy(for: "network", "Or exempt this host from TLS inspection; the server can do nothing about it"),
        ]
      }))
}

extension Inquiry {
  /// The two clients asked the same server for the same name and were shown certificates of different authorities, both of
  /// which are for that name.
  var otherAuthority: ShownCertificates? {
    guard reachesSameServer, let name = hello?.serverName, workingHello?.serverName == name,
      let shown = ShownCertificates(self), shown.leaf.issuerDER != shown.workingLeaf.issuerDER,
      !shown.leaf.isSelfIssued,
      case .matches = shown.leaf.matches(name: name), case .matches = shown.workingLeaf.matches(name: name),
      shown.leaf.subjectPublicKeyInfo != shown.workingLeaf.subjectPublicKeyInfo,
      shown.failing.faults.isEmpty
    else { return nil }
    return shown
  }
}
