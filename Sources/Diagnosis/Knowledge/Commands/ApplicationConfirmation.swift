import HandshakeModel
import TLSProtocol

/// Commands that show whether the two sides disagree about what is spoken around TLS.
enum ApplicationConfirmation {
  /// TLS from the first byte.
  static func direct(_ it: Confirmation, _ prediction: String = "should fail as the client did") -> NextStep {
    NextStep(
      "Start with TLS: \(prediction)",
      command: ConfirmCommands.offer(it.hello).command(endpoint: ConfirmCommands.word(it.server)))
  }

  /// TLS behind the protocol's own request for it; `name` is what `openssl s_client -starttls` calls the protocol.
  static func upgraded(_ name: ShellCommand, _ it: Confirmation, _ prediction: String) -> NextStep {
    let endpoint = ConfirmCommands.word(it.server)
    return NextStep(
      "Upgrade as the protocol asks: \(prediction)",
      command: "openssl s_client -connect \(endpoint) -starttls \(name) </dev/null")
  }

  static func withHeader(_ it: Confirmation, _ prediction: String) -> NextStep {
    NextStep("With a PROXY header: \(prediction)", command: "curl -kv --haproxy-protocol \(it.curlTarget("https"))")
  }

  static func withoutHeader(_ it: Confirmation, _ prediction: String? = nil) -> NextStep {
    NextStep(
      "Without a PROXY header" + (prediction.map { ": \($0)" } ?? ""), command: "curl -kv \(it.curlTarget("https"))")
  }
}

extension Confirmation {
  /// curl's words to reach exactly this server.
  func curlTarget(_ scheme: StaticString) -> ShellCommand {
    ConfirmCommands.curlTarget(server, name: name, scheme: scheme)
  }
}

extension PlaintextKind {
  /// HTTP, or nothing known.
  var isPerhapsHTTP: Bool { self == .httpResponse || self == .httpRequest || self == .unknown }

  /// The name of the protocol's upgrade in `openssl s_client -starttls`; nil where it has none.
  var startTLSName: ShellCommand? {
    switch self {
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
