import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSNIMissingDefaultCertificate = Mechanism(
    MechanismID(.tlsSNIMissing, "default-certificate"),
    CauseDescription(
      "Nameless client got the default certificate",
      "The client sends no server name where the working one does, so a server or a router of names before it shows the "
        + "certificate of its default site, which is not for the name wanted. Java sends no name that holds an underscore, an IP "
        + "address, or (before 25) that has no dot.",
      evidence: "no server_name in the failing hello, and a certificate that is not for the name in the working one"),
    stage: .certificate, binds: [.client],
    state: { $0.namelessHello },
    reaction: { state, inquiry in
      guard Objection(inquiry) != nil, inquiry.reachesSameServer, let name = inquiry.workingHello?.serverName,
        let view = inquiry.connection.flatMap(CertificateView.init), let leaf = view.leaf,
        case .mismatch = leaf.matches(name: name), let last = inquiry.endingObservation
      else { return nil }
      let listed = Escaped.list(leaf.dnsNames + leaf.ipAddresses)
      return Claim(
        .proof,
        "The client sends no server name (SNI), so it is shown the default certificate, for "
          + "\(listed.isEmpty ? Escaped.text(leaf.subject) : listed), and not the one for \(Escaped.text(name))",
        state.observations + [
          inquiry.workingName(name),
          inquiry.observed(.certificateNames, [view.frame], "the certificate names \(listed)"), last,
        ])
    },
    advice: Advice(
      remedies: { inquiry in
        guard let name = inquiry.workingHello?.serverName, name.contains("_") else { return nil }
        return [
          Remedy(
            for: "client",
            "Reach the host by a name without underscore: host names have letters, digits and hyphens only, and Java sends no server "
              + "name that has another character"),
          Remedy(
            for: "server", "Rename the host, or give it a second name without underscore, in DNS and in its certificate"
          ),
        ]
      }))
}
