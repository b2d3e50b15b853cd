import TLSProtocol

/// What to run or collect to confirm a cause, or to make a likely one certain.
public enum NextSteps {
  /// Steps for a cause: what confirms it, then, where TLS hides the reason, the logs and keys that would show it.
  public static func `for`(
    code: CauseCode, client: Stack? = nil, server: Stack? = nil, context: RemedyContext = RemedyContext()
  ) -> [NextStep] {
    steps(code.mechanism.advice, client: client, server: server, context)
  }

  /// Steps of one mechanism's advice.
  static func steps(_ advice: Advice, client: Stack?, server: Stack?, _ context: RemedyContext) -> [NextStep] {
    var steps = advice.steps.filter { !$0.isBeside(context) }.map { $0.step(context) }
    if advice.asksForLogs { steps += evidence(client, .client) + evidence(server, .server) }
    return steps
  }

  /// How to make one side say what it saw.
  private static func evidence(_ stack: Stack?, _ side: Role) -> [NextStep] {
    guard let stack else {
      return side == .client
        ? [NextStep("Read the client's own log, and pass it with --client-log")]
        : [NextStep("Read the server's log for that second, and pass it with --server-log")]
    }
    let name = stack.shortName
    switch stack.family {
    case .jsse, .bouncyCastle:
      return [
        NextStep(
          "Let the \(name) \(side.rawValue) log its handshake, and pass the log with --\(side.rawValue)-log",
          command: "java -Djavax.net.debug=ssl:handshake:verbose …")
      ]
    case .rustls:
      return [
        NextStep(
          "Let the \(name) \(side.rawValue) log (rustls needs its `logging` feature and a logger such as env_logger), and "
            + "pass the log with --\(side.rawValue)-log", command: "RUST_LOG=rustls=trace …"),
        NextStep("Set `config.key_log = Arc::new(rustls::KeyLogFile::new())`, and pass the file with --keylog"),
      ]
    case .openSSL, .boringSSL, .nss, .libreSSL:
      let command: ShellCommand? =
        switch stack.product {
        case .node: "node --tls-keylog=/tmp/keys.log …"
        case .opensslCommand: "openssl s_client -keylogfile /tmp/keys.log …"
        default: side == .client ? "SSLKEYLOGFILE=/tmp/keys.log …" : nil
        }
      return side == .client
        ? [NextStep("Let the \(name) client write its keys, and pass them with --keylog", command: command)]
        : [NextStep("Read the \(name) server's error log for that second, and pass it with --server-log")]
    case .go:
      return [NextStep("Set `tls.Config.KeyLogWriter` in the Go \(side.rawValue), and pass the file with --keylog")]
    case .gnuTLS:
      return [
        NextStep(
          "Let GnuTLS write its keys, and pass them with --keylog", command: "SSLKEYLOGFILE=/tmp/keys.log …")
      ]
    case .schannel:
      return [NextStep("Read the Schannel events in the Windows System log for that second")]
    case .apple, .mbedTLS, .wolfSSL, .tlslite:
      return [NextStep("Read the \(name) \(side.rawValue)'s log, and pass it with --\(side.rawValue)-log")]
    }
  }
}
