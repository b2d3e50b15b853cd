import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSNIUnrecognized = Mechanism(
    MechanismID(.tlsSNIUnrecognized),
    CauseDescription(
      "Server does not know the name",
      "The client named a server that this server does not serve.",
      evidence: "server_name, then alert unrecognized_name (112) or access_denied (49)"),
    stage: .clientHello,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, ending.refusesHello,
        inquiry.serverAnsweredWholeHello,
        let name = inquiry.hello?.serverName, let grade = grade(of: name, ending, connection, inquiry)
      else { return nil }
      let isSameName = inquiry.workingHello?.serverName == name
      return Claim(
        grade, "The server does not know the name \(Escaped.text(name)) that the client asks for",
        [
          inquiry.endingObservation,
          inquiry.observed(.serverName, inquiry.helloFrames, "the ClientHello names \(Escaped.text(name))"),
        ].compactMap(\.self) + (isSameName ? [] : inquiry.workingServerName)
      ).yielding(to: .tlsUnknown)
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init("Ask for a name the server serves; SSLParameters.setServerNames overrides the URL's name")
        ],
        .any: [.init("Use a name that the server serves; check proxies and host headers that change it")],
      ],
      server: [
        .java: [
          .init("Add {name|the name in use} to SSLParameters.setSNIMatchers or the connector's SSLHostConfig")
        ],
        .rustls: [
          .init("Add the name to `ResolvesServerCertUsingSni`", "resolver.add(\"{name|NAME}\", certified_key)?;")
        ],
        .python: [
          .init(
            "See what `context.sni_callback` returns for {name|that name}: an alert or an exception ends the handshake")
        ],
        .nginx: [
          .init("Add {name|the name in use} to server_name; look for a default server with ssl_reject_handshake on")
        ],
        .haproxy: [
          .init(
            "Add a certificate for {name|the name in use}, or remove strict-sni",
            "bind :{port|443} ssl crt /etc/haproxy/certs/")
        ],
        .apache: [.init("Add {name|the name in use} as ServerName or ServerAlias")],
        .go: [
          .init("See what tls.Config.GetCertificate returns for {name|that name} (autocert: HostPolicy)")
        ],
        .dotNet: [
          .init("IIS: add a binding with {name|the name in use}; Kestrel: ServerCertificateSelector")
        ],
        .any: [.init("Add {name|the name in use} to the server's configuration and certificate")],
      ],
      steps: [
        .init(
          "See which certificate the server shows to a client without a name",
          "openssl s_client -connect {endpoint} -noservername </dev/null")
      ], confirm: HandshakeConfirmation.workingServerName))

  private static func grade(
    of name: String, _ ending: Ending, _ connection: Connection, _ inquiry: Inquiry
  ) -> Grade? {
    let workingName = inquiry.workingHello?.serverName
    let isOtherName = workingName != nil && workingName != name
    switch ending.alert {
    case .unrecognizedName: return .proof
    case .accessDenied: return isOtherName ? .strong : .usual
    // Go servers say so where no certificate is found for the name; other servers for many things.
    case .internalError where workingName == nil: return inquiry.offeredKey == nil ? .hint : nil
    case .internalError, .handshakeFailure: return isOtherName && inquiry.reachesSameServer ? .usual : nil
    // Whose close it was is told by what the server sent before: a reset may be somebody else's.
    case nil where connection.network.synAck != nil:
      return isOtherName && inquiry.reachesSameServer && ending.isSilentClose && connection.serverIsSilent
        ? .usual : nil
    default: return nil
    }
  }
}
