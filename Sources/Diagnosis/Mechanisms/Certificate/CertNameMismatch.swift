import TLSProtocol

extension Mechanism {
  static let certNameMismatch = Mechanism(
    MechanismID(.certNameMismatch),
    CauseDescription(
      "Certificate is for another name",
      "None of the names in the server's certificate matches the name or address that the client asked for.",
      evidence: "server_name or the address against the certificate's subjectAltName; alert bad_certificate (42) or "
        + "certificate_unknown (46)"),
    fault: { fault, view in
      guard case .otherName(let name) = fault, let leaf = view.leaf else { return nil }
      let listed = Escaped.list(leaf.dnsNames + leaf.ipAddresses)
      let names = listed.isEmpty ? Escaped.text(leaf.subject) : listed
      // What a client that names no server wanted to reach stands nowhere: its user's URL may hold a name or the address.
      guard view.askedName != nil else {
        return ShownFault(
          kind: .certificateNames, subject: "\(leaf.identity) \(name)",
          fact: "the certificate names \(names); the client sent no server name and connected to \(name)",
          headline:
            "The certificate is for \(names), and may not be for what the client wanted: it sent no server name",
          toldHeadline: "The certificate is for \(names), not for what the client wanted; it sent no server name")
      }
      let asked = Escaped.text(name)
      return ShownFault(
        kind: .certificateNames, subject: "\(leaf.identity) \(name)",
        fact:
          "the certificate names \(names); the client asked for \(asked)",
        headline: "The certificate is not for \(asked)")
    },
    grade: { fault, view, alert in
      if view.leaf?.isSelfIssued == true, alert == .unknownCA { return .hint }
      guard fault.fits(alert) else { return .hint }
      // Without SNI the name that the client has in mind is unknown.
      return view.askedName == nil ? .usual : .proof
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "Java compares with the URL's host: use a name from the certificate. IP addresses must stand in it as IP "
              + "entries")
        ],
        .rustls: [
          .init("rustls ignores the common name: the certificate needs {name|the name in use} as a SAN")
        ],
        .curl: [
          .init(
            "Ask by a name of the certificate, at the same address",
            "curl -v --connect-to ::{address|ADDRESS}:{port|443} https://NAME-IN-CERTIFICATE:{port|443}/")
        ],
        .node: [
          .init("ERR_TLS_CERT_ALTNAME_INVALID: connect by a name of the certificate, or set `servername` to it")
        ],
        .nginx: [
          .init("As a proxy: name the upstream", "proxy_ssl_name {name|NAME}; proxy_ssl_server_name on;")
        ],
        .go: [
          .init("Go ignores the common name (since 1.15): the certificate needs {name|the name in use} as a SAN")
        ],
        .apple: [
          .init("Apple ignores the common name: the certificate needs {name|the name in use} as a SAN")
        ],
        .any: [.init("Connect by a name that the certificate lists")],
      ],
      server: [
        .any: [.init("Reissue with {name|the name in use} in subjectAltName")]
      ],
      steps: [
        .init(
          "Read the names in the served certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | "
            + "openssl x509 -noout -ext subjectAltName")
      ],
      confirm: { verifyNames($0) }))

  /// Verifies against the name that was asked for, then against one that the certificate lists.
  private static func verifyNames(_ it: Confirmation) -> ConfirmationPlan {
    let options = CertificateConfirmation.authority + ["-verify_hostname"]
    let offer = ConfirmCommands.offer(it.hello)
    let asked: ShellCommand = offer.serverName.map { "\(ShellWord(host: $0))" } ?? "NAME"
    let names = (it.certificate?.dnsNames ?? []) + (it.accepted?.certificateNames ?? [])
    return ConfirmationPlan(
      NextStep(
        "Verify against the name asked for",
        command: CertificateConfirmation.command(it, options + [asked])),
      names.first { HostText.isPlainName($0) }.map {
        NextStep(
          "Against a name that the certificate lists: should pass",
          command: CertificateConfirmation.command(it, options + ["\(ShellWord(host: $0))"]))
      })
  }
}
