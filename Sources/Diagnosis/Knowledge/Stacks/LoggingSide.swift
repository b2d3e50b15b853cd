import TLSProtocol

/// The side of a connection that is asked to say what it saw.
struct LoggingSide: Sendable {
  let stack: Stack
  let role: Role

  /// Its name, as in `curl` or `Java`.
  var name: String { stack.shortName }
}

/// What several stacks have in common.
extension LoggingSide {
  /// A program with a log of its own.
  var ownLog: [NextStep] {
    [NextStep("Read the \(name) \(role.rawValue)'s log, and pass it with --\(role.rawValue)-log")]
  }

  /// Java's switch, which other providers heed too.
  var javaDebugLog: [NextStep] {
    [
      NextStep(
        "Let the \(name) \(role.rawValue) log its handshake, and pass the log with --\(role.rawValue)-log",
        command: "java -Djavax.net.debug=ssl:handshake:verbose …")
    ]
  }

  /// A client writes its keys where the program or the variable asks for it; servers log errors.
  var keysOrErrorLog: [NextStep] {
    guard role == .client else {
      return [NextStep("Read the \(name) server's error log for that second, and pass it with --server-log")]
    }
    let command = stack.product.flatMap(StackProfile.program)?.keyLog
    return [
      NextStep(
        "Let the \(name) client write its keys, and pass them with --keylog",
        command: command ?? "SSLKEYLOGFILE=/tmp/keys.log …")
    ]
  }
}
