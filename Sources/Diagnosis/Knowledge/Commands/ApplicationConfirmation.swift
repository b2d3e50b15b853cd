import HandshakeModel
import NetworkProtocols
import TLSProtocol

/// Confirms that the two sides disagree about what is spoken around TLS.
enum ApplicationConfirmation {
  static func plan(
    _ code: CauseCode, _ hello: ClientHello?, _ server: Endpoint, _ spoken: PlaintextKind?, name: String?
  ) -> ConfirmationPlan? {
    let endpoint = ConfirmCommands.word(server)
    let secure = ConfirmCommands.curlTarget(server, name: name)
    let plain = ConfirmCommands.curlTarget(server, name: name, scheme: "http")
    let direct = ConfirmCommands.offer(hello).command(endpoint: endpoint)
    switch code {
    case .appPlaintextServer:
      let change =
        spoken.flatMap(startTLS).map { upgraded($0, endpoint) }
        ?? (isHTTP(spoken) ? NextStep("Plain HTTP: should pass", command: "curl -v \(plain)") : nil)
      return ConfirmationPlan(NextStep("Start with TLS: should fail as the client did", command: direct), change)
    case .appPlaintextClient:
      return ConfirmationPlan(
        NextStep("Speak plain HTTP: should fail as the client did", command: "curl -v \(plain)"),
        NextStep("HTTPS: should pass", command: "curl -kv \(secure)"))
    case .appStartTLS:
      return ConfirmationPlan(
        NextStep("Start with TLS: should fail as the client did", command: direct),
        upgraded(spoken.flatMap(startTLS) ?? "smtp", endpoint))
    case .appProxyProtocol:
      return ConfirmationPlan(
        NextStep("Without a PROXY header", command: "curl -kv \(secure)"),
        NextStep("With one: exactly one of the two should pass", command: "curl -kv --haproxy-protocol \(secure)"))
    default: return nil
    }
  }

  private static func upgraded(_ name: ShellCommand, _ endpoint: ShellWord) -> NextStep {
    NextStep(
      "Upgrade as the protocol asks: should pass",
      command: "openssl s_client -connect \(endpoint) -starttls \(name) </dev/null")
  }

  private static func isHTTP(_ kind: PlaintextKind?) -> Bool {
    kind == nil || kind == .httpResponse || kind == .httpRequest || kind == .unknown
  }

  /// The name of the protocol's upgrade in `openssl s_client -starttls`.
  private static func startTLS(_ kind: PlaintextKind) -> ShellCommand? {
    switch kind {
    case .smtp: "smtp"
    case .ftp: "ftp"
    case .imap: "imap"
    case .pop3: "pop3"
    case .ldap: "ldap"
    case .xmpp: "xmpp"
    case .irc: "irc"
    case .nntp: "nntp"
    case .sieve: "sieve"
    case .mysql: "mysql"
    case .postgresql: "postgres"
    default: nil
    }
  }
}
