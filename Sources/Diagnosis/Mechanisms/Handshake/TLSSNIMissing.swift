import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSNIMissing = Mechanism(
    MechanismID(.tlsSNIMissing),
    CauseDescription(
      "Client does not name the server",
      "The ClientHello carries no server name, and the server needs one to choose a site or a certificate.",
      evidence: "no server_name extension; an alert, a close or the wrong certificate follows"),
    stage: .clientHello,
    // The server is who minds: a working story in which it took a hello without a name excludes the mechanism.
    binds: [.server],
    state: { story in
      guard let hello = story.hello, hello.value.serverName == nil else { return nil }
      return State(
        "", [story.observed(.serverName, [hello.frame], "the ClientHello has no server_name extension")])
    },
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, ending.refusesHello,
        inquiry.serverAnsweredWholeHello,
        let grade = gradeWithoutName(ending, connection, inquiry)
      else { return nil }
      let claim = Claim(
        grade, "The client sends no server name (SNI), and the server needs one",
        [inquiry.endingObservation].compactMap(\.self) + state.observations + inquiry.workingServerName)
      return inquiry.workingHello?.serverName == nil ? claim.yielding(to: .tlsUnknown) : claim
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Connect by name: Java sends no server name for IP addresses, nor for names without a dot such as localhost",
            "java -Djsse.enableSNIExtension=true …"),
          .init("Or set it: SSLParameters.setServerNames(List.of(new SNIHostName(\"{name|NAME}\")))"),
        ],
        .rustls: [.init("Pass a `ServerName::DnsName`, and leave `config.enable_sni` true")],
        .curl: [
          .init(
            "Connect by name, even to a fixed address",
            "curl -v --connect-to ::{address|ADDRESS}: https://{name|NAME}:{port|443}/")
        ],
        .opensslCommand: [
          .init(
            "Name the server (SSL_set_tlsext_host_name)",
            "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null")
        ],
        .python: [
          .init("Pass the name", "context.wrap_socket(sock, server_hostname=\"{name|NAME}\")")
        ],
        .node: [.init("Option `servername: '{name|NAME}'`")],
        .nginx: [.init("As a proxy nginx sends no server name by default", "proxy_ssl_server_name on;")],
        .haproxy: [.init("Towards a backend: send the name", "server s1 {bare-endpoint} ssl sni str({name|NAME})")],
        .go: [.init("Set tls.Config.ServerName", "tls.Config{ServerName: \"{name|NAME}\"}")],
        .gnutls: [
          .init(
            "Name the server (gnutls_server_name_set)",
            "gnutls-cli --sni-hostname {name|NAME} -p {port|443} {address|HOST}")
        ],
        .dotNet: [.init("Set SslClientAuthenticationOptions.TargetHost to {name|the server's name}")],
        .any: [.init("Connect by name instead of by IP address, so that the hello carries it")],
      ],
      server: [
        .rustls: [
          .init(
            "`ResolvesServerCertUsingSni` refuses hellos without a name: wrap it in a resolver with a default certificate"
          )
        ],
        .nginx: [
          .init(
            "Clients without a name get the default server: give it the right certificate",
            "listen {port|443} ssl default_server;")
        ],
        .haproxy: [
          .init("strict-sni refuses hellos without a known name: remove it to serve the default certificate")
        ],
        .apache: [.init("Serve clients without a name from the first virtual host", "SSLStrictSNIVHostCheck off")],
        .dotNet: [.init("IIS: add a binding without \"Require Server Name Indication\"")],
        .any: [.init("Configure a default certificate for clients that send no name")],
      ],
      steps: [
        .init(
          "Compare with and without the name",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null ; "
            + "openssl s_client -connect {endpoint} -noservername </dev/null")
      ], confirm: HandshakeConfirmation.workingServerName))

  private static func gradeWithoutName(_ ending: Ending, _ connection: Connection, _ inquiry: Inquiry) -> Grade? {
    let isNamedElsewhere = inquiry.workingHello?.serverName != nil
    switch ending.alert {
    case .unrecognizedName: return .proof
    case .missingExtension: return isNamedElsewhere ? .proof : .strong
    case .accessDenied, .internalError: return isNamedElsewhere ? .proof : .usual
    // An offer that lacks what the server uses explains the alert better; who wants a name has an alert for that.
    case .handshakeFailure where inquiry.offerDoubts.contains { $0.grade >= .usual }: return nil
    case .handshakeFailure: return isNamedElsewhere ? .usual : .hint
    case nil:
      guard isNamedElsewhere, connection.network.synAck != nil, ending.isSilentClose || ending.isEncryptedAlert else {
        return nil
      }
      // Who answers in plaintext minds no name.
      guard connection.firstPlaintext(from: .server) == nil else { return nil }
      // Another server may close for reasons of its own.
      guard inquiry.reachesSameServer else { return .hint }
      return connection.serverIsSilent ? .strong : .usual
    default: return nil
    }
  }
}
